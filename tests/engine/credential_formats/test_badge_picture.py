"""The picture of a badge: the same everywhere, named, harmless, and able to hold any title of the Union."""

from __future__ import annotations

from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from synchromesh.engine.credential_formats.badge_picture import badge_png, badge_svg
from synchromesh.engine.credential_formats.baked import bake_png, bake_svg, read_baked_png, read_baked_svg

TITLE = "Isolate a high-voltage system"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_same_words_give_the_same_picture_and_others_another() -> None:
    assert badge_png(title=TITLE, issuer="Academy", level=2) == badge_png(title=TITLE, issuer="Academy", level=2)
    assert badge_svg(title=TITLE, issuer="Academy", level=2) == badge_svg(title=TITLE, issuer="Academy", level=2)
    assert badge_svg(title=TITLE, issuer="Academy", level=2) != badge_svg(title=TITLE, issuer="Academy", level=3)


def test_the_picture_has_the_size_that_was_asked_for_and_is_clear_outside() -> None:
    picture = Image.open(BytesIO(badge_png(title=TITLE, issuer="Academy", pixels=240))).convert("RGBA")
    assert picture.size == (240, 240)
    assert picture.getpixel((1, 1))[3] == 0  # type: ignore[index]
    with pytest.raises(ValueError, match="pixels"):
        badge_png(title=TITLE, issuer="Academy", pixels=100_000)


def test_the_drawing_is_named_and_holds_shapes_only() -> None:
    drawing = badge_svg(title='A <b>bold</b> & "new" title', issuer="Academy", kind="Micro-credential")
    root = fromstring(drawing)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == 'A <b>bold</b> & "new" title, Academy'
    assert root.find(f".//{SVG}text") is None


def _shapes(title: str) -> int:
    """How many different letters the drawing holds."""
    return len(list(fromstring(badge_svg(title=title, issuer="")).iter(f"{SVG}symbol")))


@pytest.mark.parametrize(
    "letters", ["Αα Ωω ΐΰ", "Жж Щщ Ъъ Юю Ѝѝ", "ąčęėįšųūž", "őűŐŰ", "ăâîșț", "ġħż", "çğıİ", "áðéíóúýþæö", "ŵŷ"]
)
def test_every_alphabet_of_the_union_has_its_own_letters(letters: str) -> None:
    # A font without a letter draws the same empty box for each.
    assert _shapes(letters) == len(set(letters.replace(" ", "")))


@settings(max_examples=12)
@given(title=st.text(max_size=200), issuer=st.text(max_size=120), level=st.integers(-1, 9))
def test_any_words_can_be_drawn_and_baked(title: str, issuer: str, level: int) -> None:
    drawing = badge_svg(title=title, issuer=issuer, level=level, language="xx-Latn")
    assert read_baked_svg(bake_svg(drawing, b"a.b.c")) == b"a.b.c"


def test_a_drawn_picture_takes_a_credential() -> None:
    assert read_baked_png(bake_png(badge_png(title=TITLE, issuer="Academy"), b"{}")) == b"{}"
