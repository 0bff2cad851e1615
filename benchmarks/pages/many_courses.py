"""The list of courses of a large catalogue; run as `python -m benchmarks.pages.many_courses --courses 10000`.

Fills an empty site with the starter content and so many invented courses: titles of one or two skills that ship, each
with links to skills, a provider of 300, and every third with a run. Then asks for 300 different pages, none twice:
one to three words of a title, and a choice in language, place and price, as in benchmarks/search. Prints

    server/limit     95th percentile of the time of the server for a page that nobody asked for before, limit 200 ms;
                     on a machine that does other things as well, the time of the processor beside it says more
    queries          the most questions to the database, limit 10
    again/hello      the processor time of a page that is kept, and of one put together from kept pieces, as multiples
                     of Django's simplest page (see benchmarks/pages/cost.py)
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.pages import limits
from benchmarks.pages.cost import ask, cost_of, cost_of_hello

PAGES, PROVIDERS, AT_ONCE = 300, 300, 5000
_SEED = 20_26
_LANGUAGES = (["en"], ["de"], ["en", "de"], ["fr"])
_MODES = ("online", "on-site", "blended", "self-study", "")
_PRICES = (None, 0, 9_900, 49_000, 120_000)


def fill(number: int) -> None:
    """Write the courses and build the index."""
    from synchromesh.accounts.models import Organisation
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.models import Course, CourseSkill, Run
    from synchromesh.framework.models import Skill
    from synchromesh.search.operations import rebuild_index
    from synchromesh.site.starter import load_starter

    load_starter(by=OPERATOR)
    providers = Organisation.objects.bulk_create(
        Organisation(slug=f"provider-{place}", name=f"Provider {place}") for place in range(PROVIDERS)
    )
    skills = list(Skill.objects.order_by("slug"))
    draw = random.Random(_SEED)
    for first in range(0, number, AT_ONCE):
        made = list(_courses(range(first, min(first + AT_ONCE, number)), draw, skills, providers))
        Course.objects.bulk_create([course for course, _taught, _run in made])
        CourseSkill.objects.bulk_create(
            CourseSkill(course=course, skill=skill, level=1 + place, confirmed_at=course.published_at)
            for course, taught, _run in made
            for place, skill in enumerate(taught)
        )
        Run.objects.bulk_create(run for _course, _taught, run in made if run is not None)
    rebuild_index(by=OPERATOR)


def _courses(places: range, draw: random.Random, skills: list[Any], providers: list[Any]) -> Iterator[tuple[Any, ...]]:
    from django.utils import timezone

    from synchromesh.catalogue.models import Course, Run

    now = timezone.now()
    for place in places:
        taught = draw.sample(skills, draw.choice((1, 1, 2)))
        languages = draw.choice(_LANGUAGES)
        course = Course(
            slug=f"course-{place}",
            titles={
                code: " – ".join(skill.titles.get(code) or skill.titles["en"] for skill in taught) for code in languages
            },
            summaries={languages[0]: draw.choice(skills).titles["en"]},
            languages=languages,
            mode=draw.choice(_MODES),
            price_cents=draw.choice(_PRICES),
            currency="EUR",
            minutes=draw.choice((None, 60, 480, 2400, 6000)),
            provider=draw.choice(providers),
            published_at=now,
        )
        starts = now.date() + timedelta(days=draw.randrange(1, 300))
        run = Run(course=course, external_id="1", starts_on=starts) if place % 3 == 0 else None
        yield course, taught, run


def addresses() -> list[str]:
    """So many pages of the list, none twice."""
    from synchromesh.framework.models import Skill

    draw = random.Random(_SEED + 1)
    words = sorted({word for skill in Skill.objects.all() for word in skill.titles["en"].split() if len(word) > 3})
    found: dict[str, None] = {}
    while len(found) < PAGES:
        chosen = {
            "q": " ".join(draw.sample(words, draw.choice((0, 1, 1, 2)))),
            "language": draw.choice(("en", "de", "fr", "")),
            "mode": draw.choice(_MODES),
            "price": draw.choice(("free", "paid", "")),
        }
        found["/en/courses/?" + urlencode({name: value for name, value in chosen.items() if value})] = None
    return list(found)


def measure(application: Any, hello: float) -> None:
    """Ask and print."""
    from django.db import connection

    from synchromesh.web.kept_pages.middleware import pages

    ask(application, "/en/courses/")
    taken, worked, asked = [], [], []
    for address in addresses():
        count = [0]

        def counting(execute: Any, *given: Any, count: list[int] = count) -> Any:
            count[0] += 1
            return execute(*given)

        with connection.execute_wrapper(counting):
            start, worked_before = time.perf_counter(), time.process_time()
            ask(application, address)
            taken.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.process_time() - worked_before))
        asked.append(count[0])
    slow, much = (statistics.quantiles(times, n=20, method="inclusive")[-1] for times in (taken, worked))
    print(f"server/limit={slow / limits.ANSWER_MS:.2f} (p50 {statistics.median(taken):.0f} ms, p95 {slow:.0f} ms)")
    print(f"of the processor: p50 {statistics.median(worked):.0f} ms, p95 {much:.0f} ms")
    print(f"queries={max(asked)} of {limits.QUERIES}")
    kept = cost_of(application, "/en/courses/", times=100)
    pages.most_bytes = 0
    pieces = cost_of(application, "/en/courses/", times=20)
    print(f"kept/hello={kept / hello:.2f} pieces/hello={pieces / hello:.2f}")


def main() -> None:
    """Make the site, measure, remove it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--courses", type=int, default=10_000)
    number = parser.parse_args().courses
    hello = cost_of_hello()
    from benchmarks.own_site import collect_files, set_up_site

    with tempfile.TemporaryDirectory(prefix="synchromesh-many-") as folder:
        set_up_site(Path(folder))
        from synchromesh.config.wsgi import application

        collect_files()
        start = time.process_time()
        fill(number)
        print(f"{number} courses, made in {time.process_time() - start:.0f} s of processor time")
        measure(application, hello)


if __name__ == "__main__":
    main()
