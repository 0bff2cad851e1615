"""Pages of what the alliance does together: members, events, news, regions, practices and lessons, in one list."""

from __future__ import annotations

from tests.browser.event_addresses import EVENT_NO_PAGES, event_states
from tests.browser.member_addresses import MEMBER_NO_PAGES, member_public_states, member_states
from tests.browser.news_addresses import NEWS_NO_PAGES, news_public_states, news_states
from tests.browser.sharing_addresses import SHARING_NO_PAGES, sharing_public_states, sharing_states
from tests.browser.states import State

COMMUNITY_NO_PAGES = {**EVENT_NO_PAGES, **MEMBER_NO_PAGES, **NEWS_NO_PAGES, **SHARING_NO_PAGES}


def community_public_states() -> tuple[State, ...]:
    """Pages for everybody, of the shipped content alone."""
    return (*member_public_states(), *news_public_states(), *sharing_public_states())


def community_states() -> tuple[State, ...]:
    """All other pages."""
    return (*member_states(), *event_states(), *news_states(), *sharing_states())
