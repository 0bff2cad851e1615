"""Read a table of people for a cohort and say what would become of each row. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, Problem
from synchromesh.engine.tables.limits import MEBIBYTE, Limits
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import is_workbook, open_table
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.learning.models import Cohort, ContentVersion, Enrolment, EnrolmentState
from synchromesh.learning.queries.known_addresses import KnownAddresses, clean_address
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.learning.queries.seats import count_free_seats
from synchromesh.plumbing.import_plans import is_row

_LIMITS = Limits(bytes=5 * MEBIBYTE, rows=2_000, columns=50, cells=100_000, unpacked_bytes=50 * MEBIBYTE)
_HEADINGS = {
    "email": ("email", "e-mail", "e_mail", "mail", "email_address", "e-mail_address", "e-mail-adresse"),
    "name": ("name", "full_name"),
    "language": ("language", "sprache"),
}
_LONGEST_NAME = 120


class Place(StrEnum):
    """What somebody on the list gets; `from alone`: they learn alone already and go on in the cohort."""

    SEAT = "seat"
    WAITING_LIST = "waiting list"
    FROM_ALONE = "seat, from learning alone"
    INVITATION = "invitation"
    SAME = "in already"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """One good row. `person` is their account, if they have one; `language` a language of the content."""

    position: str
    address: str
    name: str
    language: str
    place: Place
    person: User | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortList:
    """A whole list: good rows, problems, and how many rows stay out."""

    format: str
    cohort: Cohort
    version: ContentVersion
    known: KnownAddresses
    people: tuple[ListedPerson, ...]
    problems: tuple[Problem, ...]

    @property
    def left_out(self) -> int:
        """Rows that do nothing because something is wrong with them."""
        return len({problem.position for problem in self.problems if is_row(problem.position)})


def read_cohort_list(file: BinaryIO, *, name: str, cohort: Cohort) -> CohortList:
    """Read CSV or XLSX with the column email, and name and language if there are such.

    Raises InvalidInput where the file is no such table or too large, and Conflict where the course has no published
    content yet.
    """
    version = newest_version(cohort.run.course, with_pilots=True)
    if version is None:
        raise Conflict("The course has no published content yet, so nobody can be enrolled.")
    table = open_table(file, name=name, limits=_LIMITS)
    columns = _columns(table.columns, name)
    problems: list[Problem] = []
    rows: list[Row] = []
    for entry in table.rows:
        if isinstance(entry, Row):
            rows.append(entry)
        else:
            problems.append(entry)
    known = KnownAddresses(cohort, [clean_address(row.cells[columns["email"]]) for row in rows])
    judge = _Judge(cohort=cohort, version=version, known=known, columns=columns)
    people = []
    for row in rows:
        found = judge.judge(row)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            people.append(found)
    kind = "xlsx" if is_workbook(file) else "csv"
    return CohortList(
        format=kind, cohort=cohort, version=version, known=known, people=tuple(people), problems=tuple(problems)
    )


def _columns(columns: tuple[str, ...], name: str) -> Mapping[str, str]:
    """Our name of a column to the file's. Raises InvalidInput without one for addresses."""
    found = {ours: next((column for column in columns if column in names), "") for ours, names in _HEADINGS.items()}
    if not found["email"]:
        raise InvalidInput(f"{name} has no column 'email'. Name the column of the addresses so.", field="email")
    return found


class _Judge:
    """Says of one row after the other what becomes of it, and counts the places."""

    def __init__(
        self, *, cohort: Cohort, version: ContentVersion, known: KnownAddresses, columns: Mapping[str, str]
    ) -> None:
        self._cohort, self._version, self._known, self._columns = cohort, version, known, columns
        self._free = count_free_seats(cohort.run)
        self._seen: dict[str, str] = {}

    def judge(self, row: Row) -> ListedPerson | Problem:
        """A good row, or the first thing that is wrong with it."""
        position = f"row {row.position}"
        cells = {ours: row.cells[theirs] if theirs else "" for ours, theirs in self._columns.items()}
        address = clean_address(cells["email"])
        for field, message in self._wrong(address, cells):
            return Problem(position=position, field=self._columns[field], message=message)
        self._seen[address] = position
        place = self._place(address)
        if place in (Place.SEAT, Place.FROM_ALONE) and self._free is not None:
            self._free -= 1
        return ListedPerson(
            position=position,
            address=address,
            name=" ".join(cells["name"].split()),
            language=self._language(address, cells["language"].lower()),
            place=place,
            person=self._known.people.get(address),
        )

    def _wrong(self, address: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        if not address:
            yield "email", "This is not an e-mail address. It should look like name@example.org."
        elif address in self._seen:
            yield "email", f"This address stands in {self._seen[address]} already."
        if len(cells["name"]) > _LONGEST_NAME:
            yield "name", f"A name may have {_LONGEST_NAME} letters at most."
        if cells["language"] and cells["language"].lower() not in ISO_639_1:
            yield "language", "A language is a code of two letters, such as en."
        why = self._why_not_enrolled(address)
        if why:
            yield "email", why

    def _why_not_enrolled(self, address: str) -> str:
        person = self._known.people.get(address)
        if person is not None and not person.is_active:
            return "The account with this address is closed."
        latest = self._known.latest_enrolment(address)
        if self._known.is_in(address):
            return ""
        if latest is None or latest.state == EnrolmentState.LEFT:
            invitation = self._known.invitations.get(address)
            used = invitation is not None and invitation.accepted_at is not None
            return "An invitation to this address was accepted already." if used else ""
        if latest.state == EnrolmentState.COMPLETED:
            return "This person has completed the course. They can take it again themselves."
        if latest.run_id is not None:
            return "This person learns in another cohort of the course."
        return "All places are taken, and this person learns alone already." if self._free == 0 else ""

    def _place(self, address: str) -> Place:
        if self._known.is_in(address) or self._known.has_open_invitation(address):
            return Place.SAME
        latest: Enrolment | None = self._known.latest_enrolment(address)
        if address not in self._known.people or (latest and latest.state == EnrolmentState.LEFT):
            return Place.INVITATION
        if latest is not None:
            return Place.FROM_ALONE
        return Place.WAITING_LIST if self._free == 0 else Place.SEAT

    def _language(self, address: str, stated: str) -> str:
        """The stated language, that of the account, that of the run: the first in which there is content."""
        person = self._known.people.get(address)
        wishes = (stated, person.language if person else "", self._cohort.run.language)
        return next((wish for wish in wishes if wish in self._version.languages), self._version.source_language)
