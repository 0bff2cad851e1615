"""XML of strangers, entry by entry."""

from __future__ import annotations

import io
import itertools
from typing import BinaryIO

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers._xml_stream import LARGEST_ENTRY, XmlEntry, find_root, stream_entries


def entries(data: bytes) -> list[XmlEntry]:
    return list(stream_entries(io.BytesIO(data), name="feed.xml", entries=("item",), kept=("title",)))


def texts(data: bytes) -> list[str]:
    return [found.element.text or "" for found in entries(data)]


class Endless(io.RawIOBase):
    """A feed that never ends, as a server could send it."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    def read(self, size: int = -1) -> bytes:
        start = b"<rss>" if not self.sent else b""
        self.sent += size
        return start + b"<item>text</item>" * (size // 17)


def endless() -> tuple[Endless, BinaryIO]:
    source = Endless()
    return source, source  # type: ignore[return-value]


def test_entries_come_while_the_rest_is_not_read_yet() -> None:
    source, file = endless()
    found = list(itertools.islice(stream_entries(file, name="feed.xml", entries=("item",)), 5_000))
    assert found[-1].position == "item 5000"
    assert source.sent < 300_000


def test_an_entry_that_was_read_no_longer_hangs_on_the_tree() -> None:
    _, file = endless()
    found = list(itertools.islice(stream_entries(file, name="feed.xml", entries=("item",)), 20_000))
    assert len(found[-1].around[0]) < 3_000  # those of the piece that is being read


def test_elements_around_an_entry_are_kept_only_where_they_are_asked_for() -> None:
    data = (
        b"<rss><title>T</title><image><title>no</title></image>"
        + b"<item/>" * 500
        + b"<title>late</title><item/></rss>"
    )
    *_, last = entries(data)
    assert [child.text for child in last.around[0] if child.tag == "title"] == ["T", "late"]
    assert all(child.tag != "image" for child in last.around[0])


def test_an_entry_within_an_entry_belongs_to_it() -> None:
    (found,) = entries(b"<a><item><b><item>inner</item></b></item></a>")
    assert [element.tag for element in found.element.iter()] == ["item", "b", "item"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a><item>&x;</item></a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a><item/></a>', "document type"),
        (b"<!DOCTYPE a><a><item/></a>", "document type"),
        (b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l><item>&b;</item></l>', "document type"),
        (b"<a>" * 101, "nested more than 100 deep"),
        (b"<a><item>" + b"<b>" * 100, "nested more than 100 deep"),
        (b"<a " + b" ".join(b"a%d='1'" % number for number in range(201)) + b"/>", "more than 200 attributes"),
        (b"<a><item>" + b"<b/>" * 50_001 + b"</item></a>", "more than 50,000 elements"),
        (b"<a><item>" + b"x" * (3 * LARGEST_ENTRY) + b"</item></a>", "more than 8 MB"),
        (
            b"<a><item>" + b"<b>some words</b>" * 49_000 + b"<c>" + b"x" * (3 * LARGEST_ENTRY) + b"</c></item></a>",
            "8 MB",
        ),
        (b"<a><!-- " + b"x" * (3 * LARGEST_ENTRY), "more than 8 MB"),
        (b"<a>" + b"x" * (3 * LARGEST_ENTRY), "more than 8 MB"),
        (b"<a><item>one</item><item>two</ite", "damaged"),
        (b"<a><item></a>", "line 1, column"),
        (b"<?xml version='1.0' encoding='no-such'?><a><item/></a>", "encoding"),
        (b"<?xml version='1.0' encoding='gb2312'?><a><item/></a>", "encoding"),
        (b"<a><item x:y='1'/></a>", "damaged"),
        (b"", "damaged"),
    ],
)
def test_xml_that_is_broken_or_built_to_exhaust_us_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason) as caught:
        entries(data)
    assert caught.value.message.startswith("feed.xml ")


def test_what_came_before_the_fault_was_read() -> None:
    walk = stream_entries(io.BytesIO(b"<a><item>" + b"x" * 40_000 + b"</item><item></a>"), name="f", entries=("item",))
    assert len(next(walk).element.text or "") == 40_000
    with pytest.raises(InvalidInput):
        next(walk)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\n  <?xml version='1.0'?><a><item>spaces before</item></a>", "spaces before"),
        (b"\xef\xbb\xbf\n<a><item>mark</item></a>", "mark"),
        (b"<a><item>bell\x07 and \x0bmore</item></a>", "bell and more"),
        (b"<a><item>caf&eacute;&nbsp;&amp; &lt;b&gt;</item></a>", "café\u00a0& <b>"),
        (b"<a><item>a&unknown;b</item></a>", "a&unknown;b"),
        (b"<a><item><![CDATA[&eacute; <b>]]></item></a>", "&#233; <b>"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><a><item>Größe</item></a>".encode("latin-1"), "Größe"),
        ("<?xml version='1.0' encoding='windows-1252'?><a><item>10 €</item></a>".encode("cp1252"), "10 €"),
        ("<?xml version='1.0' encoding='utf-16'?><a><item>Ωμέγα</item></a>".encode("utf-16"), "Ωμέγα"),
    ],
)
def test_what_publishers_often_get_wrong_is_mended(data: bytes, expected: str) -> None:
    assert texts(data) == [expected]


@pytest.mark.parametrize("before", range(16_340, 16_390, 7))
def test_the_name_of_a_character_may_stand_across_two_pieces_of_the_file(before: int) -> None:
    data = b"<a><item>" + b"x" * before + b"&eacute;&nbsp;!</item></a>"
    assert texts(data) == ["x" * before + "é\u00a0!"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<rss/>", ("", "rss")),
        (b"<?xml version='1.0'?><!-- x --><x:feed xmlns:x='urn:y'>", ("urn:y", "feed")),
        (b"<!DOCTYPE rss PUBLIC '-//Netscape' 'x.dtd'><rss/>", ("", "rss")),
        ("<urlset>".encode("utf-16"), ("", "urlset")),
    ],
)
def test_the_first_element_is_found_whatever_stands_before_it(data: bytes, expected: tuple[str, str]) -> None:
    root = find_root(io.BytesIO(data))
    assert root is not None
    assert (root.space, root.name) == expected


@pytest.mark.parametrize(
    "data", [b"", b"<", b"BEGIN:VCALENDAR", b"{}", b"\0\xff" * 40, b"<<a>", b"a,b\n<", b"x" * 70_000]
)
def test_what_is_no_xml_has_no_first_element(data: bytes) -> None:
    assert find_root(io.BytesIO(data)) is None
