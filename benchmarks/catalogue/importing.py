"""How fast and with how much memory a feed of 10,000 and of 100,000 invented courses flows in.

Prints for each format and size courses a second as a ratio to the limit (1.00 is the limit, more is better), and the
peak memory of the process that did the work:
    read      parse and check, limit 2,000 courses a second
    preview   read, compare and show; the file is kept
    commit    compare again and write in one transaction
    indexed   commit and a new search index together, limit 500 courses a second
    again     preview of the same feed once more, when every course is there already
    undo      everything back as it was
By the clock on the wall, and by the processor time of the process, in which other work on the machine does not count.
Memory is flat where the figure of 100,000 courses is near that of 10,000. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

READ_LIMIT, INDEXED_LIMIT = 2_000, 500  # courses a second
SIZES = (10_000, 100_000)
FORMATS = ("csv", "xlsx", "json")
STEPS = ("read", "preview", "commit", "index", "again", "undo")
_SUBJECTS = ("battery", "hydrogen", "welding", "high voltage", "diagnosis", "recycling", "robotics", "safety")
_TEXT = (
    "participants learn how cells modules and packs are opened measured repaired and tested under supervision with the"
    " right protective equipment and how the results are written down for the next shift"
)


def _courses(count: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    for number in range(count):
        subject = chance.choice(_SUBJECTS)
        yield {
            "id": f"course-{number}",
            "title": f"{subject.capitalize()} for technicians {number % 5000}",
            "provider": f"School {number % 300}",
            "text": " ".join(chance.choices(_TEXT.split(), k=120)).capitalize() + ".",
            "minutes": 60 * chance.randint(2, 80),
            "price": chance.randint(0, 3000),
            "day": f"2027-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "skills": chance.sample(range(40), k=2),
            "topic": f"topic-{number % 4}",
        }


def write_csv_feed(file: Path, count: int) -> None:
    """Our own template, one run a course."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, list(_row(next(_courses(1)))))
        rows.writeheader()
        rows.writerows(map(_row, _courses(count)))


def _row(course: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": course["id"],
        "title": course["title"],
        "text_language": "en",
        "provider": course["provider"],
        "topics": course["topic"],
        "summary": course["text"][:200],
        "description": course["text"],
        "languages": "en; de",
        "mode": "on-site",
        "minutes": course["minutes"],
        "price": course["price"],
        "currency": "EUR",
        "url": f"https://example.org/{course['id']}",
        "skills": "; ".join(f"skill-{skill} 0>2" for skill in course["skills"]),
        "run_id": "r1",
        "run_starts_on": course["day"],
        "run_country": "AT",
        "run_place": "Graz",
        "source": "example.org",
        "source_on": "2026-11-22",
    }


def write_xlsx_feed(file: Path, count: int) -> None:
    """The same table as a workbook."""
    from synchromesh.engine.tables.writing import write_xlsx

    file.write_bytes(write_xlsx(list(_row(next(_courses(1)))), map(_row, _courses(count)), title="courses"))


def write_json_feed(file: Path, count: int) -> None:
    """As MOOChub 3.0 writes it: one list of entries with attributes (https://moochub.org)."""
    with file.open("w", encoding="utf-8") as stream:
        stream.write('{"links": {"self": "https://example.org/moochub"}, "data": [\n')
        for place, course in enumerate(_courses(count)):
            stream.write(("," if place else "") + json.dumps(_moochub(course)) + "\n")
        stream.write("]}\n")


def _moochub(course: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Course",
        "id": course["id"],
        "attributes": {
            "name": course["title"],
            "inLanguage": ["en"],
            "description": course["text"],
            "url": f"https://example.org/{course['id']}",
            "courseMode": ["ONSITE"],
            "startDate": [course["day"]],
            "duration": f"PT{course['minutes']}M",
            "offers": [{"category": "Paid", "price": course["price"], "priceCurrency": "EUR"}],
            "publisher": {"name": course["provider"], "type": "Organization"},
            "license": [{"identifier": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}],
        },
    }


_WRITERS: dict[str, Callable[[Path, int], None]] = {
    "csv": write_csv_feed,
    "xlsx": write_xlsx_feed,
    "json": write_json_feed,
}


def _work(step: str, file: Path) -> dict[str, float]:
    """One step in a process of its own, in a site that lies beside the file."""
    from benchmarks.own_site import set_up_site

    set_up_site(file.parent)
    works = {"read": _read, "preview": _preview, "commit": _commit, "index": _index, "again": _preview, "undo": _undo}
    work = works[step]
    prepared = work(file)
    wall, processor = time.perf_counter(), time.process_time()
    prepared()
    return {
        "seconds": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _read(file: Path) -> Callable[[], object]:
    from synchromesh.catalogue.operations.feed_entries import FeedEntries

    _make_references()

    def work() -> None:
        with file.open("rb") as stream, FeedEntries(stream, name=file.name, options={}, report=print) as entries:
            for _ in entries.chunks():
                pass

    return work


def _make_references() -> None:
    from synchromesh.framework.models import Skill, Topic
    from synchromesh.places.models import Country

    for number in range(40):
        Skill.objects.get_or_create(slug=f"skill-{number}", defaults={"titles": {"en": f"Skill {number}"}})
    for number in range(4):
        Topic.objects.get_or_create(slug=f"topic-{number}", defaults={"titles": {"en": f"Topic {number}"}})
    Country.objects.get_or_create(code="AT", defaults={"names": {"en": "Austria"}})


def _preview(file: Path) -> Callable[[], object]:
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.operations.importing import CourseImporter
    from synchromesh.plumbing import imports

    def work() -> None:
        with file.open("rb") as stream:
            imports.preview(CourseImporter(), by=OPERATOR, file=stream, name=file.name, source="benchmark", options={})

    return work


def _commit(file: Path) -> Callable[[], object]:
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.models import Course
    from synchromesh.catalogue.operations.importing import CourseImporter
    from synchromesh.plumbing import imports
    from synchromesh.plumbing.models import ImportBatch

    batch = ImportBatch.objects.latest("pk")

    def work() -> None:
        imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
        if not Course.objects.count() == batch.counts["new"] > 0:
            raise RuntimeError(f"{file.name}: {batch.counts} gave {Course.objects.count()} courses.")

    return work


def _undo(file: Path) -> Callable[[], object]:
    del file
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.operations.importing import CourseImporter
    from synchromesh.plumbing import imports
    from synchromesh.plumbing.models import BatchStatus, ImportBatch

    batch = ImportBatch.objects.get(status=BatchStatus.COMMITTED)
    return lambda: imports.undo(CourseImporter(), by=OPERATOR, batch=batch)


def _index(file: Path) -> Callable[[], object]:
    del file
    from synchromesh.search.operations import rebuild

    return rebuild


def measure(format_name: str, count: int) -> str:
    """One line of figures."""
    with tempfile.TemporaryDirectory(prefix="synchromesh-benchmark-") as folder:
        file = Path(folder) / f"courses.{format_name}"
        _WRITERS[format_name](file, count)
        found = {step: _in_process(step, file) for step in STEPS}
    lines = [_speeds(found, count, clock=clock) for clock in ("seconds", "processor")]
    memory = " ".join(f"{step} {found[step]['megabytes']:.0f}" for step in found)
    return f"{format_name} {count:,} courses\n  " + "\n  ".join([*lines, f"peak MB   {memory}"])


def _speeds(found: dict[str, dict[str, float]], count: int, *, clock: str) -> str:
    speeds = {step: count / found[step][clock] for step in ("read", "preview", "commit", "again", "undo")}
    indexed = count / (found["commit"][clock] + found["index"][clock])
    ratios = f"read {speeds['read'] / READ_LIMIT:.2f} indexed {indexed / INDEXED_LIMIT:.2f}"
    each = " ".join(f"{step} {speed:.0f}" for step, speed in (speeds | {"indexed": indexed}).items())
    return f"{clock:9} {ratios} | courses/s: {each}"


def _in_process(step: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.catalogue.importing", "--step", step, "--file", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(words: list[str] | None = None) -> None:
    """Measure all formats and sizes, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue importing", description=__doc__)
    parser.add_argument("--courses", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--format", nargs="*", default=list(FORMATS), choices=FORMATS)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.step:
        print(json.dumps(_work(chosen.step, chosen.file)))
        return
    for format_name in chosen.format:
        for count in chosen.courses:
            print(measure(format_name, count), flush=True)


if __name__ == "__main__":
    main()
