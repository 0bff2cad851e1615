"""A little of everything that the interface shows."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from tests.records import a_course, a_provider, a_role, a_run, a_skill, a_topic

from synchromesh.catalogue.models import Course
from synchromesh.framework.models import EscoLink, Family, Skill
from synchromesh.places.models import Country, Region


def a_little_of_everything() -> Course:
    """Two fields, two roles, three skills with links to ESCO, a provider in a region, a course with runs."""
    field, _ = a_topic("battery"), a_topic("hydrogen", position=1)
    family = Family.objects.create(slug="service", titles={"en": "Service"})
    needs = {"isolate-high-voltage": 2, "weld-busbars": 1}
    a_role("battery-technician", needs, field, family=family, eqf_min=4, eqf_max=5, tasks={"en": ["Opens packs"]})
    a_role("welder", {"weld-busbars": 3})
    weld = Skill.objects.get(slug="weld-busbars")
    weld.topics.add(field)
    EscoLink.objects.create(skill=weld, uri="http://data.europa.eu/esco/skill/weld-1", match="exact", confidence="0.90")
    a_skill("rivet", retired_at=timezone.now()).successors.add(weld)
    country = Country.objects.create(code="DE", names={"en": "Germany"})
    region = Region.objects.create(code="DE11", level=2, name="Stuttgart", country=country)
    provider = a_provider(country=country, region=region)
    course = a_course("weld-it", {"weld-busbars": (None, 2)}, provider=provider, source="North", eqf_min=4)
    course.topics.add(field)
    today = timezone.localdate()
    a_run(course, today + timedelta(days=20), country=country, region=region, language="de", mode="on-site")
    a_run(course, date(2020, 1, 1))
    a_run(course, None, dates_text="every autumn")
    return course
