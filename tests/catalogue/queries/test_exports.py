"""The catalogue as data: unknown is null, links say whether they are confirmed and whether an entry is assumed."""

from __future__ import annotations

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from tests.records import TODAY, a_course, a_provider, a_run

from synchromesh.catalogue.queries.exports import export_catalogue
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db


def test_the_export_has_providers_courses_and_runs() -> None:
    country = Country.objects.create(code="AT", names={"en": "Austria"})
    provider = a_provider(country=country)
    course = a_course("weld", {"weld-parts": (None, 2), "drive": (0, 1)}, provider=provider, origin="example")
    run = a_run(course, TODAY, country=country)
    a_course("draft", published_at=None)
    answer = export_catalogue()
    assert set(answer) == {"providers", "courses", "runs"}
    assert [(row["slug"], row["country"]) for row in answer["providers"]] == [("south-school", "AT")]
    (shown,) = answer["courses"]
    assert (shown["uid"], shown["provider"], shown["origin"]) == (str(course.uid), "south-school", "example")
    drive, weld = shown["skills"]
    assert (drive["skill"], drive["entry_level"], drive["entry_level_assumed"]) == ("drive", 0, False)
    assert (weld["skill"], weld["entry_level"], weld["entry_level_assumed"], weld["level"]) == (
        "weld-parts",
        1,
        True,
        2,
    )
    assert (weld["confirmed"], weld["quote"]) == (True, "no text seen")
    (dated,) = answer["runs"]
    assert (dated["uid"], dated["course"], dated["country"], dated["region"]) == (str(run.uid), "weld", "AT", None)
    assert DjangoJSONEncoder().encode(answer)


def test_what_is_unknown_is_null_and_never_0() -> None:
    a_course("c", {"weld": (0, 1)}, confirmed=False, price_cents=None, currency="", minutes=None, mode="")
    (shown,) = export_catalogue()["courses"]
    for name in ("price_cents", "currency", "minutes", "mode", "ects", "provider", "certificate", "eqf_min"):
        assert shown[name] is None, name
    assert shown["skills"][0]["confirmed"] is False
