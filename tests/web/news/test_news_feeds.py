"""Feeds of news: their required elements, lasting ids, and 304 for what a program has already.

Required by https://www.rssboard.org/rss-specification (title, link, description of the channel; title or description of
an item) and RFC 4287 (id, title, updated of feed and entry; author; a link to itself).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from tests.community.news_records import PUBLISHED, an_article
from tests.records import a_topic

from synchromesh.community.models import NewsArticle

pytestmark = pytest.mark.django_db
RSS, ATOM = "/en/news/feed.rss", "/en/news/feed.atom"
A = "{http://www.w3.org/2005/Atom}"


def _read(path: str, **headers: str) -> Any:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def test_rss_has_its_required_elements_and_each_article_its_lasting_id() -> None:
    made = an_article(titles={"en": "Batteries & <people>", "de": "Batterien"})
    made.topics.add(a_topic())
    channel = _read(RSS).find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
    assert channel.find(f"{A}link").get("href") == f"http://testserver{RSS}"
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Batteries & <people>"
    assert item.findtext("link") == f"http://testserver/en/news/articles/{made.slug}/"
    assert item.findtext("guid") == f"urn:uuid:{made.uid}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert parsedate_to_datetime(item.findtext("pubDate")) == PUBLISHED
    assert item.findtext("category") == "Battery"


def test_atom_has_its_required_elements_and_dates_with_a_zone() -> None:
    made = an_article()
    feed = _read(ATOM)
    assert feed.tag == f"{A}feed"
    assert all(feed.findtext(f"{A}{name}") for name in ("id", "title", "updated"))
    assert feed.findtext(f"{A}author/{A}name")
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}[
        "self"
    ] == f"http://testserver{ATOM}"
    (entry,) = feed.findall(f"{A}entry")
    assert entry.findtext(f"{A}id") == f"urn:uuid:{made.uid}"
    assert datetime.fromisoformat(entry.findtext(f"{A}updated")) == PUBLISHED
    assert entry.findtext(f"{A}title") == "A forum"
    assert entry.findtext(f"{A}summary") == "About A forum."


def test_a_feed_speaks_the_language_of_its_address_and_keeps_ids_in_all_of_them() -> None:
    an_article(titles={"en": "A forum", "de": "Ein Forum"})
    english, german = _read(RSS), _read("/de/news/feed.rss")
    assert german.findtext("channel/language") == "de"
    assert german.findtext("channel/item/title") == "Ein Forum"
    assert german.findtext("channel/item/guid") == english.findtext("channel/item/guid")


def test_a_feed_has_the_filter_of_its_address() -> None:
    topic = a_topic()
    an_article("with-topic").topics.add(topic)
    an_article("without")
    titles = [item.findtext("title") for item in _read(f"{RSS}?field={topic.slug}").iter("item")]
    assert titles == ["With topic"]
    assert len(list(_read(f"{RSS}?field=nowhere").iter("item"))) == 0


@pytest.mark.parametrize("path", [RSS, ATOM])
def test_a_program_that_has_the_feed_gets_no_second_one_until_a_word_changes(path: str) -> None:
    made = an_article()
    client = Client()
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    NewsArticle.objects.filter(pk=made.pk).update(
        summaries={"en": "Corrected."}, edited_at=PUBLISHED + timedelta(days=1)
    )
    second = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_a_new_slug_or_title_is_no_new_article_for_a_reader() -> None:
    made = an_article()
    before = _read(ATOM).findtext(f"{A}entry/{A}id")
    NewsArticle.objects.filter(pk=made.pk).update(titles={"en": "Renamed"})
    assert _read(ATOM).findtext(f"{A}entry/{A}id") == before
