"""What pages call the people whom records name by a public id."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from synchromesh.accounts.models import User
from synchromesh.web.people import name_people

GONE = str(uuid4())


def test_staff_see_names_and_words_where_there_is_none(
    person: User, staff: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = name_people([person.public_id, staff.public_id, GONE, "operator", "", GONE], reader=staff)
    assert found == {
        person.public_id: "Pia Person",
        staff.public_id: "Stan Staff",
        GONE: "somebody whose account is deleted",
        "operator": "the operator",
    }


def test_others_see_no_name_and_are_not_told_that_somebody_has_left(person: User, editor: User) -> None:
    assert name_people([person.public_id, GONE, "operator"], reader=editor) == {"operator": "the operator"}


@pytest.mark.parametrize("ids", [[], [""], ["operator"]])
def test_nothing_is_asked_where_there_is_nobody_to_name(
    ids: list[str], staff: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        name_people(ids, reader=staff)


def test_the_words_are_in_the_language_of_the_page(staff: User) -> None:
    with translation.override("de"):
        assert name_people([GONE, "operator"], reader=staff)["operator"] != "the operator"
