"""What every reader of course feeds must keep, whichever are there."""

from __future__ import annotations

import contextlib
import io
from types import ModuleType

import pytest
from tests.engine.feeds.reading import accepts, read_with, written
from tests.engine.feeds.samples import SAMPLES

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds import readers
from synchromesh.engine.feeds.readers import find_reader, follow_feed, open_feed, read_feed
from synchromesh.engine.plugins import discover

READERS = discover(readers)
NOISE = [b"", b"\0\xff" * 50, b"{", b"<", b"[", b"PK\x03\x04", b'"', b"\xff\xfe\x00", b"x y z", b"{}", b"[]", b"null"]
WRITERS = [name for name, module in READERS.items() if hasattr(module, "write")]
WITH_COURSES = {name: data for name, data in SAMPLES.items() if name != "sitemap"}  # it only names pages


@pytest.mark.parametrize("module", READERS.values(), ids=READERS)
def test_a_reader_has_a_title_and_the_functions_of_the_contract(module: ModuleType) -> None:
    assert isinstance(module.TITLE, str)
    assert module.TITLE
    assert callable(module.accepts)
    assert callable(module.read)


@pytest.mark.parametrize("module", READERS.values(), ids=READERS)
@pytest.mark.parametrize("data", NOISE)
def test_a_reader_leaves_noise_alone_without_failing(module: ModuleType, data: bytes) -> None:
    assert accepts(module, data, "file") is False


@pytest.mark.parametrize("module", READERS.values(), ids=READERS)
def test_what_is_of_another_format_or_broken_off_is_refused_in_words(module: ModuleType) -> None:
    broken = [sample[: len(sample) * part // 5] for sample in SAMPLES.values() for part in (1, 2, 3, 4)]
    for data in (*NOISE, *SAMPLES.values(), *broken):
        accepts(module, data)
        with contextlib.suppress(InvalidInput):
            read_with(module, data)


def test_every_reader_has_a_sample() -> None:
    assert SAMPLES.keys() == READERS.keys()


@pytest.mark.parametrize(("name", "data"), SAMPLES.items(), ids=SAMPLES)
def test_a_sample_is_accepted_by_its_own_reader_alone(name: str, data: bytes) -> None:
    assert [other for other, module in READERS.items() if accepts(module, data, "feed")] == [name]


@pytest.mark.parametrize(("name", "data"), WITH_COURSES.items(), ids=WITH_COURSES)
def test_a_sample_is_read_without_a_problem(name: str, data: bytes) -> None:
    feed = read_feed(data, name="feed")
    assert (feed.format, feed.problems) == (name, ())
    assert feed.courses
    assert all(course.title and course.external_id for course in feed.courses)


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_reader_writes_is_accepted_by_it_alone(name: str) -> None:
    data = written(READERS[name], [])
    assert [other for other, module in READERS.items() if accepts(module, data, "feed")] == [name]
    feed = open_feed(io.BytesIO(data), name="feed")
    assert (feed.format, list(feed.entries)) == (name, [])


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() & set(WRITERS)))
def test_what_a_reader_writes_of_a_sample_is_read_back(name: str) -> None:
    courses, _ = read_with(READERS[name], SAMPLES[name])
    again, problems = read_with(READERS[name], written(READERS[name], courses))
    assert problems == []
    assert [(course.external_id, course.titles) for course in again] == [(c.external_id, c.titles) for c in courses]


def test_a_file_that_no_reader_knows_is_refused_with_the_formats_that_are_read() -> None:
    with pytest.raises(InvalidInput, match=r"is of no format that is read here.*MOOChub"):
        find_reader(io.BytesIO(b"x y z"), name="notes.txt")
    assert follow_feed(io.BytesIO(b"x y z"), address="https://example.org/") == ()
