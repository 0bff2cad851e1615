"""The texts of a course as one text, and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_texts import read_course_text, text_languages
from synchromesh.engine.matching import Span

TEXT = st.text(min_size=1, max_size=30).filter(str.strip)


def _course(**texts: object) -> Course:
    return Course(**({"slug": "welding", "titles": {"en": "Welding"}} | texts))


@given(title=TEXT, description=TEXT, outcomes=st.lists(TEXT, max_size=3), data=st.data())
def test_a_place_in_a_segment_holds_the_words_of_the_joined_text(
    title: str, description: str, outcomes: list[str], data: st.DataObject
) -> None:
    course = _course(titles={"en": title}, descriptions={"en": description}, outcomes={"en": outcomes})
    text = read_course_text(course, "en")
    assert [segment.text for segment in text.segments] == [title, description, *outcomes]
    for position, segment in enumerate(text.segments):
        assert text.joined[segment.start : segment.end] == segment.text
        start = data.draw(st.integers(0, len(segment.text) - 1))
        end = data.draw(st.integers(start + 1, len(segment.text)))
        place = text.place(Span(segment.start + start, segment.start + end))
        assert place is not None
        assert (place.segment, place.start, place.end) == (position, start, end)


def test_a_span_that_reaches_into_the_next_text_ends_with_its_own() -> None:
    text = read_course_text(_course(summaries={"en": "Join steel."}), "en")
    place = text.place(Span(3, 12))
    assert place is not None
    assert text.segments[place.segment].text[place.start : place.end] == "ding"


def test_the_break_between_two_texts_is_no_place() -> None:
    text = read_course_text(_course(summaries={"en": "Join steel."}), "en")
    assert text.joined[7:8] == "\n"
    assert text.place(Span(7, 8)) is None


def test_a_text_that_lacks_the_language_falls_back_and_says_so() -> None:
    course = _course(
        titles={"de": "Schweißen", "en": "Welding"}, summaries={"fr": "Souder"}, outcomes={"en": ["Weld"], "de": []}
    )
    text = read_course_text(course, "de")
    assert [(row.part, row.text, row.language) for row in text.segments] == [
        ("title", "Schweißen", "de"),
        ("summary", "Souder", "fr"),
        ("outcome", "Weld", "en"),
    ]
    assert text.language is None
    assert read_course_text(_course(), "de").language == "en"
    assert text_languages(course) == ("de", "en", "fr")


def test_words_are_found_whatever_their_case() -> None:
    text = read_course_text(_course(summaries={"en": "Join STEEL safely."}), "en")
    found = text.find("steel safely")
    assert found is not None
    assert text.words(found) == "STEEL safely"
    assert text.find("aluminium") is None
    assert text.find(" ") is None
    assert read_course_text(_course(titles={"tr": "İş sağlığı"}), "tr").find("sağlığı") is None


def test_a_course_may_have_no_text_at_all() -> None:
    text = read_course_text(_course(titles={}), "en")
    assert (text.segments, text.joined, text.language, text.place(Span(0, 1))) == ((), "", None, None)
