"""What a cohort knows of e-mail addresses: which have an account, are in already, or have an invitation."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.learning.models import Cohort, Enrolment, EnrolmentState

_LONGEST_ADDRESS = 254  # characters of an e-mail address, RFC 5321 section 4.5.3.1.3 less its two brackets


def clean_address(text: str) -> str:
    """An e-mail address in lower case, as accounts hold it; empty where the text is none."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= _LONGEST_ADDRESS else ""


class KnownAddresses:
    """What is known of some e-mail addresses in one cohort, read at once: accounts, enrolments, invitations."""

    def __init__(self, cohort: Cohort, addresses: Iterable[str]) -> None:
        wanted = sorted(set(filter(None, addresses)))
        self._cohort = cohort
        self.people = {str(person.email).lower(): person for person in User.objects.filter(email__in=wanted)}
        here = Enrolment.objects.filter(course=cohort.run.course, person__in=list(self.people.values()))
        self.enrolments: dict[int, list[Enrolment]] = {}
        for enrolment in here.order_by("round"):
            self.enrolments.setdefault(enrolment.person_id, []).append(enrolment)
        stored = cohort.invitations.filter(email__in=wanted)
        self.invitations = {invitation.email: invitation for invitation in stored}

    def latest_enrolment(self, address: str) -> Enrolment | None:
        """The last round of whoever has this address in the course."""
        person = self.people.get(address)
        return self.enrolments.get(person.pk, [None])[-1] if person else None

    def is_in(self, address: str) -> bool:
        """Whether whoever has this address has, or waits for, a place in the cohort."""
        latest = self.latest_enrolment(address)
        return bool(latest and latest.run_id == self._cohort.run_id and latest.state != EnrolmentState.LEFT)

    def has_open_invitation(self, address: str) -> bool:
        """Whether an invitation to this address still lets somebody in."""
        invitation = self.invitations.get(address)
        return bool(invitation and invitation.accepted_at is None and invitation.expires_at > timezone.now())

    def why_not(self, address: str) -> str:
        """Why this address gets no invitation, in a sentence; empty where it gets one."""
        if not address:
            return "This is not an e-mail address. It should look like name@example.org."
        if self.is_in(address):
            return "Whoever has this address is in the cohort already."
        if self.has_open_invitation(address):
            return "This address has an open invitation. Send that one again instead."
        invitation = self.invitations.get(address)
        return "An invitation to this address was accepted already." if invitation and invitation.accepted_at else ""

    def language_of(self, address: str, *, wanted: str = "") -> str:
        """The language of a mail: that of the account, else the wanted one, else that of the run, else English."""
        person = self.people.get(address)
        named = person.language if person else wanted or self._cohort.run.language
        return named if named in settings.INTERFACE_LANGUAGES else "en"
