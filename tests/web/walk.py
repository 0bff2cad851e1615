"""Every address of the site, one record of each kind to visit it with, and what a visitor gets there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern
from django.utils import timezone
from tests.esco_records import WELDING, an_esco
from tests.web import (
    walk_award,
    walk_credentials,
    walk_events,
    walk_learning,
    walk_members,
    walk_news,
    walk_passports,
    walk_sharing,
    walk_wallet,
)

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.catalogue.models import Brief, BriefClaim, Course, CourseSkill, DuplicatePair, FeedSource, Run
from synchromesh.framework.models import FrameworkVersion, JobRole, Requirement, Skill, Topic, VersionStatus
from synchromesh.pathways.models import Plan, PlanStep, Review, ReviewState, SavedList, SavedSearch
from synchromesh.plumbing import import_files
from synchromesh.plumbing.models import ImportBatch

FEED = b"title,url\nSafe isolation,https://example.org/course\n"
ACTORS = ("visitor", "person", "member", "editor", "manager", "staff")
LEARNING_ACTORS = ("fellow", "tutor", "reviewer")
"""Who besides is at home in a course: a fellow learns in it as `person` does, to whom the tries and notes belong."""
SIGN_IN = "sign in"
ELSEWHERE = "302"
# A form that is filled in well enough for the answer to depend on the permission and not on the form.
FORMS = {
    "/<language>/about/languages/": {"language": "en"},
    "/<language>/desk/organisations/<slug>/invitations/": {"role": "member", "valid_days": "30"},
    "/<language>/me/plan/<uid>/finished/": {"position": "1"},
    "/<language>/roles/<slug>/path/wanted/": {"skill": "isolate-hv", "level": "3"},
    "/<language>/wanted/offer/": {"skill": "isolate-hv", "level": "3", "provider": "north-works"},
    **walk_learning.FORMS,
    **walk_wallet.FORMS,
    **walk_award.FORMS,
    **walk_passports.FORMS,
    **walk_members.FORMS,
    **walk_events.FORMS,
    **walk_sharing.FORMS,
    **walk_news.FORMS,
}
# The interface for programs takes JSON.
JSON = {
    "/api/v1/match": {"texts": ["isolate a battery"]},
    **walk_credentials.JSON,
    **walk_events.JSON,
    **walk_passports.JSON,
}


def list_addresses() -> list[str]:
    """The patterns of all addresses, as docs/permissions.md writes them."""
    return sorted(set(_below(get_resolver(), "/")))


def _below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        here = prefix + _words(found)
        if isinstance(found, URLResolver):
            yield from _below(found, here)
        else:
            yield here


def _words(found: URLPattern | URLResolver) -> str:
    pattern = found.pattern
    if isinstance(pattern, LocalePrefixPattern):
        return "<language>/"
    if isinstance(pattern, RegexPattern):
        return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern).strip("^$").replace(r"\Z", ""))
    return re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The people and the values to put into addresses."""

    people: dict[str, User | None]
    values: dict[str, dict[str, str]]

    def fill(self, address: str) -> str:
        """Put the values of the longest fitting beginning into an address. KeyError for a part nobody thought of."""
        fitting = sorted((start for start in self.values if address.startswith(start)), key=len)
        known = {name: value for start in fitting for name, value in self.values[start].items()}
        return re.sub(r"<(\w+)>", lambda part: known[part.group(1)], address)

    def visit(self, actor: str, address: str, method: str) -> str:
        """What `actor` gets; whatever the visit changed is taken back."""
        client = Client(raise_request_exception=False)
        person = self.people[actor]
        with transaction.atomic():
            if person is not None:
                client.force_login(person)
            if method == "GET":
                response = client.get(self.fill(address))
            elif address in JSON:
                response = client.post(self.fill(address), JSON[address], content_type="application/json")
            else:
                response = client.post(self.fill(address), FORMS.get(address))
            outcome = _outcome(response.status_code, response.headers.get("Location", ""))
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[attr-defined]  # else its file stays open
            if not response.streaming and b"unknown variable" in response.content:
                outcome = "a template names a variable that is not there"  # see string_if_invalid in the settings
            transaction.set_rollback(True)
        return outcome


def _outcome(status: int, onward: str) -> str:
    if status in {301, 302}:
        return SIGN_IN if urlsplit(onward).path == "/en/account/login/" else ELSEWHERE
    return str(status)


def make_site() -> Site:
    """One small record of each kind, and one person of each kind; the plan belongs to `person`."""
    organisation = Organisation.objects.create(slug="north-works", name="North Works")
    people = _make_people(organisation)
    role, course = _make_framework_and_course(organisation)
    an_esco()
    owner = people["person"]
    version = FrameworkVersion.objects.get()
    plan = Plan.objects.create(person_id=owner.pk if owner else 0, role=role, version=version)
    PlanStep.objects.create(plan=plan, course=course, position=1)
    kept = _make_kept_things(plan.person_id, course)
    learning = walk_learning.make_learning(people, course)
    award = walk_award.make_award(people, organisation, course)
    wanted = {"skill": Skill.objects.get(slug="isolate-hv"), "level": 3}
    Brief.objects.create(wish="walk", origin="gap", times=9, **wanted)
    claim = BriefClaim.objects.create(provider=organisation, language="mt", claimed_by="operator", **wanted)
    batch = _make_import()
    change = ImportBatch.objects.create(kind="skill-change", name="merge", source="walk", actor="operator")
    source = FeedSource.objects.create(
        key="walk", name="Walk", url="https://example.org/feed", provider=organisation, created_by="operator"
    )
    _put_open_data()
    other = Course.objects.create(slug="safe-isolation-2", titles={"en": "Safe isolation"})
    pair = DuplicatePair.objects.create(first=course, second=other, score=1, found_at=timezone.now())
    return Site(
        people=people,
        values={
            "/": {"language": "en", "kind": "role", "uid": str(role.uid)},
            "/<language>/roles/": {"slug": role.slug},
            "/<language>/skills/": {"slug": "isolate-hv"},
            "/<language>/esco/": dict(zip(("family", "code"), WELDING.rsplit("/", 2)[-2:], strict=True)),
            "/<language>/framework/": {"number": "1"},
            "/<language>/fields/": {"slug": "batteries"},
            "/<language>/organisations/": {"slug": organisation.slug},
            "/<language>/wanted/": {"slug": "isolate-hv", "uid": str(claim.uid)},
            "/<language>/about/data/": {"name": "framework", "format": "json"},
            "/data/": {"name": "manifest.json"},
            "/<language>/me/plan/": {"uid": str(plan.uid)},
            **kept,
            **learning,
            **award,
            **walk_credentials.find_credentials(),
            **walk_wallet.make_wallet(),
            **_make_community(people, organisation),
            **walk_passports.make_passports(people),
            "/<language>/desk/imports/": {"uid": str(batch.uid)},
            "/<language>/desk/sources/": {"uid": str(source.uid)},
            "/<language>/desk/framework/skills/": {"slug": "isolate-hv"},
            "/<language>/desk/framework/roles/": {"slug": role.slug},
            "/<language>/desk/crosswalk/": {"kind": "skill", "slug": "isolate-hv"},
            "/<language>/desk/skills/": {"kind": "merge", "uid": str(change.uid)},
            "/<language>/desk/mapping/": {"slug": course.slug},
            "/<language>/desk/courses/": {"slug": course.slug},
            "/<language>/desk/duplicates/": {"uid": str(pair.uid)},
            "/<language>/desk/organisations/": {"slug": organisation.slug},
            **_named_by_programs(organisation, role, course),
            "/<language>/account/": {"key": "no-such-key", "uidb36": "1", "pk": "1"},
        },
    )


def _make_community(people: dict[str, User | None], organisation: Organisation) -> dict[str, dict[str, str]]:
    """What the alliance does together, and what stands for it in addresses."""
    return {
        **walk_members.make_members(people, organisation),
        **walk_events.make_events(people, organisation),
        **walk_sharing.make_sharing(people, organisation),
        **walk_news.make_news(people, organisation),
    }


def _make_import() -> ImportBatch:
    """A feed that was previewed and waits."""
    batch = ImportBatch.objects.create(
        kind="feed",
        name="courses.csv",
        source="walk",
        actor="operator",
        options={"origin": "real", "confirm_links": False},
        counts={"new": 1, "changed": 0, "same": 0, "error": 0},
    )
    import_files.keep_file(BytesIO(FEED), uid=batch.uid, most_bytes=1000)
    return batch


def _named_by_programs(organisation: Organisation, role: JobRole, course: Course) -> dict[str, dict[str, str]]:
    """What stands for the same records in addresses of the interface for programs."""
    return {
        "/api/v1/": {"id": organisation.slug, "number": "1", "uid": str(course.runs.get(external_id="1").uid)},
        "/api/v1/roles/": {"id": role.slug},
        "/api/v1/skills/": {"id": "isolate-hv"},
        "/api/v1/fields/": {"id": "batteries"},
        "/api/v1/courses/": {"id": course.slug},
    }


def _make_people(organisation: Organisation) -> dict[str, User | None]:
    """One person for each actor; a visitor is nobody."""
    people: dict[str, User | None] = {"visitor": None}
    for actor in (*ACTORS[1:], *LEARNING_ACTORS):
        person = User.objects.create_user(
            email=f"{actor}@example.org", password="four words and more", is_alliance_staff=actor == "staff"
        )
        people[actor] = person
        if actor in {"member", "editor", "manager"}:
            Membership.objects.create(person=person, organisation=organisation, role=actor)
    return people


def _make_kept_things(person: int, course: Course) -> dict[str, dict[str, str]]:
    """What a person keeps: a search, a list and a review; what stands for them in addresses."""
    search = SavedSearch.objects.create(
        owner_id=person, title="Welding near me", query="", language="en", looked_at=timezone.now()
    )
    made = SavedList.objects.create(owner_id=person, title="To look at", link_key="the-key-of-a-link")
    review = Review.objects.create(
        course=course,
        person_id=person,
        helped=3,
        language="en",
        finished_on=timezone.localdate(),
        state=ReviewState.SHOWN,
    )
    return {
        "/<language>/courses/": {"slug": course.slug, "uid": str(review.uid)},
        "/<language>/lists/": {"key": "the-key-of-a-link"},
        "/<language>/me/searches/": {"uid": str(search.uid)},
        "/<language>/me/lists/": {"uid": str(made.uid), "slug": course.slug},
    }


def _put_open_data() -> None:
    """A set of files as it lies on the disk, without any file of records in it."""
    folder = Path(settings.OPEN_DATA_DIR) / "set-1"
    folder.mkdir(parents=True, exist_ok=True)
    made_at = timezone.now().isoformat()
    manifest = {"generated_at": made_at, "counts": {"courses": {}}, "framework_version": 1, "files": []}
    for name, content in (("manifest.json", manifest), ("catalog.jsonld", {})):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder.parent / "current").write_text(folder.name, encoding="utf-8")


def _make_framework_and_course(organisation: Organisation) -> tuple[JobRole, Course]:
    now = timezone.now()
    topic = Topic.objects.create(slug="batteries", titles={"en": "Traction batteries", "de": "Antriebsbatterien"})
    skill = Skill.objects.create(slug="isolate-hv", titles={"en": "Isolate a battery"})
    role = JobRole.objects.create(slug="battery-technician", titles={"en": "Battery technician"})
    for record in (skill, role):
        record.topics.add(topic)
    version = FrameworkVersion.objects.create(number=1, status=VersionStatus.PUBLISHED, published_at=now)
    Requirement.objects.create(version=version, role=role, skill=skill, level=2, confirmed_at=now)
    course = Course.objects.create(
        slug="safe-isolation",
        titles={"en": "Safe isolation"},
        provider=organisation,
        url="https://example.org/course",
        minutes=480,
        published_at=now,
    )
    CourseSkill.objects.create(course=course, skill=skill, entry_level=0, level=2, confirmed_at=now)
    Run.objects.create(course=course, external_id="1", starts_on=timezone.localdate() + timedelta(days=30))
    return role, course
