"""Two processes of a site that really commit: what one changes, the other shows in its very next answer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.plumbing.fresh_database import fresh_database, run_python, start_python

FILL = """
from django.apps import apps
from django.core.management import call_command
from django.conf import settings
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.search.operations import rebuild_index
from django.utils import timezone
for number in range(3):
    Course.objects.create(slug=f"course-{number}", titles={"en": f"Title {number}"}, published_at=timezone.now())
rebuild_index(by=OPERATOR)
"""
SERVE = """
import re
from django.test import Client
from synchromesh.web.courses import list_results
from synchromesh.web.kept_pages.middleware import pages
made = []
find_page = list_results._find_page
list_results._find_page = lambda *given: made.append(1) or find_page(*given)
for line in sys.stdin:
    answer = Client().get("/en/courses/?order=title")
    rows = re.findall(r'courses/course-\\d/">([^<]*)<', answer.content.decode())
    print(len(made), len(pages), *rows, sep=";", flush=True)
"""
CHANGE = {
    "the title, past every operation": """
from synchromesh.catalogue.models import Course
Course.objects.filter(slug="course-0").update(titles={"en": "Another title"})
""",
    "the title, in a transaction that fails": """
from django.db import transaction
from synchromesh.catalogue.models import Course
try:
    with transaction.atomic():
        Course.objects.filter(slug="course-0").update(titles={"en": "Never there"})
        raise LookupError
except LookupError:
    pass
""",
    "what is published, and the index": """
from synchromesh.catalogue.models import Course
from synchromesh.search.operations import update
Course.objects.filter(slug="course-1").update(published_at=None)
update("course", [str(Course.objects.get(slug="course-1").uid)])
""",
    "the index alone": """
from synchromesh.catalogue.models import Course
from synchromesh.search.backends import open_index
open_index().remove(kind="course", uids=[str(Course.objects.get(slug="course-2").uid)])
""",
}


@pytest.fixture
def site(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """The environment of the processes of a site with three courses and an index on disk."""
    with django_db_blocker.unblock(), fresh_database(tmp_path) as environment:
        environment["SYNCHROMESH_SEARCH_BACKEND"] = "tantivy"
        filled = run_python(FILL, environment)
        assert filled.returncode == 0, filled.stderr
        yield environment


def _next_answer(server: subprocess.Popen[str]) -> list[str]:
    assert server.stdin
    assert server.stdout
    server.stdin.write("\n")
    server.stdin.flush()
    return server.stdout.readline().strip().split(";")


def _taken_again(server: subprocess.Popen[str]) -> list[str]:
    """An answer that was kept. The upkeep of PostgreSQL commits too, now and then, so that some are made anew."""
    for _ in range(20):
        answer = _next_answer(server)
        if _next_answer(server) == answer:
            return answer
    raise AssertionError("No page was taken again.")


def _change(what: str, environment: dict[str, str]) -> None:
    done = run_python(CHANGE[what], environment)
    assert done.returncode == 0, done.stderr


def test_what_another_process_changes_shows_in_the_very_next_answer(site: dict[str, str]) -> None:
    server = start_python(SERVE, site)
    try:
        all_three = ["Title 0", "Title 1", "Title 2"]
        assert _next_answer(server) == ["1", "1", *all_three]
        assert _taken_again(server)[1:] == ["1", *all_three]
        _change("the title, past every operation", site)
        assert _next_answer(server)[1:] == ["1", "Another title", "Title 1", "Title 2"]
        _change("the title, in a transaction that fails", site)
        assert _next_answer(server)[2:] == ["Another title", "Title 1", "Title 2"]
        _change("what is published, and the index", site)
        assert _next_answer(server)[2:] == ["Another title", "Title 2"]
        _change("the index alone", site)
        assert _next_answer(server)[1:] == ["1", "Another title"]
        assert _taken_again(server)[1:] == ["1", "Another title"]
    finally:
        server.kill()
        server.communicate()
