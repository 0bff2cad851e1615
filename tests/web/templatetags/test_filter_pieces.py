"""Groups of filters from kept pieces look as if each had been written anew."""

from __future__ import annotations

import html
import re

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.web.templatetags.filter_pieces import FilterGroup, Option, filter_group

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ue000\ue001\0"), max_size=12)
OPTIONS = st.lists(st.builds(Option, TEXTS, TEXTS, st.integers(0, 10**6), st.booleans()), max_size=4).map(tuple)
LINE = re.compile(
    r'<label><input type="checkbox" id="([^"]*)" name="([^"]*)" value="([^"]*)"( checked)?> '
    r'<span>([^<]*)</span> <span class="count">(\d+)</span></label>'
)


def _group(**more: object) -> FilterGroup:
    stated = {"name": "mode", "title": "How", "chosen": False, "options": (), "more": (), "left_out": 0, "list": ""}
    return FilterGroup(**(stated | more))  # type: ignore[arg-type]


@given(OPTIONS, OPTIONS, TEXTS)
def test_every_option_stands_there_once_with_its_own_number_and_without_markup_of_others(
    options: tuple[Option, ...], more: tuple[Option, ...], title: str
) -> None:
    text = filter_group(_group(options=options, more=more, title=title))
    found = [tuple(map(html.unescape, line)) for line in LINE.findall(text)]
    assert found == [
        (f"mode-{value}", "mode", value, " checked" if checked else "", label, str(number))
        for value, label, number, checked in (*options, *more)
    ]
    assert text.count("<legend>") == text.count("<fieldset") == (2 if more else 1)
    assert html.unescape(text).count(f"<legend>{title}</legend>") >= 1


def test_a_group_says_in_the_readers_language_how_much_does_not_stand_there() -> None:
    option = (Option("a", "A", 1, False),)
    with override("en"):
        english = filter_group(_group(options=option, more=option, left_out=3, list="skills:list"))
    with override("de"):
        german = filter_group(_group(options=option, more=option, left_out=3, list="skills:list"))
    assert "3 more do not stand here" in english
    assert '<a href="/en/skills/">' in english
    assert '<a href="/de/skills/">' in german
    assert "do not stand here" not in german
    assert "stand here" not in filter_group(_group(options=option, more=option))
