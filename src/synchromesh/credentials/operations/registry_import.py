"""Load a trust list into the registry of issuers: preview, commit, undo through `plumbing.imports`.

A list speaks for the issuers that it has brought itself. One that another source has brought stays as it is, and an
issuer that the list names no more is known until the day of the import.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import KnownIssuer, KnownIssuerIdentifier, TrustedList
from synchromesh.credentials.permissions import may_edit_registry
from synchromesh.credentials.queries.trust_lists import ListedIssuer, TrustList, read_trust_list
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.plumbing import audit, imports
from synchromesh.plumbing.import_plans import FieldChange, PlannedRow, count_left_out, make_plan
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

_COLUMNS = (
    *("name", "url", "country", "accredited_by", "known_since", "known_until", "source_url"),
    *("service", "service_type", "service_status"),
)
_ABOUT = ("operator", "name", "territory", "sequence_number", "issued_at", "next_update_at")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """A good row beside what is stored of the same issuer; `known` is None for a new one."""

    listed: ListedIssuer
    known: KnownIssuer | None
    identifiers: frozenset[str] = frozenset()
    trusted_list: str = ""

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        if self.known is None:
            return ()
        pairs = [(name, getattr(self.known, name), getattr(self.listed, name)) for name in _COLUMNS]
        changes = [FieldChange(field=name, before=_shown(a), after=_shown(b)) for name, a, b in pairs if a != b]
        if self.identifiers != set(self.listed.identifiers):
            before, after = "; ".join(sorted(self.identifiers)), "; ".join(self.listed.identifiers)
            changes.append(FieldChange(field="identifiers", before=before, after=after))
        stored = self.known.trusted_list.operator if self.known.trusted_list is not None else ""
        if stored != self.trusted_list:
            changes.append(FieldChange(field="trusted_list", before=stored, after=self.trusted_list))
        return tuple(changes)


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


class TrustListImporter:
    """Reads a table of issuers, or a trusted list in XML; see `queries.trust_lists`."""

    kind = "trust-list"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff."""
        require(may_edit_registry(by), "Only alliance staff change the registry of issuers.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the list with the registry. Writes nothing."""
        found = read_trust_list(file, name=name)
        compared, problems = _compare(found, source)
        trusted = _trusted_list_of(found, source)
        missing = _missing(compared, source) if options.get("complete", True) else []
        every = (*found.problems, *problems)
        rows = [
            *([] if trusted is None else [trusted]),
            *(_planned(one) for one in compared),
            *(PlannedRow(position="", label=known.name, effect="missing") for known in missing),
        ]
        left_out = count_left_out(every, loaded=[one.listed.position for one in compared])
        return make_plan(format_name=found.format, rows=rows, problems=every, left_out=left_out)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write the good rows through `log`, after comparing anew."""
        self.check_permission(by)
        found = read_trust_list(file, name=batch.name)
        compared, _ = _compare(found, batch.source)
        trusted = _write_trusted_list(found, source=batch.source, log=log)
        missing = _missing(compared, batch.source) if batch.options.get("complete", True) else []
        for known in missing:
            log.change(known, known_until=timezone.localdate())
        for one in compared:
            if one.known is None:
                _enter(one.listed, source=batch.source, trusted=trusted, by=by, log=log)
            elif one.changes:
                columns = {name: getattr(one.listed, name) for name in _COLUMNS}
                log.change(one.known, trusted_list=trusted, **columns)
                _replace_identifiers(one, log=log)

    def after_undo(self) -> None:
        """Nothing follows: checks read the registry anew each time."""


def _planned(one: _Compared) -> PlannedRow:
    effect = "new" if one.known is None else "changed" if one.changes else "same"
    return PlannedRow(position=one.listed.position, label=one.listed.name, effect=effect, changes=one.changes)


def _enter(listed: ListedIssuer, *, source: str, trusted: TrustedList | None, by: audit.Actor, log: ChangeLog) -> None:
    columns = {name: getattr(listed, name) for name in _COLUMNS}
    known = KnownIssuer(source=source, entered_by=by.public_id, trusted_list=trusted, **columns)
    log.create(known)
    log.create_many([_identifier(known, listed, value) for value in listed.identifiers])


def _identifier(known: KnownIssuer, listed: ListedIssuer, value: str) -> KnownIssuerIdentifier:
    held = listed.certificates.get(value)
    if held is None:
        return KnownIssuerIdentifier(issuer=known, value=value)
    certificate = base64.b64encode(held.der).decode("ascii")
    return KnownIssuerIdentifier(issuer=known, value=value, key_id=held.key_id, certificate=certificate)


def _trusted_list_of(found: TrustList, source: str) -> PlannedRow | None:
    """What would happen to what is noted of a list in XML as a whole. Raises InvalidInput for a list that may not come.

    An older one would bring back services that have lost their status since, and another's would end all of this one's.
    """
    about, stored = found.about, TrustedList.objects.filter(source=source).first()
    if about is None:
        return None
    label = f"{about.operator}, {about.sequence_number}"
    if stored is None:
        return PlannedRow(position="", label=label, effect="new")
    if (stored.operator, stored.territory) != (about.operator, about.territory):
        raise InvalidInput(f"The source '{source}' holds the list of {stored.operator}. Give this one another source.")
    if about.sequence_number < stored.sequence_number:
        newer, older = stored.sequence_number, about.sequence_number
        raise InvalidInput(f"The registry holds number {newer} of this list already, and this is number {older}.")
    pairs = [(name, getattr(stored, name), getattr(about, name)) for name in _ABOUT]
    changes = tuple(FieldChange(field=name, before=_shown(a), after=_shown(b)) for name, a, b in pairs if a != b)
    return PlannedRow(position="", label=label, effect="changed" if changes else "same", changes=changes)


def _write_trusted_list(found: TrustList, *, source: str, log: ChangeLog) -> TrustedList | None:
    planned = _trusted_list_of(found, source)
    if planned is None:
        return None
    columns = {name: getattr(found.about, name) for name in _ABOUT}
    stored = TrustedList.objects.filter(source=source).first()
    if stored is None:
        stored = TrustedList(source=source, **columns)
        log.create(stored)
    elif planned.changes:
        log.change(stored, **columns)
    return stored


def _replace_identifiers(one: _Compared, *, log: ChangeLog) -> None:
    wanted = set(one.listed.identifiers)
    gone = KnownIssuerIdentifier.objects.filter(issuer=one.known, value__in=one.identifiers - wanted)
    log.delete_many(list(gone.order_by("pk")))
    new = [value for value in one.listed.identifiers if value not in one.identifiers]
    if one.known is not None:
        log.create_many([_identifier(one.known, one.listed, value) for value in new])


def _missing(compared: Sequence[_Compared], source: str) -> list[KnownIssuer]:
    """Issuers that this source has brought, that are still known, and that the file does not name."""
    named = {one.known.pk for one in compared if one.known is not None}
    known = KnownIssuer.objects.filter(source=source).order_by("name", "id")
    today = timezone.localdate()
    return [one for one in known if one.pk not in named and (one.known_until is None or one.known_until > today)]


def _compare(found: TrustList, source: str) -> tuple[list[_Compared], list[Problem]]:
    """Each good row beside what is stored under its identifiers; rows that others' entries stand in the way of."""
    owners = _find_owners([value for listed in found.issuers for value in listed.identifiers])
    stored = _identifiers_of({owner.pk for owner in owners.values()})
    compared: list[_Compared] = []
    problems: list[Problem] = []
    taken: dict[int, str] = {}
    for listed in found.issuers:
        mine = {owners[value].pk: owners[value] for value in listed.identifiers if value in owners}
        fault = next(_faults(mine, source, taken), "")
        if fault:
            problems.append(Problem(position=listed.position, field="identifiers", message=fault))
            continue
        known = next(iter(mine.values()), None)
        if known is not None:
            taken[known.pk] = listed.position
        identifiers = stored.get(known.pk, frozenset()) if known else frozenset()
        operator = found.about.operator if found.about is not None else ""
        compared.append(_Compared(listed=listed, known=known, identifiers=identifiers, trusted_list=operator))
    return compared, problems


def _faults(mine: dict[int, KnownIssuer], source: str, taken: dict[int, str]) -> Iterator[str]:
    if len(mine) > 1:
        names = " and ".join(sorted(known.name for known in mine.values()))
        yield f"The registry has these identifiers under two issuers, {names}. Give each a row of its own."
    for known in mine.values():
        if known.source != source:
            yield f"{known.name} is in the registry already, from the source '{known.source}'. Leave this row out."
        if known.pk in taken:
            yield f"This is the same issuer as in {taken[known.pk]}. Put its identifiers into one row."


def _find_owners(identifiers: Sequence[str]) -> dict[str, KnownIssuer]:
    owners: dict[str, KnownIssuer] = {}
    for start in range(0, len(identifiers), _AT_ONCE):
        some = KnownIssuerIdentifier.objects.filter(value__in=identifiers[start : start + _AT_ONCE])
        owners |= {one.value: one.issuer for one in some.select_related("issuer__trusted_list")}
    return owners


def _identifiers_of(issuers: set[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    wanted = sorted(issuers)
    for start in range(0, len(wanted), _AT_ONCE):
        some = KnownIssuerIdentifier.objects.filter(issuer__in=wanted[start : start + _AT_ONCE])
        for issuer, value in some.values_list("issuer_id", "value"):
            found.setdefault(issuer, set()).add(value)
    return {issuer: frozenset(values) for issuer, values in found.items()}
