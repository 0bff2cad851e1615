"""RSS and Atom: which entries are courses, and what they say."""

from __future__ import annotations

import datetime
import io

import pytest

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import rss_atom
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

ADDRESS = "https://example.org/feed"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items: str, channel: str = "") -> bytes:
    return (
        f'<rss version="2.0" {SPACES}><channel><title>Courses</title>{channel}{"".join(items)}</channel></rss>'.encode()
    )


def item(inner: str = "", *, title: str = "High voltage", link: str = "https://example.org/hv") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inner}</item>"


def atom(*entries: str, inner: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">{inner}{"".join(entries)}</feed>'.encode()


def read(data: bytes, *, language: str = "", provider: str = "", currency: str = "") -> list[CourseRecord | Problem]:
    return list(
        rss_atom.read(
            io.BytesIO(data),
            name=ADDRESS,
            settings=ReadSettings(language=language, provider=provider, currency=currency),
        )
    )


def course(data: bytes, **settings: str) -> CourseRecord:
    (found,) = read(data, **settings)
    assert isinstance(found, CourseRecord), found
    return found


def problem(data: bytes) -> Problem:
    (found,) = read(data)
    assert isinstance(found, Problem), found
    return found


def test_an_item_with_a_title_and_an_address_is_a_course() -> None:
    found = course(
        rss(
            item(
                "<guid isPermaLink='false'>hv-1</guid><description>&lt;p&gt;Two days&lt;/p&gt;</description>"
                "<content:encoded><![CDATA[<p>Day one</p><p>Day two</p>]]></content:encoded>"
                "<category>Safety</category><category>Safety</category><dc:subject>Batteries</dc:subject>"
                "<pubDate>Tue, 03 Jun 2025 23:39:21 -0700</pubDate><dc:publisher>North Training</dc:publisher>"
            ),
            channel="<language>en-GB</language><copyright>CC BY 4.0</copyright><link>https://example.org/</link>",
        )
    )
    assert found.external_id == "hv-1"
    assert found.titles == {"en": "High voltage"}
    assert found.summaries == {"en": "Two days"}
    assert found.descriptions["en"].split() == ["Day", "one", "Day", "two"]
    assert found.keywords == ("Safety", "Batteries")
    assert found.provider == "North Training"
    assert (found.url, found.source, found.licence) == ("https://example.org/hv", "Courses", "CC BY 4.0")


def test_the_day_of_publication_is_the_day_of_the_source_and_no_run() -> None:
    found = course(rss(item("<pubDate>Tue, 03 Jun 2025 23:39:21 -0700</pubDate>")))
    assert found.source_on == datetime.date(2025, 6, 3)
    assert found.runs == ()


def test_the_event_module_states_a_run() -> None:
    dates = "<ev:startdate>2027-03-01T09:00</ev:startdate><ev:enddate>2027-03-02</ev:enddate>"
    (run,) = course(rss(item(dates + "<ev:location>Esslingen</ev:location>"))).runs
    assert (run.starts_on, run.ends_on, run.place) == (
        datetime.date(2027, 3, 1),
        datetime.date(2027, 3, 2),
        "Esslingen",
    )
    assert run.external_id == "2027-03-01-esslingen"


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        ("<category>News</category>", "news"),
        ("<category>Veranstaltungen</category>", "an event"),
        ("<category>Fachtagung</category>", "a conference"),
        ("<category>Réunion</category>", "a meeting"),
        ("<category>Veletrh</category>", "a fair"),
        ("<dc:type>https://schema.org/NewsArticle</dc:type>", "news"),
        ("<dc:type>Software</dc:type>", "a document"),
        ("<enclosure url='a.mp3' type='audio/mpeg' length='1'/>", "a podcast episode"),
    ],
)
def test_an_entry_that_says_it_is_something_else_is_refused_with_what_it_is(inner: str, kind: str) -> None:
    found = problem(rss(item(inner)))
    assert found.message == f"'High voltage' says that it is {kind}, and only courses are read."
    assert found.position == "item 1"


@pytest.mark.parametrize(
    "inner",
    [
        "<category>Event management</category>",
        "<category>Software</category>",
        "<category>Simulation</category>",
        "<category>Events</category><category>Workshop</category>",
        "<category>News</category><dc:type>Course</dc:type>",
    ],
)
def test_a_subject_that_sounds_like_a_kind_keeps_no_course_out(inner: str) -> None:
    course(rss(item(inner)))


@pytest.mark.parametrize("channel", ["<category>News</category>", "<itunes:category text='Education'/>"])
def test_entries_of_a_feed_of_news_or_of_a_podcast_are_no_courses_unless_they_say_so(channel: str) -> None:
    refused, accepted = read(rss(item(), item("<category>Online-Kurs</category>"), channel=channel))
    assert isinstance(refused, Problem)
    assert isinstance(accepted, CourseRecord)


def test_without_title_or_address_an_entry_is_no_course() -> None:
    first, second = read(rss("<item><link>https://example.org/a</link></item>", "<item><title>Talk</title></item>"))
    assert isinstance(first, Problem)
    assert isinstance(second, Problem)
    assert (first.field, second.field) == ("title", "link")


def test_elements_of_other_modules_do_not_hide_those_of_the_format() -> None:
    inner = (
        "<media:title>Picture</media:title><title>Course</title><atom:link href='https://example.org/self' rel='self'/>"
    )
    found = course(rss(f"<item>{inner}<link>https://example.org/c</link></item>"))
    assert (found.title, found.url) == ("Course", "https://example.org/c")


def test_a_guid_that_is_an_address_stands_in_for_the_link() -> None:
    found = course(rss("<item><title>Course</title><guid>https://example.org/c</guid></item>"))
    assert found.url == "https://example.org/c"


def test_what_the_operator_knows_holds_where_the_feed_says_nothing() -> None:
    found = course(rss(item("<description>Text</description>")), language="de", provider="North Training")
    assert found.titles == {"de": "High voltage"}
    assert found.descriptions == {"de": "Text"}
    assert found.provider == "North Training"


def test_rss_1_has_its_channel_beside_the_items() -> None:
    found = course(
        b'<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b'<channel rdf:about="https://a.example/"><title>Kurse</title><link>https://a.example/</link>'
        b"<dc:language>de</dc:language></channel>"
        b'<item rdf:about="https://a.example/1"><title>Pr\xfcfung</title><link>/1</link><dc:date>2026-01-02</dc:date>'
        b"</item></rdf:RDF>"
    )
    assert found.titles == {"de": "Prüfung"}
    assert (found.external_id, found.url, found.source) == ("https://a.example/1", "https://a.example/1", "Kurse")
    assert found.source_on == datetime.date(2026, 1, 2)


def test_an_entry_of_atom_is_a_course() -> None:
    found = course(
        atom(
            '<entry><id>urn:1</id><title type="html">Sécurité &lt;b&gt;HT&lt;/b&gt;</title>'
            '<link rel="edit" href="/edit"/><link href="c/1"/><published>2026-01-01T00:00:00Z</published>'
            "<updated>2026-02-03T10:00:00Z</updated><summary>Court</summary>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un</p><p>Deux</p></div></content>'
            '<category term="b" label="Batteries"/><link rel="license" href="https://example.org/licence"/></entry>',
            inner='<link href="https://f.example/"/>',
        )
    )
    assert found.titles == {"fr": "Sécurité HT"}
    assert (found.external_id, found.url) == ("urn:1", "https://f.example/c/1")
    assert found.source_on == datetime.date(2026, 2, 3)
    assert found.summaries == {"fr": "Court"}
    assert found.descriptions["fr"].split() == ["Un", "Deux"]
    assert found.keywords == ("Batteries",)
    assert found.licence == "https://example.org/licence"


def test_the_next_page_of_a_feed_is_followed() -> None:
    next_page = '<link rel="next" href="?page=2"/>'
    assert rss_atom.follow(io.BytesIO(atom(inner=next_page)), address=ADDRESS) == (f"{ADDRESS}?page=2",)
    entry = f"<entry>{next_page}</entry>"
    assert rss_atom.follow(io.BytesIO(atom(entry)), address=ADDRESS) == ()
    assert rss_atom.follow(io.BytesIO(atom(inner=f'<link rel="next" href="{ADDRESS}"/>')), address=ADDRESS) == ()


def test_a_feed_that_breaks_off_is_refused_after_what_was_read() -> None:
    entries = rss_atom.read(io.BytesIO(rss(item(), item("x" * 50_000))[:-20]), name=ADDRESS, settings=ReadSettings())
    assert isinstance(next(entries), CourseRecord)
    with pytest.raises(InvalidInput):
        list(entries)


@pytest.mark.parametrize(
    "data", [b"<html/>", b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", b"<x/>"]
)
def test_other_xml_is_no_feed(data: bytes) -> None:
    assert rss_atom.accepts(io.BytesIO(data), ADDRESS) is False
