"""What a walk over all addresses finds of news, digests, mails and engagements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.community.engagement_records import an_engagement
from tests.community.news_records import an_article

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import MailKind
from synchromesh.community.operations.stored_files import write_file
from synchromesh.community.queries.mail_keys import make_address_key

_DIGEST = {"address": "guest@example.org", "contents": "news", "frequency": "weekly"}
_ARTICLE = {"title": "A forum", "body": "Text", "visibility": "public"}
_ENGAGEMENT = {"kind": "panel", "event_title": "A forum", "starts_on": "2024-05-14", "precision": "day"}
FORMS = {
    "/<language>/engagements/new/": _ENGAGEMENT,
    "/<language>/engagements/<uid>/edit/": _ENGAGEMENT,
    "/<language>/engagements/<uid>/follow-up/": {"text": "Send the slides"},
    "/<language>/me/mail/": {"kind": "event"},
    "/<language>/me/mail/unsubscribe/": {"key": make_address_key("walk@example.org", MailKind.EVENT)},
    "/<language>/news/new/": _ARTICLE,
    "/<language>/news/digest/": _DIGEST,
    "/<language>/news/articles/<slug>/edit/": {"do": "withdraw"},
}


def make_news(people: Mapping[str, User | None], organisation: Organisation) -> dict[str, dict[str, str]]:
    """An article for members in the name of the organisation, and an engagement; values for addresses."""
    article = an_article("for-members", organisation=organisation, visibility="members")
    engagement = an_engagement(on=date(2024, 5, 14), slides_name="talk.pdf")
    write_file(engagement.uid, b"%PDF-1.7")
    return {
        "/<language>/news/": {"slug": article.slug},
        "/api/v1/news/": {"id": article.slug},
        "/<language>/engagements/": {"uid": str(engagement.uid), "year": "2024"},
        "/<language>/for/": {"audience": "teachers"},
    }
