"""Edit the outline of a draft: order, keys, settings, contents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.learning.records import CONTENTS, a_course_with_content, a_medium, an_instrument, give_part
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.operations.drafts import moved
from synchromesh.learning.operations.outline_editing import (
    MOST_BYTES,
    add_section,
    add_unit,
    change_unit,
    delete_section,
    delete_unit,
    move_section,
    move_unit,
    move_unit_step,
    rename_section,
    save_unit_content,
)
from synchromesh.learning.queries.authoring import content_digest
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> ContentVersion:
    """Two sections with the units text, text-2 and video, quiz."""
    return a_course_with_content(kinds=("text", "text", "video", "quiz"), published=False)


def _outline(draft: ContentVersion) -> list[str]:
    """Each section with its units, and the positions checked."""
    found = []
    for place, section in enumerate(draft.sections.all(), start=1):
        units = list(section.units.order_by("position"))
        assert section.position == place
        assert [unit.position for unit in units] == list(range(1, len(units) + 1))
        found.append(f"{section.key}: {' '.join(unit.key for unit in units)}".strip())
    return found


def test_a_section_and_a_unit_are_added_at_the_end_with_keys_from_their_titles(draft: ContentVersion) -> None:
    section = add_section(by=OPERATOR, version=draft, titles={"en": "Größe & Gewicht", "de": " "})
    again = add_section(by=OPERATOR, version=draft, titles={"en": "Große Gewicht"})
    unit = add_unit(by=OPERATOR, section=section, kind="text", titles={"en": "Γάτα"}, minutes=3)
    second = add_unit(by=OPERATOR, section=section, kind="text", titles={"en": "Text"})
    assert (section.key, section.titles) == ("grosse-gewicht", {"en": "Größe & Gewicht"})
    assert _outline(draft)[2:] == [f"grosse-gewicht: {unit.key} {second.key}", f"{again.key}:"]
    assert again.key == "grosse-gewicht-2"
    assert (unit.key, second.key) == ("text-3", "text-4")
    assert (unit.minutes, unit.is_required, unit.content) == (3, True, {})
    assert AuditEvent.objects.filter(action="add_unit", target_uid=str(draft.uid)).count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"titles": {}},
        {"titles": {"en": "x" * 201}},
        {"titles": {"xx": "No language"}},
        {"titles": {"en": "x"}, "key": "Not A Key"},
        {"titles": {"en": "x"}, "key": "text"},
        {"titles": {"en": "x"}, "minutes": 0},
    ],
)
def test_a_unit_that_cannot_be_is_refused(draft: ContentVersion, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        add_unit(by=OPERATOR, section=draft.sections.all()[0], kind="text", **values)
    with pytest.raises(NotFound):
        add_unit(by=OPERATOR, section=draft.sections.all()[0], kind="dance", titles={"en": "x"})


@given(positions=st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 9)), max_size=8))
@settings(max_examples=50, deadline=None)
def test_moving_keeps_everything_and_puts_it_where_it_was_asked(positions: list[tuple[int, int]]) -> None:
    rows = [Section(pk=number, position=number) for number in range(1, 6)]
    for which, position in positions:
        row = rows[which]
        now = moved(rows, row, position)
        assert sorted(other.pk for other in now) == [1, 2, 3, 4, 5]
        assert now.index(row) == max(1, min(position, 5)) - 1
        assert [other for other in now if other != row] == [other for other in rows if other != row]
        rows = now


def test_sections_move_and_are_renamed(draft: ContentVersion) -> None:
    first = draft.sections.get(key="first")
    move_section(by=OPERATOR, section=first, position=9)
    assert _outline(draft) == ["second: video quiz", "first: text text-2"]
    assert rename_section(by=OPERATOR, section=first, titles={"en": "Start"}).key == "first"
    assert draft.sections.get(key="first").titles == {"en": "Start"}


def test_a_unit_moves_within_its_section_and_into_another(draft: ContentVersion) -> None:
    text, second = draft.units.get(key="text"), draft.sections.get(key="second")
    move_unit(by=OPERATOR, unit=text, position=2)
    assert _outline(draft) == ["first: text-2 text", "second: video quiz"]
    move_unit(by=OPERATOR, unit=text, position=2, section=second)
    assert _outline(draft) == ["first: text-2", "second: video text quiz"]


def test_a_unit_goes_step_by_step_over_the_edges_of_sections(draft: ContentVersion) -> None:
    seen = []
    for _ in range(4):
        move_unit_step(by=OPERATOR, unit=draft.units.get(key="text"), is_down=True)
        seen.append(_outline(draft))
    assert seen == [
        ["first: text-2 text", "second: video quiz"],
        ["first: text-2", "second: text video quiz"],
        ["first: text-2", "second: video text quiz"],
        ["first: text-2", "second: video quiz text"],
    ]
    move_unit_step(by=OPERATOR, unit=draft.units.get(key="text"), is_down=True)
    assert _outline(draft) == seen[-1]
    for _ in range(4):
        move_unit_step(by=OPERATOR, unit=draft.units.get(key="text"), is_down=False)
    assert _outline(draft) == ["first: text text-2", "second: video quiz"]


def test_a_unit_cannot_move_into_another_version(draft: ContentVersion) -> None:
    other = a_course_with_content("other", kinds=("text",), published=False)
    with pytest.raises(InvalidInput):
        move_unit(by=OPERATOR, unit=draft.units.get(key="text"), position=1, section=other.sections.all()[0])


def test_what_is_deleted_leaves_no_gap(draft: ContentVersion) -> None:
    with pytest.raises(Conflict):
        delete_section(by=OPERATOR, section=draft.sections.get(key="first"))
    for key in ("text", "text-2"):
        delete_unit(by=OPERATOR, unit=draft.units.get(key=key))
    delete_section(by=OPERATOR, section=draft.sections.get(key="first"))
    assert _outline(draft) == ["second: video quiz"]


def test_only_the_settings_that_are_given_change(draft: ContentVersion) -> None:
    quiz = draft.units.get(key="quiz")
    changed = change_unit(by=OPERATOR, unit=quiz, minutes=20, must_pass=True, is_required=False)
    assert (changed.minutes, changed.must_pass, changed.is_required, changed.titles) == (20, True, False, quiz.titles)
    change_unit(by=OPERATOR, unit=draft.units.get(key="quiz"), without_instrument=True)
    stored = draft.units.get(key="quiz")
    assert (stored.instrument, stored.must_pass, stored.minutes) == (None, False, 20)


def test_a_test_of_a_unit_is_a_draft_of_the_same_course(draft: ContentVersion) -> None:
    text = draft.units.get(key="text")
    with pytest.raises(InvalidInput, match="to be passed"):
        change_unit(by=OPERATOR, unit=text, must_pass=True)
    with pytest.raises(InvalidInput, match="published"):
        change_unit(by=OPERATOR, unit=draft.units.get(key="quiz"), instrument=an_instrument(draft.course, key="old"))
    foreign = an_instrument(a_course("other"), key="foreign", frozen_at=None)
    with pytest.raises(InvalidInput, match="another course"):
        change_unit(by=OPERATOR, unit=draft.units.get(key="quiz"), instrument=foreign)


def test_unfinished_content_is_stored_and_its_faults_are_told(draft: ContentVersion) -> None:
    unit = draft.units.get(key="text")
    saved = save_unit_content(
        by=OPERATOR, unit=unit, content={"blocks": [{"kind": "text", "texts": {"en": " Hi\r\n"}}]}
    )
    assert saved.unit.content == {"blocks": [{"kind": "text", "texts": {"en": "Hi"}}]}
    assert Unit.objects.get(pk=unit.pk).content == saved.unit.content
    assert saved.problems
    assert all(problem.position.startswith("unit text") for problem in saved.problems)
    a_medium(draft.course)
    assert save_unit_content(by=OPERATOR, unit=unit, content=CONTENTS["text"]).problems == ()


def test_the_same_content_again_leaves_no_line_in_the_audit_trail(draft: ContentVersion) -> None:
    unit = draft.units.get(key="text")
    save_unit_content(by=OPERATOR, unit=unit, content=unit.content)
    assert not AuditEvent.objects.filter(action="save_unit_content").exists()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(draft: ContentVersion) -> None:
    unit = draft.units.get(key="text")
    seen = content_digest(unit.content)
    theirs = save_unit_content(by=OPERATOR, unit=unit, content={"blocks": []}, seen=seen).unit.content
    with pytest.raises(Conflict, match="Somebody else"):
        save_unit_content(by=OPERATOR, unit=unit, content={"blocks": [{}]}, seen=seen)
    assert Unit.objects.get(pk=unit.pk).content == theirs
    save_unit_content(by=OPERATOR, unit=unit, content={"blocks": []}, seen=seen)


@pytest.mark.parametrize(
    "content", [{"a": {1, 2}}, {"a": float("nan")}, {"a": "x" * (MOST_BYTES + 1)}, {"a": "a\0b"}, {"a": "\ud800"}]
)
def test_what_cannot_be_stored_is_refused(draft: ContentVersion, content: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        save_unit_content(by=OPERATOR, unit=draft.units.get(key="text"), content=content)


def test_only_authors_edit(draft: ContentVersion, person: User) -> None:
    unit = draft.units.get(key="text")
    for part in ("reviewer", "tutor"):
        give_part(person, draft.course, part)
    with pytest.raises(NotAllowed):
        save_unit_content(by=person, unit=unit, content={})
    give_part(person, draft.course, "author")
    save_unit_content(by=person, unit=unit, content={})
