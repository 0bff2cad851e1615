"""Pieces of pages that a process keeps: the same words again, and never those of another reader."""

from __future__ import annotations

from django.utils.safestring import mark_safe
from django.utils.translation import override

from synchromesh.web.templatetags.kept_pieces import kept_piece

LINK = "learn/_unit_link.html"


def _link(**more: object) -> str:
    given = {"course": "hv", "key": "rules", "number": 3, "title": "Five rules", "minutes": 5, "state": "todo"}
    return kept_piece(LINK, **(given | {"due": "", "is_here": False} | more))


def test_a_piece_is_the_same_object_for_the_same_words_and_another_for_others() -> None:
    assert _link() is _link()
    assert 'aria-current="step"' in _link(is_here=True)
    assert 'aria-current="step"' not in _link()
    assert "is-done" in _link(state="done")


def test_a_piece_speaks_the_language_of_the_page() -> None:
    with override("en"):
        english = _link()
    with override("de"):
        german = _link()
    assert 'href="/en/' in english
    assert 'href="/de/' in german


def test_markup_that_somebody_wrote_is_never_taken_for_markup_of_the_page() -> None:
    assert "<b>Five</b>" in _link(title=mark_safe("<b>Five</b>"))
    assert "<b>" not in _link(title="<b>Five</b>")


def test_one_is_not_taken_for_true() -> None:
    assert ">1<" in _link(number=1)
    assert ">True<" in _link(number=True)
