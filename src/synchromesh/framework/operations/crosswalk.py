"""Decide how a skill or a job role relates to ESCO: confirm, change or remove a link, reject a concept.

A link that is confirmed here carries who said so, when, and under which version of ESCO, so that a new version asks
again only about what moved. The links belong to the lasting skill or role and not to a version of the framework: every
export has them at once. A file that is imported later and states another match for the same concept takes the
confirmation back, because it was given to something else.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.models import EscoConcept, EscoLink, EscoRejection, EscoVersion, JobRole, Skill
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.crosswalk import Subject, kinds_for, rate_match
from synchromesh.framework.queries.esco import find_active_version, same_address, written_forms
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import LinkMethod

MATCHES = ("exact", "close", "broad", "narrow", "related")
_STAFF_ONLY = "Only alliance staff can link skills and job roles to ESCO."


def confirm_esco_match(*, by: audit.Actor, subject: Subject, uri: str, match: str) -> EscoLink:
    """Say that a skill or role relates to a concept of the active version, or that an existing link is still right.

    `match` is a SKOS match (https://www.w3.org/TR/skos-reference/#mapping): broad means that the ESCO concept is the
    broader one. A new link keeps the label that is like ours as its quote and that likeness as confidence; one without
    such a label counts as found by hand. An earlier rejection of the concept is dropped. Raises NotAllowed,
    InvalidInput, NotFound, and Conflict for a second *exact* one.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    _check_match(match)
    with transaction.atomic():
        _lock(subject)
        version = _active_version()
        address = _address_in(version, subject, uri)
        link = _find_link(subject, address)
        _check_one_exact(subject, address, match, besides=link)
        confirmed = {"confirmed_by": by.public_id, "confirmed_at": timezone.now(), "esco_version": version.label}
        if link is None:
            origin = _origin(subject, address, version)
            link = EscoLink(**_owner(subject), uri=address, match=match, **origin, **confirmed)
        else:
            for name, value in (confirmed | {"match": match}).items():
                setattr(link, name, value)
        link.save()
        _rejections(subject, address).delete()
        _record(by, "confirm_esco_match", subject, uri=address, match=match)
    return link


def change_esco_match(*, by: audit.Actor, subject: Subject, uri: str, match: str) -> EscoLink:
    """Give a link another match; whoever changes it confirms it. Also for a concept that is not loaded (any more).

    Raises NotAllowed, InvalidInput, NotFound without such a link, and Conflict for a second *exact* one.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    _check_match(match)
    with transaction.atomic():
        _lock(subject)
        link = _get_link(subject, uri)
        _check_one_exact(subject, link.uri, match, besides=link)
        version = find_active_version()
        loaded = version is not None and _concepts(version, link.uri).exists()
        link.match, link.confirmed_by, link.confirmed_at = match, by.public_id, timezone.now()
        link.esco_version = version.label if version is not None and loaded else link.esco_version
        link.save()
        _record(by, "change_esco_match", subject, uri=link.uri, match=match)
    return link


def remove_esco_match(*, by: audit.Actor, subject: Subject, uri: str) -> None:
    """Take a link away without saying that it can never fit. Raises NotAllowed, and NotFound without such a link."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        _lock(subject)
        link = _get_link(subject, uri)
        link.delete()
        _record(by, "remove_esco_match", subject, uri=link.uri, match=link.match)


def reject_esco_match(*, by: audit.Actor, subject: Subject, uri: str) -> EscoRejection:
    """Say that a concept does not fit, so that it is not proposed again, in no version. Doing it twice changes nothing.

    Raises NotAllowed, NotFound for an address that no loaded version has, and Conflict while a link to it is there.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        _lock(subject)
        address = same_address(uri)
        if not EscoConcept.objects.filter(uri=address).exists():
            raise NotFound("No version of ESCO that is loaded here has this concept.", field="uri")
        if _find_link(subject, address) is not None:
            raise Conflict(f"'{subject}' is linked to this concept. Remove the link first.", field="uri")
        version = find_active_version()
        rejection, is_new = EscoRejection.objects.get_or_create(
            **_owner(subject),
            uri=address,
            defaults={
                "esco_version": version.label if version is not None else "",
                "rejected_by": by.public_id,
                "rejected_at": timezone.now(),
            },
        )
        if is_new:
            _record(by, "reject_esco_match", subject, uri=address)
    return rejection


def withdraw_rejection(*, by: audit.Actor, subject: Subject, uri: str) -> None:
    """Let a rejected concept be proposed again. Raises NotAllowed, and NotFound where it was not rejected."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        _lock(subject)
        deleted, _ = _rejections(subject, same_address(uri)).delete()
        if not deleted:
            raise NotFound("This concept was not rejected.", field="uri")
        _record(by, "withdraw_rejection", subject, uri=same_address(uri))


def _check_match(match: str) -> None:
    if match not in MATCHES:
        raise InvalidInput(f"Choose how it fits: {', '.join(MATCHES)}.", field="match")


def _lock(subject: Subject) -> None:
    """Two people who decide about one skill at the same moment do it one after the other."""
    stored = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
    if stored.retired_at is not None:
        raise Conflict(f"'{subject}' is retired.", field="subject")


def _active_version() -> EscoVersion:
    version = find_active_version()
    if version is None:
        raise Conflict("No ESCO is loaded. Load it first: synchromesh esco import", field="uri")
    return version


def _concepts(version: EscoVersion, uri: str) -> QuerySet[EscoConcept]:
    return EscoConcept.objects.filter(version=version, uri=same_address(uri))


def _address_in(version: EscoVersion, subject: Subject, uri: str) -> str:
    """The address as ESCO writes it. Raises NotFound, and InvalidInput for a concept of the wrong kind."""
    concept = _concepts(version, uri).first()
    if concept is None:
        raise NotFound(f"ESCO {version.label} has no concept with this address.", field="uri")
    if concept.kind not in kinds_for(subject):
        wanted = "an occupation" if isinstance(subject, JobRole) else "a skill or knowledge"
        raise InvalidInput(f"Choose {wanted} of ESCO, or a group of them.", field="uri")
    return concept.uri


def _check_one_exact(subject: Subject, uri: str, match: str, *, besides: EscoLink | None) -> None:
    """What is exactly one concept cannot be exactly another one too (SKOS, section 10: exactMatch is transitive)."""
    if match != "exact":
        return
    others = [link for link in subject.esco_links.filter(match="exact") if besides is None or link.pk != besides.pk]
    if others:
        words = f"'{subject}' is exactly {others[0].uri} already. Change that link first, for instance to close."
        raise Conflict(words, field="match")


def _origin(subject: Subject, uri: str, version: EscoVersion) -> dict[str, Any]:
    """Where a new link comes from: the likeness of names that proposes it, else a person's own search."""
    found = rate_match(subject, uri, version=version)
    stated: dict[str, Any] = {"source": f"ESCO {version.label}", "source_url": uri}
    if found is None:
        return stated | {"method": LinkMethod.HAND}
    return stated | {"method": LinkMethod.SUGGESTED, "confidence": Decimal(str(found.score)), "quote": found.text}


def _owner(subject: Subject) -> dict[str, Any]:
    return {"skill": subject} if isinstance(subject, Skill) else {"role": subject}


def _find_link(subject: Subject, uri: str) -> EscoLink | None:
    return subject.esco_links.filter(uri__in=written_forms(uri)).order_by("pk").first()


def _get_link(subject: Subject, uri: str) -> EscoLink:
    link = _find_link(subject, uri)
    if link is None:
        raise NotFound(f"'{subject}' is not linked to this concept.", field="uri")
    return link


def _rejections(subject: Subject, uri: str) -> QuerySet[EscoRejection]:
    return EscoRejection.objects.filter(**_owner(subject), uri=uri)


def _record(by: audit.Actor, action: str, subject: Subject, **details: str) -> None:
    kind = "skill" if isinstance(subject, Skill) else "role"
    audit.record(by=by, action=action, kind=kind, uid=subject.uid, **details)
