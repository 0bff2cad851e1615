"""Pages of classes in the battery passport lab, in every state worth looking at, and the class that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from synchromesh.accounts.models import User


def class_states(teacher: str, learner: str) -> tuple[State, ...]:
    """What a teacher and a learner see, with the addresses of `class_content` in braces."""
    refused: dict[str, Any] = {"status": 422}
    one = "/en/passports/classes/{passport_class}/"
    return (
        _page("passports:classes", "/en/passports/classes/", person=teacher),
        _page("passports:classes", "/en/passports/classes/", "a wrong code", person=learner, then=_wrong, **refused),
        _page("passports:class-start", "/en/passports/classes/start/", person=teacher),
        _page(
            "passports:class-start",
            "/en/passports/classes/start/",
            "refused",
            person=teacher,
            then=_without_a_name,
            **refused,
        ),
        _page("passports:class", one, "of its teacher", person=teacher, then=open_all),
        _page("passports:class", one, "of a learner", person=learner),
        _page("passports:ask", one + "ask/1/", person=teacher),
        _page("passports:ask", one + "ask/1/", "refused", person=teacher, then=_ask_for_nothing, **refused),
        _page("passports:request", one + "requests/{passport_request}/", "to be answered", person=learner),
        _page("passports:request", one + "requests/{passport_answer}/", "answered", person=learner),
    )


def _wrong(page: Page) -> None:
    page.get_by_label("Code of the class").fill("0000-0000")
    submit(page, "Take a seat")


def _without_a_name(page: Page) -> None:
    submit(page, "Open the class")


def _ask_for_nothing(page: Page) -> None:
    submit(page, "Send the request")


def class_content(teacher: User, learner: User) -> dict[str, str]:
    """A class of two teams with faults in their passports, and a learner in it."""
    from synchromesh.engine.passport_models.model import BatteryKind
    from synchromesh.passports.models import ChainRole
    from synchromesh.passports.operations.classrooms import assign_seat, join_classroom, start_classroom
    from synchromesh.passports.operations.data_requests import ask_for_data, give_data

    made = start_classroom(by=teacher, title="Batteries 7", kind=BatteryKind.EV, teams=2, faults=2, seed=8)
    seat = join_classroom(by=learner, code=made.code, role=ChainRole.MAKER)
    assign_seat(by=teacher, classroom=made.uid, seat=seat.uid, team=1, role=ChainRole.MAKER)
    given: dict[str, Any] = {"keys": ["cell_count", "materials"], "reason": "A battery of this model burnt."}
    team = made.teams.get(number=1).uid
    asked, answered = (ask_for_data(by=teacher, team=team, **given) for _ in range(2))
    handed = ["materials", "safety_instructions"]
    give_data(by=learner, request=answered.uid, keys=handed, note="We count the cells anew.")
    return {
        "passport_class": str(made.uid),
        "passport_request": str(asked.uid),
        "passport_answer": str(answered.uid),
    }
