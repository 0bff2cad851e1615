"""What the buttons of a cohort's page do. Each action says what happened; who may do it, the operations know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import Cohort
from synchromesh.learning.operations.cohort_invitations import (
    InvitationsSent,
    renew_invitation,
    send_invitations,
    withdraw_cohort_invitation,
)
from synchromesh.learning.operations.cohorts import (
    change_code,
    change_joining,
    change_run,
    close_cohort,
    remove_unit_date,
    resume_cohort,
    set_unit_date,
)
from synchromesh.learning.operations.messages import send_message
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.teach.tutoring_cohort_forms import DatesForm, InvitationsForm, UnitDate
from synchromesh.web.teach.tutoring_page import refuse


def act(said: QueryDict, *, by: User, cohort: Cohort, shown: dict[str, forms.Form]) -> str:
    """Do what a button asks for and say what happened; empty where a form of `shown` says why it was refused.

    Raises NotAllowed, NotFound, and Conflict for buttons without a form.
    """
    do = said.get("do", "")
    if do in _BUTTONS:
        return _BUTTONS[do](by, cohort, said)
    if do not in _FORMS:
        raise NotFound("This page has no such button.")
    form = shown[do]
    if not form.is_valid():
        return ""
    try:
        return _FORMS[do](by, cohort, shown)
    except (InvalidInput, Conflict) as error:
        refuse(form, error)
        return ""


def _change(by: User, cohort: Cohort, shown: dict[str, Any]) -> str:
    form = shown["plan"]
    moved = change_run(by=by, cohort=cohort, dates=form.dates())
    if form.cleaned_data["joining"] != cohort.joining:
        change_joining(by=by, cohort=cohort, joining=form.cleaned_data["joining"])
    if moved:
        return ngettext(
            "Saved. %(count)s learner of the waiting list has a place now.",
            "Saved. %(count)s learners of the waiting list have a place now.",
            moved,
        ) % {"count": moved}
    return gettext("Saved.")


def _set_dates(by: User, cohort: Cohort, shown: dict[str, Any]) -> str:
    form: DatesForm = shown["dates"]
    for given in list(form.changed_dates()):
        try:
            _set_date(by, cohort, given)
        except InvalidInput as error:
            raise InvalidInput(error.message, field=f"{error.field}-{given.unit.key}") from None
    return gettext("The dates are saved. Learners see them in the outline.")


def _set_date(by: User, cohort: Cohort, given: UnitDate) -> None:
    key = given.unit.key
    if given.at is not None:
        set_unit_date(by=by, cohort=cohort, unit_key=key, at=given.at, place=given.place, url=given.url)
    elif given.place or given.url:
        raise TranslatedInvalidInput(gettext("Say when it is held."), field="at")
    else:
        remove_unit_date(by=by, cohort=cohort, unit_key=key)


def _invite(by: User, cohort: Cohort, shown: dict[str, Any]) -> str:
    entered = shown["invite"].cleaned_data
    lines = entered["addresses"].splitlines()
    sent = send_invitations(by=by, cohort=cohort, addresses=lines, valid_days=entered["valid_days"])
    done = ngettext("%(count)s invitation is sent.", "%(count)s invitations are sent.", sent.sent) % {
        "count": sent.sent
    }
    if not sent.problems:
        return done
    shown["invite"] = _lines_to_mend(lines, sent, days=entered["valid_days"], done=done if sent.sent else "")
    return ""


def _lines_to_mend(lines: list[str], sent: InvitationsSent, *, days: int, done: str) -> InvitationsForm:
    """A form with the lines alone that were refused, and why."""
    wrong = [lines[int(problem.position.rpartition(" ")[2]) - 1] for problem in sent.problems]
    form = InvitationsForm({"addresses": "\n".join(wrong), "valid_days": days})
    form.full_clean()
    for line, problem in zip(wrong, sent.problems, strict=True):
        form.add_error("addresses", f"{line}: {problem.message}")
    if done:
        form.add_error(None, gettext("%(done)s These lines are left:") % {"done": done})
    return form


def _send(by: User, cohort: Cohort, shown: dict[str, Any]) -> str:
    send_message(by=by, cohort=cohort, **shown["message"].cleaned_data)
    return gettext("The message goes out by mail to everybody who has a place.")


def _renew_code(by: User, cohort: Cohort, said: QueryDict) -> str:
    change_code(by=by, cohort=cohort)
    return gettext("There is a new code. The old one lets nobody in any more.")


def _close(by: User, cohort: Cohort, said: QueryDict) -> str:
    close_cohort(by=by, cohort=cohort)
    return gettext("The cohort is closed. Whoever is in goes on; nobody joins any more.")


def _resume(by: User, cohort: Cohort, said: QueryDict) -> str:
    resume_cohort(by=by, cohort=cohort)
    return gettext("The cohort takes learners again.")


def _renew(by: User, cohort: Cohort, said: QueryDict) -> str:
    renew_invitation(by=by, cohort=cohort, uid=_uid(said))
    return gettext("The invitation is sent again with a new address. The old one is not valid any more.")


def _withdraw(by: User, cohort: Cohort, said: QueryDict) -> str:
    withdraw_cohort_invitation(by=by, cohort=cohort, uid=_uid(said))
    return gettext("The invitation is taken back.")


def _uid(said: QueryDict) -> UUID:
    try:
        return UUID(said.get("invitation", ""))
    except ValueError:
        raise NotFound("There is no such invitation.") from None


_FORMS: Mapping[str, Callable[[User, Cohort, dict[str, Any]], str]] = {
    "plan": _change,
    "dates": _set_dates,
    "invite": _invite,
    "message": _send,
}
_BUTTONS: Mapping[str, Callable[[User, Cohort, QueryDict], str]] = {
    "code": _renew_code,
    "close": _close,
    "resume": _resume,
    "renew": _renew,
    "withdraw": _withdraw,
}
