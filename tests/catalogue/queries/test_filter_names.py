"""Names of the values of filters, in one question for all groups."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.records import a_provider, a_skill, a_topic

from synchromesh.catalogue.queries.filter_names import find_filter_names
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db


def test_each_group_has_the_names_of_its_own_records() -> None:
    a_topic("battery", titles={"en": "Battery", "de": "Batterie"})
    a_skill("battery", titles={"de": "Akku"})
    a_provider("battery", name='It\'s "Battery" {GmbH} 100%')
    asked = {"field": {"battery"}, "skill": {"battery", "nobody"}, "provider": ["battery"], "price": ["free"]}
    with CaptureQueriesContext(connection) as questions:
        names = find_filter_names(asked)
    assert len(questions) == 1
    assert names["field"] == {"battery": {"de": "Batterie", "en": "Battery"}}
    assert names["skill"] == {"battery": {"de": "Akku"}}
    assert names["provider"] == {"battery": {"en": 'It\'s "Battery" {GmbH} 100%'}}
    assert names["role"] == names["country"] == names["region"] == {}


def test_a_changed_name_is_found() -> None:
    skill = a_skill("weld", titles={"en": "Weld"})
    assert find_filter_names({"skill": ["weld"]})["skill"]["weld"] == {"en": "Weld"}
    Skill.objects.filter(pk=skill.pk).update(titles={"en": "Weld well"})
    assert find_filter_names({"skill": ["weld"]})["skill"]["weld"] == {"en": "Weld well"}


def test_odd_values_find_nothing_and_break_nothing() -> None:
    odd = ["\0", "'", "%s", "%(a)s", '"; DROP TABLE framework_skill; --', "x" * 200]
    assert find_filter_names({"skill": odd, "provider": odd})["skill"] == {}
    with CaptureQueriesContext(connection) as questions:
        assert find_filter_names({})["skill"] == {}
    assert len(questions) == 0
