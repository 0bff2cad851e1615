"""Arbitrary content within shells that readers recognise: an entry, a problem or InvalidInput, and nothing else."""

from __future__ import annotations

import io
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import (
    elm_opportunities,
    icalendar_events,
    oai_pmh,
    rss_atom,
    sitemap,
    xcri_cap,
)
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

ADDRESS = "https://example.org/feed"
SHELLS: dict[str, tuple[ModuleType, str, str]] = {
    "rss": (
        rss_atom,
        "<rss><channel>{}</channel></rss>",
        "item title link guid description encoded pubDate category startdate enddate enclosure license language",
    ),
    "atom": (
        rss_atom,
        '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>',
        "entry title link id summary content updated category rights",
    ),
    "rdf": (
        rss_atom,
        '<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/">{}</RDF>',
        "channel item title link date",
    ),
    "xcri": (
        xcri_cap,
        '<catalog xmlns="http://xcri.org/profiles/1.2/catalog"><provider>{}</provider></catalog>',
        "course title identifier presentation start end duration cost places venue provider location town credit "
        "scheme value qualification learningOutcome attendanceMode description type",
    ),
    "oai": (
        oai_pmh,
        "<OAI-PMH><ListRecords>{}</ListRecords></OAI-PMH>",
        "record header metadata lom general title string lifeCycle contribute role value entity technical location "
        "educational typicalLearningTime duration rights cost classification purpose taxonPath taxon dc date type "
        "error resumptionToken",
    ),
    "elm": (
        elm_opportunities,
        '<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/">{}</Courses>',
        "learningOpportunity title providedBy organisation legalName location address temporal startDate endDate "
        "hasPart isPartOf learningAchievementSpecification learningOutcome priceDetail amount value creditPoint point "
        "EQFLevel additionalNote subject noteLiteral type homepage contentUrl applicationDeadline relatedSkill "
        "notation",
    ),
    "sitemap": (sitemap, "<urlset>{}</urlset>", "url loc lastmod sitemap"),
}
VALUES = st.sampled_from(
    [
        "", "x", "&amp;", "&#0;", "&nope;", "<![CDATA[<p>a</p>]]>", "<!-- -->", "<?x?>", "https://example.org/a",
        "http://[", "2027-02-30", "2027-03-01", "9999-99-99", "1e999", "-1", "NaN", "PT1H", "P1Y",
        "Tue, 99 Foo 2027 99:99 GMT", "deleted", "\u202e", "0", "1/2",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "", ' id="a"', ' idref="a"', ' uri="http://data.europa.eu/snb/learning-opportunity/7e1ac538db"', ' href="/x"',
        ' dtf="x"', ' xml:lang="de"', ' language="und"', ' rel="next"', ' status="deleted"',
        ' uri="urn:synchromesh:skill:a"', ' uri="urn:synchromesh:location:a"', ' type="audio/mpeg"', ' code="badVerb"',
        " broken",
    ]
)  # fmt: skip


def trees(names: str) -> st.SearchStrategy[str]:
    """Elements with the names of a format in any order and depth, some of them not closed."""
    name = st.sampled_from(names.split())
    leaf = st.builds(lambda tag, attribute, value: f"<{tag}{attribute}>{value}</{tag}>", name, ATTRIBUTES, VALUES)
    inner = st.recursive(
        leaf | VALUES,
        lambda children: st.builds(
            lambda tag, attribute, parts, end: f"<{tag}{attribute}>{''.join(parts)}</{tag}>" if end else f"<{tag}/>",
            name, ATTRIBUTES, st.lists(children, max_size=5), st.booleans() | st.just(True),
        ),
        max_leaves=25,
    )  # fmt: skip
    return st.lists(inner | st.text(max_size=8), max_size=4).map("".join)


def consume(module: ModuleType, data: bytes) -> None:
    file = io.BytesIO(data)
    module.accepts(file, ADDRESS)
    file.seek(0)
    try:
        for entry in module.read(file, name=ADDRESS, settings=ReadSettings()):
            assert isinstance(entry, CourseRecord | Problem)
            assert entry.position
            assert isinstance(entry, Problem) or (entry.title and entry.external_id)
    except InvalidInput:
        pass
    if hasattr(module, "follow"):
        file.seek(0)
        assert all(page.startswith("http") for page in module.follow(file, address=ADDRESS))


@pytest.mark.parametrize("shell", SHELLS)
def test_any_elements_within_a_shell_of_xml_raise_nothing_but_invalid_input(shell: str) -> None:
    module, frame, names = SHELLS[shell]

    @given(inner=trees(names))
    @settings(max_examples=40, deadline=None)
    def check(inner: str) -> None:
        consume(module, frame.format(inner).encode("utf-8", errors="surrogatepass"))

    check()


LINES = st.sampled_from(
    [
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTODO", "END:VTODO", "UID:1", "UID:2",
        "SUMMARY:a", "SUMMARY;LANGUAGE=xx:b", "DTSTART:20270301", "DTSTART;TZID=../../x:20270301T090000Z",
        "DTEND:20270301", "DURATION:-P1D", "DURATION:P9999W", "RRULE:FREQ=DAILY",
        "RRULE:FREQ=YEARLY;UNTIL=00010101T000000Z", "RRULE:=;;=", "RDATE:,,x/y", "EXDATE:20270301",
        "RECURRENCE-ID:20270301", "RECURRENCE-ID:x", "RELATED-TO:1", "X-COURSE-ID:2", "STATUS:CANCELLED",
        "LOCATION:http://[", "URL:javascript:x", " folded", ":", "X;A=\"b:c\",d:e", "X-WR-TIMEZONE:/etc/passwd",
        "LAST-MODIFIED:99999999", "CATEGORIES:,\\,", "DESCRIPTION:<b>\\", "METHOD:CANCEL",
    ]
)  # fmt: skip


@given(lines=st.lists(LINES | st.text(max_size=6), max_size=40), whole=st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_lines_within_a_calendar_raise_nothing_but_invalid_input(lines: list[str], whole: bool) -> None:
    events = [f"BEGIN:VEVENT\n{line}\nEND:VEVENT" if whole else line for line in lines]
    data = "\n".join(("BEGIN:VCALENDAR", *events, "END:VCALENDAR")).encode("utf-8", errors="surrogatepass")
    consume(icalendar_events, data)


@pytest.mark.parametrize("module", [elm_opportunities, icalendar_events, oai_pmh, rss_atom, sitemap, xcri_cap])
@given(data=st.binary(max_size=200))
@settings(max_examples=15, deadline=None)
def test_any_bytes_raise_nothing_but_invalid_input(module: ModuleType, data: bytes) -> None:
    consume(module, data)
