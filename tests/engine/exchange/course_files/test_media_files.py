"""Which files a course may show: what a file is decides, not what it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.engine.exchange.course_files.course_documents import PNG, SVG

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files.media_files import LONGEST_NAME, media_type_of
from synchromesh.engine.tables.limits import MEBIBYTE

_ODT = "application/vnd.oasis.opendocument.text"


def _odt(mimetype: str = _ODT) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", "<x/>")
    return packed.getvalue()


def _svg(inside: str, attributes: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {space} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.png", PNG, "image/png"),
        ("A_1.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.webp", b"RIFF\x01\x02\x03\x04WEBPVP8 ", "image/webp"),
        ("a.svg", SVG, "image/svg+xml"),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        ("a.webm", b"\x1a\x45\xdf\xa3", "video/webm"),
        ("a.vtt", b"\xef\xbb\xbfWEBVTT\n\n", "text/vtt"),
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.odt", _odt(), _ODT),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(name: str, content: bytes, media_type: str) -> None:
    assert media_type_of(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", SVG),
        ("a.svg", PNG),
        ("a.pdf", b"<html>"),
        ("a.vtt", b"WEBVTTX"),
        ("a.vtt", b"WEBVTT\n\xff"),
        ("a.odt", _odt("application/zip")),
        ("a.zip", _odt()),
        ("a.html", b"<html>"),
        ("a.exe", b"MZ"),
        ("a", PNG),
        (".png", PNG),
        ("../a.png", PNG),
        ("a..png", PNG),
        ("ä.png", PNG),
        ("a" * LONGEST_NAME + ".png", PNG),
        ("a.png", b""),
        ("a.vtt", b"WEBVTT\n" + bytes(MEBIBYTE)),
    ],
)
def test_any_other_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        media_type_of(name, content)


@pytest.mark.parametrize(
    "svg",
    [
        _svg("<defs><path id='p'/></defs><use href='#p'/><rect fill='url(#p)' style=\"fill: url('#p')\"/>"),
        _svg("<style>text { font-weight: bold }</style><text aria-label='What is on'>on</text>"),
        _svg("<image href='data:image/png;base64,iVBORw0KGgo='/>"),
        _svg("<animate attributeName='opacity' from='0' to='1'/>"),
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + SVG,
    ],
)
def test_a_figure_that_stays_inside_itself_is_taken(svg: bytes) -> None:
    assert media_type_of("a.svg", svg) == "image/svg+xml"


@pytest.mark.parametrize(
    "svg",
    [
        _svg("<script>alert(1)</script>"),
        _svg("<SCRIPT>alert(1)</SCRIPT>"),
        _svg("<foreignObject/>"),
        _svg("<rect onclick='alert(1)'/>"),
        _svg("", "onload='alert(1)'"),
        _svg("<a href='https://example.org/'><text>x</text></a>"),
        _svg("<a xlink:href=' java&#10;script:alert(1)'/>"),
        _svg("<image href='https://example.org/a.png'/>"),
        _svg("<use href='data:image/svg+xml;base64,AAAA#a'/>"),
        _svg("<image href='data:text/html,x'/>"),
        _svg("<style>@import 'a.css';</style>"),
        _svg("<style>rect { fill: url(https://example.org/) }</style>"),
        _svg("<style>rect { fill: u\\72l(https://example.org/) }</style>"),
        _svg("<style>rect { fill: ur/**/l(https://example.org/) }</style>"),
        _svg("<rect style='fill: url( \"//example.org\")'/>"),
        _svg("<set attributeName='xlink:href' to='javascript:alert(1)'/>"),
        _svg("<html xmlns='http://www.w3.org/1999/xhtml'><img src='x' /></html>"),
        b"<?xml-stylesheet href='a.css'?>" + SVG,
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + _svg("<text>&a;</text>"),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + SVG,
        b"<html/>",
        b"<svg",
        _svg("<g/>" * 20_001),
    ],
)
def test_a_figure_that_runs_or_loads_something_is_refused(svg: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"^a\.svg cannot be taken: "):
        media_type_of("a.svg", svg)
