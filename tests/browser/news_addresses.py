"""Pages of news, digests, mails, engagements and interests in every state worth looking at, and what they show."""

from __future__ import annotations

from typing import Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

ARTICLE, CORRECTED, DRAFT = "talks-on-batteries", "a-forum-in-spring", "not-yet-ready"
NEWS_NO_PAGES = {
    "news:rss": "a feed",
    "news:atom": "a feed",
    "engagements:year-csv": "a file",
    "engagements:slides": "a file",
    "engagements:follow-up": "takes a POST",
    "interests:figures": "a file",
}


def news_public_states() -> tuple[State, ...]:
    """What visitors see, of content that ships."""
    return (
        _page("news:list", "/en/news/"),
        _page("news:list", "/en/news/?field=battery&year=1999", "without result"),
        _page("news:digest", "/en/news/digest/"),
        _page("engagements:list", "/en/engagements/"),
        _page("engagements:list", "/en/engagements/?kind=interview&q=xqzzyvw", "without result"),
        _page("engagements:year", "/en/engagements/2024/"),
        _page("engagements:year", "/en/engagements/2019/", "with nothing recorded"),
        _page("interests:home", "/en/for/"),
        _page("interests:page", "/en/for/young-people/", "for young people"),
        _page("interests:page", "/en/for/workers/", "for workers"),
        _page("interests:page", "/en/for/employers/", "for employers"),
        _page("interests:page", "/en/for/teachers/", "for teachers"),
        _page("interests:page", "/en/for/social-partners/", "for social partners"),
        _page("interests:page", "/en/for/policy-makers/", "for policy makers"),
    )


def news_states() -> tuple[State, ...]:
    """What people and staff see, with the addresses of `news_content` in braces."""
    staff: dict[str, Any] = {"person": "staff"}
    return (
        _page("news:detail", f"/en/news/articles/{ARTICLE}/"),
        _page("news:detail", f"/en/news/articles/{CORRECTED}/", "corrected"),
        _page("news:drafts", "/en/news/drafts/", **staff),
        _page("news:new", "/en/news/new/", **staff),
        _page("news:new", "/en/news/new/", "refused", **staff, **_sending("Save")),
        _page("news:edit", f"/en/news/articles/{DRAFT}/edit/", "a draft", then=open_all, **staff),
        _page("news:edit", f"/en/news/articles/{ARTICLE}/edit/", "published", then=open_all, **staff),
        _page("news:digest", "/en/news/digest/", "signed in", person="worker"),
        _page("news:digest", "/en/news/digest/", "refused", **_sending("Get this digest")),
        _page("news:digest-confirm", "/en/news/digest/confirm/?key={digest_key}"),
        _page("news:digest-confirm", "/en/news/digest/confirm/?key=cut", "refused", status=404),
        _page("me:mail", "/en/me/mail/", person="worker"),
        _page("me:mail-end", "/en/me/mail/unsubscribe/?key={mail_key}"),
        _page("me:mail-end", "/en/me/mail/unsubscribe/?key=cut", "refused", status=404),
        _page("engagements:detail", "/en/engagements/{engagement}/"),
        _page("engagements:detail", "/en/engagements/{engagement}/", "for staff", **staff),
        _page("engagements:new", "/en/engagements/new/", **staff),
        _page("engagements:new", "/en/engagements/new/", "refused", **staff, **_sending("Save")),
        _page("engagements:edit", "/en/engagements/{engagement}/edit/", then=open_all, **staff),
    )


def _sending(button: str) -> dict[str, Any]:
    return {"then": lambda page: submit(page, button), "status": 422}


def news_content() -> dict[str, str]:
    """Articles in three states, an engagement with what follows, and keys as they stand in mails."""
    from datetime import date

    from django.utils import timezone
    from tests.community.engagement_records import an_engagement
    from tests.community.news_records import an_article

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.community.models import DigestFrequency, DigestSubscription, MailKind, NewsCorrection
    from synchromesh.community.operations.engagements import add_follow_up
    from synchromesh.community.queries.digests import DigestChoice, make_confirm_key
    from synchromesh.community.queries.mail_keys import hash_address, make_address_key
    from synchromesh.framework.models import Topic

    now, address = timezone.now(), "digest-guest@example.org"
    an_article(ARTICLE, at=now).topics.set(Topic.objects.filter(slug="battery"))
    corrected = an_article(CORRECTED, at=now)
    NewsCorrection.objects.create(
        article=corrected, notes={"en": "The day was wrong."}, written_by="operator", corrected_at=now
    )
    an_article(DRAFT, at=None)
    engagement = an_engagement(
        "A forum on skills",
        date(2024, 5, 14),
        host="North Works",
        place="Graz",
        speakers="Zoë Müller, WG3",
        contacts="The school in Graz",
        source_url="https://example.org/forum",
    )
    add_follow_up(by=OPERATOR, engagement=engagement, text="Send the slides", due_on=date(2024, 6, 1))
    asked = DigestSubscription.objects.create(
        address=address, address_hash=hash_address(address), language="en", asked_at=now
    )
    choice = DigestChoice(frequency=DigestFrequency.WEEKLY, language="en")
    return {
        "engagement": str(engagement.uid),
        "digest_key": make_confirm_key(asked, choice),
        "mail_key": make_address_key(address, MailKind.EVENT),
    }
