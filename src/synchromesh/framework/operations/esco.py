"""Load ESCO from the official packs, choose the version in force, and take a version out again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound, Problem
from synchromesh.engine.exchange.esco_packs import EscoPacks
from synchromesh.framework.models import (
    EscoConcept,
    EscoLabel,
    EscoMembership,
    EscoRelation,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.operations.esco_rows import EscoWriter
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.plumbing import audit

_LABEL = re.compile(r"\d{1,3}(\.\d{1,3}){1,2}(-[a-z0-9.]{1,10})?")
_STAFF_ONLY = "Only alliance staff can change which ESCO is loaded."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEsco:
    """What an import brought: rows written by table, and by kind what was cleaned or left out (`cleaned`).

    `problems` lists the first of each kind with their place; `missing` says in words which parts the packs lack.
    """

    label: str
    is_active: bool
    languages: tuple[str, ...]
    written: dict[str, int]
    cleaned: dict[str, int]
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]


def import_esco(
    *, by: audit.Actor, paths: Sequence[Path], languages: Sequence[str] = (), label: str = ""
) -> ImportedEsco:
    """Load one version from its packs (zips, folders or CSV files), all or nothing.

    Without `languages` every language that is there is loaded; without `label` the version is read from the names of
    the packs. Loading again replaces what the packs hold and keeps the rest, so that relations or another language may
    come later. The first version that is loaded becomes the active one. Raises InvalidInput for unusable packs.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    packs = EscoPacks(paths, languages=languages)
    chosen = _label(label.strip(), packs.versions)
    with transaction.atomic():
        version, _ = EscoVersion.objects.select_for_update().get_or_create(
            label=chosen, defaults={"imported_at": timezone.now()}
        )
        writer = EscoWriter(version)
        writer.write(packs)
        _note(version, packs)
        audit.record(by=by, action="import_esco", kind="esco", uid=chosen, languages=packs.languages, **writer.written)
    return ImportedEsco(
        label=chosen,
        is_active=version.is_active,
        languages=packs.languages,
        written=dict(writer.written),
        cleaned=dict(packs.report.counts),
        problems=tuple(packs.report.problems),
        missing=packs.missing,
    )


def activate_esco(*, by: audit.Actor, label: str) -> EscoVersion:
    """Make a loaded version the one that pages show. Raises NotFound."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        version = _loaded(label)
        if not version.is_active:
            EscoVersion.objects.filter(is_active=True).update(is_active=False)
            version.is_active = True
            version.save(update_fields=["is_active"])
            audit.record(by=by, action="activate_esco", kind="esco", uid=label)
    return version


def remove_esco(*, by: audit.Actor, label: str) -> dict[str, int]:
    """Take a version out and say how many concepts went with it. Links of skills and roles stay, they are addresses.

    Raises NotFound, and Conflict for the active version while another one is loaded.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        version = _loaded(label)
        if version.is_active and EscoVersion.objects.exclude(pk=version.pk).exists():
            raise Conflict(f"ESCO {label} is the active version. Activate another one first.", field="label")
        concepts = EscoConcept.objects.filter(version=version)
        # Parts first, each in one statement; Django would read all of them into memory to find out what hangs on them.
        EscoRelation.objects.filter(source__version=version).delete()
        for model in (EscoLabel, EscoText, EscoMembership):
            model._base_manager.filter(concept__version=version).delete()
        removed = concepts.count()
        concepts.delete()
        version.delete()
        audit.record(by=by, action="remove_esco", kind="esco", uid=label, concepts=removed)
    return {"concepts": removed}


def _label(given: str, stated: tuple[str, ...]) -> str:
    if given:
        if not _LABEL.fullmatch(given):
            raise InvalidInput(f"'{given[:40]}' is no version. Write it as 1.1.1 or 1.2.0.", field="version_label")
        return given
    if len(stated) == 1:
        return stated[0]
    if stated:
        named = " and ".join(stated)
        raise InvalidInput(f"The packs are of different versions ({named}). Load them one by one.", field="paths")
    raise InvalidInput(
        "The names of the packs do not say which version this is. Say it, such as --version-label 1.1.1.",
        field="version_label",
    )


def _loaded(label: str) -> EscoVersion:
    version = EscoVersion.objects.select_for_update().filter(label=label).first()
    if version is None:
        loaded = ", ".join(EscoVersion.objects.values_list("label", flat=True)) or "none"
        raise NotFound(f"ESCO {label} is not loaded. Loaded: {loaded}.", field="label")
    return version


def _note(version: EscoVersion, packs: EscoPacks) -> None:
    """Complete the version: its languages, its counts, and whether it is the one in force."""
    kinds = (
        EscoConcept.objects.filter(version=version).values_list("kind").annotate(number=Count("pk")).order_by("kind")
    )
    version.counts = dict(kinds)
    if not version.counts:
        raise InvalidInput(
            f"The packs hold no concept, and none of ESCO {version.label} is loaded. Give the classification too.",
            field="paths",
        )
    read = [language for _, language in packs.concept_tables]
    version.languages = list(dict.fromkeys([*version.languages, *read]))
    version.imported_at = timezone.now()
    version.is_active = version.is_active or not EscoVersion.objects.filter(is_active=True).exists()
    version.save()
