"""Pages of news: read, write in two languages, correct; and what is not public stays out of every answer."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.community.news_records import a_member, a_person_of, an_article
from tests.records import a_topic

from synchromesh.accounts.models import User
from synchromesh.community.models import NewsArticle

pytestmark = pytest.mark.django_db
LIST = "/en/news/"
FORM = {"title": "A forum", "body": "## What\n\n<b>Bold</b> text", "visibility": "public"}


def _text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_an_article_is_written_in_two_languages_published_and_read(client: Client, staff: User) -> None:
    client.force_login(staff)
    client.post(f"{LIST}new/?text=en", FORM)
    edit = f"{LIST}articles/a-forum/edit/"
    client.post(f"{edit}?text=de", {"title": "Ein Forum", "body": "Deutsch", "visibility": "public"})
    assert Client().get(f"{LIST}articles/a-forum/").status_code == 404
    client.post(edit, {"do": "publish"})
    text = client.get(f"{LIST}articles/a-forum/").content.decode()
    assert "<h2>What</h2>" in text
    assert "&lt;b&gt;Bold" in text
    assert "Deutsch" in _text(Client(), "/de/news/articles/a-forum/")
    french = Client().get("/en/news/articles/a-forum/?text=de").content.decode()
    assert 'lang="de">Ein Forum' in french


def test_a_change_of_published_words_asks_for_a_note_and_shows_it(client: Client, staff: User) -> None:
    client.force_login(staff)
    made = an_article()
    edit = f"{LIST}articles/{made.slug}/edit/?text=en"
    refused = client.post(edit, FORM)
    assert refused.status_code == 422
    assert "say what was wrong before" in unescape(refused.content.decode())
    client.post(edit, FORM | {"correction": "The day was wrong."})
    assert "The day was wrong." in _text(Client(), f"{LIST}articles/{made.slug}/")


def test_filters_choose_and_lead_to_feeds_of_the_same_filter(client: Client) -> None:
    topic = a_topic()
    an_article("with-topic").topics.add(topic)
    an_article("without", titles={"de": "Ohne"})
    text = _text(client, f"{LIST}?field={topic.slug}")
    assert "With topic" in text
    assert "Ohne" not in text
    assert f"/en/news/feed.atom?field={topic.slug}" in text
    assert "Ohne" in _text(client, f"{LIST}?language=de")
    assert "With topic" not in _text(client, f"{LIST}?language=de")
    assert "No article fits all of this." in _text(client, f"{LIST}?year=1999&region=DE11")


def test_drafts_and_news_for_members_are_in_no_answer_to_others(client: Client, person: User) -> None:
    an_article("public-one")
    for slug, columns in (("draft-one", {"at": None}), ("members-one", {"visibility": "members"})):
        an_article(slug, titles={"en": "Hidden words"}, **columns)
    paths = [
        LIST,
        f"{LIST}feed.rss",
        f"{LIST}feed.atom",
        "/en/news/articles/draft-one/",
        "/en/news/articles/members-one/",
    ]
    for reader in (None, person):
        if reader:
            client.force_login(reader)
        assert all("Hidden words" not in client.get(path).content.decode() for path in paths)
    member = Client()
    member.force_login(a_person_of(a_member(), "member"))
    assert "Hidden words" in _text(member, LIST)
    assert "Hidden words" not in member.get(f"{LIST}feed.rss").content.decode()
    assert member.get(paths[3]).status_code == 404


def test_editors_of_a_member_have_the_form_and_their_drafts_and_others_have_not(client: Client, person: User) -> None:
    member = a_member()
    client.force_login(a_person_of(member))
    done = client.post(f"{LIST}new/", FORM | {"organisation": str(member.pk)})
    assert done.status_code == 302
    assert "A forum" in _text(client, f"{LIST}drafts/")
    client.post(f"{LIST}articles/a-forum/edit/", {"do": "delete"})
    assert not NewsArticle.objects.exists()
    client.force_login(person)
    assert client.get(f"{LIST}drafts/").status_code == 403
    assert client.post(f"{LIST}new/", FORM).status_code == 403


def test_an_unknown_region_is_said_at_its_field(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.post(f"{LIST}new/", FORM | {"regions": "XX99"})
    assert page.status_code == 422
    assert "No region is known by this code: XX99" in unescape(page.content.decode())


def test_the_list_asks_no_more_for_many_articles(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    member = a_member()
    for place in range(60):
        an_article(f"news-{place}", organisation=member)
    for path in (LIST, f"{LIST}?page=2", f"{LIST}articles/news-3/", f"{LIST}feed.rss"):
        with django_assert_max_num_queries(9, info=path):
            client.get(path)
