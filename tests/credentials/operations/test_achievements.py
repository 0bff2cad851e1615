"""What can be awarded: mandatory elements before it is published, and never changed after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.credentials.records import a_content, a_credential, an_achievement, an_issuer
from tests.records import a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.operations.achievements import (
    edit_achievement,
    end_achievement,
    make_achievement,
    publish_achievement,
    set_two_persons,
)
from synchromesh.credentials.queries.achievements import get_achievement
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def test_what_was_published_never_changes_and_an_edit_begins_the_next_version() -> None:
    achievement = an_achievement()
    first = a_credential(achievement)
    draft = edit_achievement(by=OPERATOR, achievement=achievement, content=a_content(titles={"en": "Isolate it"}))
    again = edit_achievement(by=OPERATOR, achievement=achievement, content=a_content(minutes=120))
    assert (draft.pk, draft.number, again.minutes) == (again.pk, 2, 120)
    assert a_credential(achievement, occasion="test:2").version == first.version
    publish_achievement(by=OPERATOR, achievement=achievement)
    assert a_credential(achievement, occasion="test:3").version == again
    first.version.refresh_from_db()
    assert first.version.titles["en"] == "Isolate a vehicle"


def test_what_a_micro_credential_must_say_is_asked_for_by_name() -> None:
    content = a_content(criteria={}, identity_checks={"en": " "}, outcomes=[])
    made = make_achievement(by=OPERATOR, issuer=an_issuer(), content=content)
    with pytest.raises(InvalidInput) as refusal:
        publish_achievement(by=OPERATOR, achievement=made)
    assert all(words in refusal.value.message for words in ("criteria", "learning outcomes", "identity"))
    with pytest.raises(NotFound):
        get_achievement(made.slug)
    assert get_achievement(made.slug, visible_to=OPERATOR) == made


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"titles": {"en": " "}}, "titles"),
        ({"minutes": 0}, "minutes"),
        ({"ects": Decimal(3)}, "ects"),
        ({"eqf": 5}, "eqf_source"),
        ({"eqf": 9, "eqf_source": "A register"}, "eqf"),
        ({"level": 4}, "level"),
        ({"months_valid": 0}, "months_valid"),
        ({"minutes": 2**31}, "minutes"),
    ],
)
def test_what_nobody_may_claim_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        make_achievement(by=OPERATOR, issuer=an_issuer(), content=a_content(**changes))
    assert refusal.value.field == field


def test_a_higher_education_body_states_ects_and_skills_are_proved_to_a_level() -> None:
    issuer = an_issuer(is_higher_education=True)
    made = an_achievement(issuer, ects=Decimal("2.5"), skills=[(a_skill("isolate-hv"), 2)])
    version = made.versions.get()
    assert (version.ects, version.issuer_name) == (Decimal("2.5"), "Skills Body")
    with pytest.raises(InvalidInput):
        an_achievement(issuer, skills=[(a_skill("isolate-lv"), 4)])


def test_an_achievement_counts_towards_another_and_never_towards_itself() -> None:
    part = an_achievement()
    whole = an_achievement(part.issuer, titles={"en": "All of it"}, parts=[part])
    assert whole.versions.get().parts.get().part == part
    assert whole.slug == "all-of-it"
    with pytest.raises(InvalidInput, match="itself"):
        edit_achievement(by=OPERATOR, achievement=part, content=a_content(parts=[part]))


def test_two_achievements_of_the_same_title_have_different_slugs() -> None:
    issuer = an_issuer()
    assert [an_achievement(issuer).slug for _ in range(2)] == ["isolate-a-vehicle", "isolate-a-vehicle-2"]


def test_editors_write_and_managers_publish_and_end(editor: User, manager: User, person: User) -> None:
    issuer = an_issuer(editor.memberships.get().organisation)
    with pytest.raises(NotAllowed):
        make_achievement(by=person, issuer=issuer, content=a_content())
    made = make_achievement(by=editor, issuer=issuer, content=a_content())
    for operation in (publish_achievement, end_achievement):
        with pytest.raises(NotAllowed):
            operation(by=editor, achievement=made)
    with pytest.raises(NotAllowed):
        set_two_persons(by=editor, achievement=made, needed=True)
    publish_achievement(by=manager, achievement=made)
    set_two_persons(by=manager, achievement=made, needed=True)
    with pytest.raises(Conflict, match="no draft"):
        publish_achievement(by=manager, achievement=made)
    end_achievement(by=manager, achievement=made)
    with pytest.raises(Conflict, match="ended"):
        end_achievement(by=manager, achievement=made)
