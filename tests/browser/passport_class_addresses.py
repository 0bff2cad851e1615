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
    )


def _wrong(page: Page) -> None:
    page.get_by_label("Code of the class").fill("0000-0000")
    submit(page, "Take a seat")


def _without_a_name(page: Page) -> None:
    submit(page, "Open the class")


def class_content(teacher: User, learner: User) -> dict[str, str]:
    """A class of two teams with faults in their passports, and a learner in it."""
    from synchromesh.engine.passport_models.model import BatteryKind
    from synchromesh.passports.models import ChainRole
    from synchromesh.passports.operations.classrooms import join_classroom, start_classroom

    made = start_classroom(by=teacher, title="Batteries 7", kind=BatteryKind.EV, teams=2, faults=2, seed=8)
    join_classroom(by=learner, code=made.code, role=ChainRole.MAKER)
    return {"passport_class": str(made.uid)}
