"""Addresses for many new records at once, each free and as short as it can be."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import a_topic

from synchromesh.framework.models import Topic
from synchromesh.plumbing.free_slugs import FreeSlugs

pytestmark = pytest.mark.django_db


def test_a_name_that_is_free_is_given_and_one_that_is_taken_gets_a_number() -> None:
    a_topic("weld")
    a_topic("weld-2")
    assert FreeSlugs(Topic).take(["weld", "cut", "weld", "cut"]) == ["weld-3", "cut", "weld-4", "cut-2"]


def test_two_names_never_get_the_same_slug() -> None:
    wanted = ["weld", "weld-2", "weld", "weld-2", "weld-2-2", "weld"]
    given = FreeSlugs(Topic).take(wanted)
    assert len(set(given)) == len(wanted)
    assert all(slug.startswith(name) for slug, name in zip(given, wanted, strict=True))


def test_a_name_that_thousands_have_is_numbered_on_without_trying_all_numbers(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    slugs = FreeSlugs(Topic)
    for start in (1, 301):
        with django_assert_max_num_queries(4):
            given = slugs.take(["weld"] * 300)
        Topic.objects.bulk_create(Topic(slug=slug, titles={}) for slug in given)
        assert given[-1] == f"weld-{start + 299}"
    with django_assert_max_num_queries(12):
        assert FreeSlugs(Topic).take(["weld"]) == ["weld-601"]
    assert slugs.take([]) == []
