"""What every test stands on: the test environment, an empty data folder of its own, and a few people.

Django reads its settings when it is first asked for them, so the environment is set before anything is imported. That
is why pyproject.toml names no settings module for pytest: the plug-in would load it before this file.
"""

from __future__ import annotations

import atexit
import gc
import os
import tempfile
from importlib import import_module

_data = tempfile.TemporaryDirectory(prefix="synchromesh-tests-")
atexit.register(_data.cleanup)
os.environ["SYNCHROMESH_ENVIRONMENT"] = "test"
os.environ["SYNCHROMESH_DATA_DIR"] = _data.name
os.environ["SYNCHROMESH_SEARCH_BACKEND"] = "memory"
os.environ["DJANGO_SETTINGS_MODULE"] = "synchromesh.config.settings"

import django  # noqa: E402 (after the environment)

django.setup()

import pytest  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import settings as property_settings  # noqa: E402
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402
from tests import starter_content as shipped  # noqa: E402

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User  # noqa: E402
from synchromesh.framework.queries import prepared_completion, prepared_meanings, text_matching  # noqa: E402
from synchromesh.plumbing import jobs  # noqa: E402
from synchromesh.search.backends import memory  # noqa: E402
from synchromesh.site import starter  # noqa: E402

if not settings.TESTING:
    raise pytest.UsageError("The settings were loaded before tests/conftest.py. Start pytest without --ds.")

PASSWORD = "a long enough pass phrase"

# No example of a property is timed, since a busy machine is no fault of the code.
property_settings.register_profile("untimed", deadline=None)
property_settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Take the tests themselves, many objects that stay until the end, out of every later garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables come from the models, in a second (pyproject.toml: --nomigrations); those without models are added.

    That the migrations make the same tables is held by tests/architecture/test_migrations.py, and the browser's site
    is made with them.
    """
    make_tables = import_module("synchromesh.search.migrations.0001_postgres_index").make_tables
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        make_tables(apps, editor)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Counters of attempts and remembered answers never leak from one test into the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> None:
    """A page in German leaves its language to the thread; every test begins in the language of the settings."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_search_index() -> None:
    """The first search of a test builds the index from the records of that test."""
    memory.forget()


@pytest.fixture(autouse=True)
def _no_prepared_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suggestions and matchers know the records of their own test; its version has the number of the one before.

    No encoder is loaded aside for the meanings of queries: letters answer alone.
    """
    monkeypatch.setattr(prepared_meanings, "prepare_aside", lambda state, concepts: None)
    prepared_meanings.forget()
    prepared_completion.forget()
    text_matching._prepared.clear()


@pytest.fixture
def fresh_matching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching knows only the records of this test, and takes the mode that needs no optional package."""
    monkeypatch.setattr(settings, "MATCHING_MODES", dict.fromkeys(settings.MATCHING_MODES, "fast"))
    monkeypatch.setattr(text_matching, "_prepared", {})


@pytest.fixture
def asked_jobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jobs that were asked for since; none of them runs."""
    asked: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **arguments: asked.append(name))
    return asked


@pytest.fixture
def organisation(db: None) -> Organisation:
    """An organisation without members."""
    return Organisation.objects.create(slug="north-works", name="North Works")


@pytest.fixture
def person(db: None) -> User:
    """A person with an account and nothing else."""
    return User.objects.create_user(email="person@example.org", password=PASSWORD, name="Pia Person")


@pytest.fixture
def staff(db: None) -> User:
    """Alliance staff."""
    return User.objects.create_user(
        email="staff@example.org", password=PASSWORD, name="Stan Staff", is_alliance_staff=True
    )


def _in_role(organisation: Organisation, role: MembershipRole) -> User:
    person = User.objects.create_user(email=f"{role}@example.org", password=PASSWORD, name=f"{role.label} of North")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


@pytest.fixture
def member(organisation: Organisation) -> User:
    """A member of `organisation`."""
    return _in_role(organisation, MembershipRole.MEMBER)


@pytest.fixture
def editor(organisation: Organisation) -> User:
    """An editor of `organisation`."""
    return _in_role(organisation, MembershipRole.EDITOR)


@pytest.fixture
def manager(organisation: Organisation) -> User:
    """A manager of `organisation`."""
    return _in_role(organisation, MembershipRole.MANAGER)


@pytest.fixture(scope="session")
def _shipped_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> shipped.Rows:
    """The rows of the starter and example content, read once."""
    with django_db_blocker.unblock():
        return shipped.collect_rows()


@pytest.fixture
def starter_content(db: None, _shipped_rows: shipped.Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starter and example content in the database, as after `synchromesh starter load` and `demo load`.

    One course that is taken here stands for all; a test that loads the content again loads that one.
    """
    monkeypatch.setattr(starter, "course_folders", shipped.first_course)
    shipped.put_back(_shipped_rows)
