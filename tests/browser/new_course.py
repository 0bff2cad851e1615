"""What happens overnight in the journey of a follower: a course is published, and searches are looked at again.

Run as a module in the environment of the site.
"""

from __future__ import annotations

from datetime import timedelta

import django

TITLE = "Battery care for beginners"


def main() -> None:
    """Publish a free course, let two days pass, and queue the mails."""
    django.setup()
    from django.db.models import F
    from tests.records import a_course

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.pathways.models import SavedSearch
    from synchromesh.pathways.operations.saved_search_news import send_search_news
    from synchromesh.search.operations import rebuild

    a_course("battery-care-for-beginners", titles={"en": TITLE}, price_cents=0)
    rebuild()
    SavedSearch.objects.filter(owner__email="follower@example.org").update(looked_at=F("looked_at") - timedelta(days=2))
    send_search_news(by=OPERATOR)


if __name__ == "__main__":
    main()
