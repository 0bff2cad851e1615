"""Baked pictures: what goes in comes out, ours and other people's; hostile pictures end in a sentence."""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib import baking
from PIL import Image

from synchromesh.engine.credential_formats.baked import (
    MOST_ELEMENTS,
    bake_png,
    bake_svg,
    read_baked_png,
    read_baked_svg,
)
from synchromesh.engine.errors import InvalidInput

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
FIXTURES = SHARED / "data" / "standards" / "open_badges" / "ob30"

SVG = (
    "<?xml version='1.0'?>\n<!-- > --><svg xmlns='http://www.w3.org/2000/svg' aria-label='a > b'><path d='M0 0'/></svg>"
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).map(str.strip).filter(bool)
OB2 = "xmlns:openbadges='http://openbadges.org'"
OB3 = "xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'"


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, "PNG")
    return out.getvalue()


def _with_chunk(name: bytes, body: bytes, *, picture: bytes = b"") -> bytes:
    picture = picture or _png()
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return picture[:33] + chunk + picture[33:]


@given(text=TEXT)
def test_a_credential_baked_into_a_png_comes_out_and_the_picture_stays_sound(text: str) -> None:
    baked = bake_png(_png(), text.encode())
    assert read_baked_png(baked) == text.encode()
    picture = Image.open(BytesIO(baked))
    picture.load()
    assert picture.info["openbadgecredential"] == text
    assert bake_png(_png(), text.encode()) == baked


@given(text=TEXT, is_json=st.booleans())
def test_a_credential_baked_into_an_svg_comes_out_and_the_picture_stays_sound(text: str, is_json: bool) -> None:
    credential = ("{" + text + "]]>}" if is_json else text).encode()
    baked = bake_svg(SVG, credential)
    assert read_baked_svg(baked) == credential
    root = fromstring(baked.decode())
    assert root[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert root[1].tag == "{http://www.w3.org/2000/svg}path"


def test_another_library_reads_what_was_baked() -> None:
    token = "aa.bb.cc"
    baked = bake_png(_png(), token.encode())
    assert baking.extract_png(baked, keyword=baking.ITXT_KEYWORD_OB3) == token
    drawn = bake_svg(SVG, token.encode())
    assert baking.extract_svg(drawn, element=baking.SVG_ELEMENT_OB3) == token


def test_a_picture_without_a_credential_holds_none() -> None:
    assert read_baked_png(_png()) is None
    assert read_baked_svg(SVG.encode()) is None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (b"iTXt", b"openbadges\0\0\0\0\0https://example.org/assertion"),
        (b"iTXt", b"openbadges\0\1\0en\0Badge\0" + zlib.compress(b"https://example.org/assertion")),
        (b"tEXt", b"openbadges\0https://example.org/assertion\n"),
        (b"zTXt", b"openbadges\0\0" + zlib.compress(b"https://example.org/assertion")),
    ],
)
def test_badges_of_version_two_are_read_from_every_kind_of_text_chunk(name: bytes, body: bytes) -> None:
    assert read_baked_png(_with_chunk(name, body)) == b"https://example.org/assertion"


def test_a_picture_with_both_versions_is_read_as_the_newer_one() -> None:
    older = _with_chunk(b"tEXt", b"openbadges\0old")
    assert read_baked_png(_with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0new", picture=older)) == b"new"
    both = f"<svg {OB2}><openbadges:assertion verify='old'/><c xmlns='https://purl.imsglobal.org/ob/v3p0'/></svg>"
    assert read_baked_svg(both.encode()) == b"old"
    both = both.replace("<c ", "<credential verify='new' ")
    assert read_baked_svg(both.encode()) == b"new"


def test_a_second_credential_is_refused_when_baking_and_when_reading() -> None:
    with pytest.raises(InvalidInput, match="already"):
        bake_png(bake_png(_png(), b"one"), b"two")
    with pytest.raises(InvalidInput, match="already"):
        bake_svg(bake_svg(SVG, b"one"), b"two")
    twice = _with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0two", picture=bake_png(_png(), b"one"))
    with pytest.raises(InvalidInput, match="more than one"):
        read_baked_png(twice)
    with pytest.raises(InvalidInput, match="more than one"):
        read_baked_svg(
            bake_svg(SVG, b"one")
            .replace(b"<path", b"<path xmlns='https://purl.imsglobal.org/ob/v3p0' ")
            .replace(b"<path", b"<credential")
        )


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"GIF89a",
        _png()[:20],
        _png()[:-6],
        _png().replace(b"IHDR", b"IHDX"),
        _png()[:40] + b"\0" + _png()[41:],
        _with_chunk(b"iTXt", b"openbadgecredential\0\0\0no end"),
        _with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0not packed"),
        _with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(5_000_000))),
        _with_chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(bytes(50_000_000))),
        _png()[:33] + _with_chunk(b"abCd", b"")[33:45] * 20_001 + _png()[33:],
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0xFFFFFFFF) + b"IHDR" + bytes(60),
        bytes(12_000_001),
    ],
)
def test_a_hostile_png_is_refused(picture: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_baked_png(picture)


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"<html/>",
        b"<svg>",
        b"\xff\xfe<svg/>",
        b"<?xml version='1.0' encoding='no-such'?><svg/>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>",
        b"<!DOCTYPE svg [<!ENTITY file SYSTEM 'file:///etc/passwd'>]><svg>&file;</svg>",
        b"<!DOCTYPE svg [<!ENTITY % all SYSTEM 'http://example.org/x.dtd'> %all;]><svg/>",
        b"<svg>" + b"<g/>" * (MOST_ELEMENTS + 1) + b"</svg>",
        f"<svg {OB3}><openbadges:credential>{{<g/>}}</openbadges:credential></svg>".encode(),
        bytes(12_000_001),
    ],
)
def test_a_hostile_svg_is_refused(picture: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_baked_svg(picture)


def test_an_svg_that_is_nested_without_end_does_not_crash() -> None:
    depth = MOST_ELEMENTS // 2
    assert read_baked_svg(b"<svg>" + b"<g>" * depth + b"</g>" * depth + b"</svg>") is None


def test_a_document_type_without_definitions_is_no_danger() -> None:
    named = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert read_baked_svg(f"{named}<svg {OB3}><openbadges:credential verify='a.b.c'/></svg>".encode()) == b"a.b.c"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<g onclick='1'/>",
        "<a href='javascript:1'/>",
        "<image xmlns:x='http://www.w3.org/1999/xlink' x:href='https://example.org/spy.png'/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<g style='fill:url(https://example.org/a)'/>",
        "<foreignObject/>",
    ],
)
def test_a_drawing_that_could_run_or_fetch_something_is_not_baked(inside: str) -> None:
    with pytest.raises(InvalidInput, match="could run"):
        bake_svg(SVG.replace("<path", f"{inside}<path"), b"a.b.c")


def test_a_drawing_that_refers_to_its_own_parts_is_baked() -> None:
    own = "<g id='x' style='fill:url(#g)'/><use href='#x'/><style>.a{fill:url(#g)}</style>"
    assert read_baked_svg(bake_svg(SVG.replace("<path", f"{own}<path"), b"a.b.c")) == b"a.b.c"


@pytest.mark.parametrize("credential", [b"\xff\xfe", b"a\0b", bytes(4_000_001)])
def test_only_text_is_baked(credential: bytes) -> None:
    with pytest.raises(InvalidInput, match="text"):
        bake_png(_png(), credential)
    with pytest.raises(InvalidInput, match="text"):
        bake_svg(SVG, credential)


@pytest.mark.parametrize(
    ("start", "credential"),
    [(b"<?xml version='1.0' encoding='iso-8859-1'?>", '{"n":"ж"}'.encode()), (b"", b'{"a":\r\n"b"}'), (b"", b"{\x02}")],
)
def test_what_would_come_out_changed_is_not_baked(start: bytes, credential: bytes) -> None:
    with pytest.raises(InvalidInput, match="SVG picture"):
        bake_svg(start + b"<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>", credential)


@pytest.mark.parametrize("picture", ["<svg/>", "<svg xmlns='http://www.w3.org/2000/svg' />"])
def test_an_empty_drawing_is_not_baked(picture: str) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        bake_svg(picture, b"a.b.c")


@settings(max_examples=80)
@given(data=st.data())
def test_damaged_pictures_are_read_or_refused(data: st.DataObject) -> None:
    is_png = data.draw(st.booleans())
    sound = bake_png(_png(), b"{}") if is_png else bake_svg(SVG, b"{}")
    picture = bytearray(sound)
    for _number in range(data.draw(st.integers(1, 3))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        (read_baked_png if is_png else read_baked_svg)(bytes(picture))


@pytest.mark.conformance
@pytest.mark.skipif(not FIXTURES.is_dir(), reason=f"No fixtures in {FIXTURES}. SYNCHROMESH_SHARED names the folder.")
@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("simple-json.png", b'{  "@context"'),
        ("simple-json.svg", b'{\n      "@context"'),
        ("simple-jwt.png", b"eyJhbGciOi"),
        ("simple-jwt.svg", b"eyJhbGciOi"),
        ("simple-jwt_v1.png", b"eyJhbGciOi"),
        ("simple-jwt_v1.svg", b"eyJhbGciOi"),
    ],
)
def test_the_baked_samples_of_the_standard_s_makers_are_read(name: str, start: bytes) -> None:
    data = (FIXTURES / name).read_bytes()
    found = read_baked_png(data) if name.endswith("png") else read_baked_svg(data)
    assert found is not None
    assert found.startswith(start)
    assert found.count(b".") == 2 or start.startswith(b"{")
