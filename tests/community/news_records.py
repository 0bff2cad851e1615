"""News for tests; every column has a good value until a test says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.community.models import MemberProfile, NewsArticle

PUBLISHED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def an_article(slug: str = "a-forum", *, at: datetime | None = PUBLISHED, **columns: Any) -> NewsArticle:
    """A public article, published unless `at` is None."""
    title = slug.replace("-", " ").capitalize()
    stated = {
        "slug": slug,
        "titles": {"en": title},
        "summaries": {"en": f"About {title}."},
        "bodies": {"en": f"## What\n\nAll about **{title}**."},
        "published_at": at,
        "made_by": "operator",
    }
    return NewsArticle.objects.create(**(stated | columns))


def a_member(slug: str = "north-school") -> Organisation:
    """An organisation that is a member of the alliance."""
    organisation = Organisation.objects.create(slug=slug, name=slug.replace("-", " ").title())
    MemberProfile.objects.create(organisation=organisation)
    return organisation


def a_person_of(organisation: Organisation, role: str = "editor") -> User:
    """Somebody who belongs to an organisation."""
    person = User.objects.create_user(email=f"{role}@{organisation.slug}.example")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person
