"""What `synchromesh.learning.unit_kinds` promises of every kind, tried with each of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.learning.question_documents import DOCUMENTS, a_document
from tests.learning.records import ALL_KINDS, CONTENTS, MEDIA_TYPES

from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.unit_kinds import DoneBy, UnitKind, get_unit_kind, unit_kinds

MEDIA = ("pack.svg", "pack.mp4", "pack-en.vtt", "pack-de.vtt", "sheet.pdf")
LANGUAGES = ("en", "de")
PRACTICE = ("single", "multiple", "true-false", "order", "match", "fill-in", "numeric", "hotspot", "short-text")
every_kind = pytest.mark.parametrize("kind", ALL_KINDS)

_names = sorted({name for content in CONTENTS.values() for name in content})
_inner = ["kind", "key", "texts", "titles", "media", "entries", "url", "tone", "choices", "answer", "rubric", "steps"]
_texts = st.dictionaries(st.sampled_from(["en", "de", "xx1", ""]), st.text(max_size=5), max_size=2)
_words = st.sampled_from(["text", "note", "figure", "sources", "single", "file", "[^a]", "http://[", "", "pack.svg"])
_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | _words | _texts
_anything = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_names, *_inner]) | st.integers(), inner, max_size=5)
    ),
    max_leaves=12,
)


def test_there_are_the_kinds_of_units_that_a_course_needs() -> None:
    assert set(unit_kinds()) == set(ALL_KINDS)


def test_a_kind_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="riddle"):
        get_unit_kind("riddle")


@every_kind
def test_a_kind_says_what_it_is_called_and_who_says_that_it_is_done(kind: str) -> None:
    found = get_unit_kind(kind)
    assert found.TITLE
    assert isinstance(found.DONE_BY, DoneBy)


@every_kind
def test_a_good_content_has_no_problems(kind: str) -> None:
    assert get_unit_kind(kind).check(CONTENTS[kind], languages=LANGUAGES, media=MEDIA) == []


@every_kind
@settings(max_examples=40)
@given(content=_anything)
def test_no_content_makes_a_kind_fail(kind: str, content: Any) -> None:
    _try_everything(get_unit_kind(kind), content)


@every_kind
@settings(max_examples=25)
@given(data=st.data())
def test_no_change_of_a_good_content_makes_a_kind_fail(kind: str, data: st.DataObject) -> None:
    content = copy.deepcopy(dict(CONTENTS[kind]))
    path = data.draw(st.sampled_from(_paths(content)))
    _put(content, path, data.draw(_anything))
    _try_everything(get_unit_kind(kind), content)


def _try_everything(kind: UnitKind, content: Any) -> None:
    for problem in kind.check(content, languages=LANGUAGES, media=MEDIA):
        assert problem.position
        assert problem.message
    assert all(isinstance(name, str) and name for name in kind.media_of(content))
    for place in kind.texts_of(content):
        assert isinstance(_at(content, place.path), Mapping)
    assert isinstance(kind.show(content, language="de", links={"pack.svg": "/pack"}), Mapping)


@every_kind
def test_a_content_that_lacks_a_language_says_so(kind: str) -> None:
    problems = get_unit_kind(kind).check(CONTENTS[kind], languages=("en", "fr"), media=MEDIA)
    assert problems
    assert all("fr" in problem.message for problem in problems)


@every_kind
def test_a_file_that_the_course_does_not_have_is_a_problem(kind: str) -> None:
    found = get_unit_kind(kind)
    problems = found.check(CONTENTS[kind], languages=LANGUAGES, media=())
    assert len(problems) == len(found.media_of(CONTENTS[kind]))


@every_kind
def test_the_path_of_a_text_leads_to_it(kind: str) -> None:
    content = CONTENTS[kind]
    places = get_unit_kind(kind).texts_of(content)
    assert places
    assert [_at(content, place.path) for place in places] == [place.texts for place in places]
    assert len({place.path for place in places}) == len(places)


@every_kind
def test_a_reader_of_another_language_sees_english_marked_as_such(kind: str) -> None:
    shown = json.dumps(get_unit_kind(kind).show(CONTENTS[kind], language="fr", links={}), default=repr)
    assert "is_fallback=True" in shown or "PublicQuestion" in shown
    assert "language='fr'" not in shown


@every_kind
def test_a_file_is_shown_with_its_address(kind: str) -> None:
    found = get_unit_kind(kind)
    links = {name: f"/media/{name}" for name in MEDIA}
    shown = json.dumps(found.show(CONTENTS[kind], language="en", links=links), default=repr)
    assert {name for name in MEDIA if f"/media/{name}" in shown} == found.media_of(CONTENTS[kind])


@pytest.mark.parametrize("kind", [kind for kind in ALL_KINDS if get_unit_kind(kind).DONE_BY is not DoneBy.REPORT])
def test_a_kind_that_is_not_done_by_its_own_report_takes_none(kind: str) -> None:
    with pytest.raises(InvalidInput):
        get_unit_kind(kind).accept(CONTENTS[kind], {}, {"done": True})


@pytest.mark.parametrize("question", PRACTICE)
def test_an_exercise_never_shows_what_is_right(question: str) -> None:
    """Told apart by asking twice: a question with the other key looks the same to its learner."""
    document = a_document(question)
    shown = _shown(document)
    for word in ("accepted", "correct", "pairs", "feedback", "explanations", "tolerance", "Orange marks", "400"):
        assert word not in json.dumps({key: value for key, value in shown.items() if key != "prompts"})
    assert shown == _shown(_with_another_key(document))


def _shown(document: Mapping[str, Any]) -> dict[str, Any]:
    (question,) = get_unit_kind("exercise").show({"questions": [document]}, language="en", links={})["questions"]
    return dict(question["question"].as_json())


def _with_another_key(document: dict[str, Any]) -> dict[str, Any]:
    """The same question to look at, with something else as the right answer."""
    changed = copy.deepcopy(document)
    for name in ("choices", "regions"):
        for entry in changed.get(name, ()):
            entry["correct"] = not entry["correct"]
    if changed["kind"] == "multiple":
        changed["choices"][0]["correct"] = True
    if "answer" in changed:
        changed["answer"] = not changed["answer"]
    if "pairs" in changed:
        changed["pairs"] = dict(zip(changed["pairs"], reversed(changed["pairs"].values()), strict=True))
    if "gaps" in changed:
        changed["gaps"][0]["accepted"] = {"en": ["12"]}
    return changed | {name: value for name, value in (("value", 7), ("accepted", {"en": ["blue"]})) if name in changed}


def test_the_documents_of_these_tests_hold_every_kind_of_question() -> None:
    assert set(PRACTICE) == set(DOCUMENTS) - {"free-text", "file", "scale"}
    assert {name.rpartition(".")[2] for name in MEDIA} == set(MEDIA_TYPES)


def _paths(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a content."""
    inner = content.items() if isinstance(content, Mapping) else enumerate(content) if isinstance(content, list) else ()
    found = [(*path, step) for step, _ in inner]
    for step, value in content.items() if isinstance(content, Mapping) else enumerate(content):
        if isinstance(value, Mapping | list):
            found += _paths(value, (*path, step))
    return found


def _at(content: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def _put(content: Any, path: tuple[Any, ...], value: Any) -> None:
    _at(content, path[:-1])[path[-1]] = value
