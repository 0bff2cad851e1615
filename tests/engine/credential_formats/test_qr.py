"""QR codes: what is drawn is read again, also from a photo that is turned, noisy or dark."""

from __future__ import annotations

from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from synchromesh.engine.credential_formats.qr import qr_png, qr_svg, read_qr
from synchromesh.engine.errors import InvalidInput

ADDRESS = "https://example.org/c/7f3a9c"


def _picture(image: Image.Image, kind: str = "PNG") -> bytes:
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


@settings(max_examples=25)
@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80))
def test_an_address_is_read_again(text: str) -> None:
    assert read_qr(qr_png(text)) == (text,)


def test_a_text_in_any_alphabet_is_read_again() -> None:
    text = "Hochvolt: Grüße, Ασφάλεια, Безопасност, żółć"
    assert read_qr(qr_png(text)) == (text,)


def test_the_same_address_gives_the_same_picture() -> None:
    assert qr_png(ADDRESS) == qr_png(ADDRESS)
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF", "PNG"])
def test_a_code_on_a_turned_and_dark_photo_is_read(kind: str) -> None:
    code = Image.open(BytesIO(qr_png(ADDRESS))).convert("L")
    photo = Image.new("L", (900, 700), 90)
    photo.paste(ImageOps.colorize(code, "#202020", "#a0a0a0").convert("L").rotate(12, fillcolor=90), (200, 150))
    assert read_qr(_picture(photo, kind)) == (ADDRESS,)


def test_two_codes_on_one_page_are_both_read_and_a_repeated_one_once() -> None:
    one, two = (Image.open(BytesIO(qr_png(text))).convert("L") for text in (ADDRESS, "https://example.org/c/8"))
    page = Image.new("L", (1400, 800), 255)
    for place, code in ((0, one), (450, two), (900, one)):
        page.paste(code, (place, 100))
    assert sorted(read_qr(_picture(page))) == sorted([ADDRESS, "https://example.org/c/8"])


def test_a_picture_without_a_code_has_no_texts() -> None:
    assert read_qr(_picture(Image.new("L", (50, 50), 255))) == ()


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no picture"):
        read_qr(b"%PDF-1.7")


def test_the_drawing_is_one_named_element_without_markup_of_the_caller() -> None:
    drawing = qr_svg(ADDRESS, title='</title><script>"x"</script>')
    root = fromstring(drawing)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == '</title><script>"x"</script>'
    assert "<script" not in drawing
    assert "style=" not in drawing
    assert 'aria-hidden="true"' in qr_svg(ADDRESS)


def test_a_text_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(InvalidInput, match="too long"):
        qr_svg("x" * 3_000)
    with pytest.raises(ValueError, match="levels"):
        qr_svg(ADDRESS, level="z")
