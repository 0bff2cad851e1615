"""An author's whole way by forms, without a script: from a course of the catalogue to a published version."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.learning.models import ContentVersion, Unit

pytestmark = pytest.mark.django_db
PAGES = "/en/teach/courses/hv-safety/"
QUESTION = {
    "first-prompts-en": "Which cable carries high voltage?",
    "row-rows": "4",
    "row-0-texts-en": "The orange one",
    "row-0-correct": "on",
    "row-1-texts-en": "The black one",
    "last-points": "1",
}
RULES = {
    "rules-titles-en": "Final test",
    "rules-purpose": "quiz",
    "rules-attempt_rule": "best",
    "rules-feedback": "after-end",
    "rules-pass_percent": "70",
}


def _text_unit(client: Client, **more: str) -> None:
    settings = {"settings-title": "Colours", "settings-minutes": "5", "settings-is_required": "on"}
    sent = settings | {"seen": "", "blocks-rows": "1", "block-0-stored": '{"kind": "text"}'} | more
    assert client.post(f"{PAGES}units/colours/", sent).status_code == 302


def test_from_a_new_course_to_a_published_version(client: Client, editor: User, organisation: Organisation) -> None:
    a_course("hv-safety", provider=organisation, languages=["en"], published_at=None)
    client.force_login(editor)
    assert "Write the content here" in client.get("/en/desk/courses/hv-safety/").content.decode()
    assert "Begin a draft" in client.get(f"{PAGES}outline/").content.decode()
    client.post(f"{PAGES}outline/", {"do": "begin", "source_language": "en", "languages": ""})
    client.post(f"{PAGES}outline/", {"do": "add-section", "title": "Before you touch it"})
    there = {"do": "add-unit", "section": "before-you-touch-it"}
    added = client.post(f"{PAGES}outline/", there | {"title": "Colours", "kind": "text"})
    assert added["Location"] == f"{PAGES}units/colours/"
    _text_unit(client, **{"block-0-texts-en": "Orange cables carry **high voltage**.", "do": "save"})
    client.post(f"{PAGES}outline/", there | {"title": "Final test", "kind": "quiz"})

    page = client.get(f"{PAGES}versions/").content.decode()
    assert "Choose the test of this unit." in page
    assert f'href="{PAGES}units/final-test/"' in page
    refused = client.post(f"{PAGES}versions/", {"do": "publish"})
    assert refused.status_code == 422
    assert "<title>Error:" in refused.content.decode()

    question = client.post(f"{PAGES}questions/new/?kind=single", QUESTION)
    assert question["Location"] == f"{PAGES}questions/which-cable-carries-high-volta/"
    settings = {"settings-title": "Final test", "settings-minutes": "10", "settings-is_required": "on"}
    made = client.post(f"{PAGES}units/final-test/", settings | {"do": "make-test"})
    assert made["Location"] == f"{PAGES}tests/final-test/"
    asked = {"part-group-which-cable-carries-high-volta": "1"}
    assert client.post(f"{PAGES}tests/final-test/", RULES | asked).status_code == 302

    assert "The draft can be published" in client.get(f"{PAGES}versions/").content.decode()
    client.post(f"{PAGES}versions/", {"do": "publish"})
    version = ContentVersion.objects.get()
    assert version.published_at is not None
    version.course.refresh_from_db()
    assert version.course.published_at is not None
    assert "high voltage" in client.get(f"{PAGES}preview/colours/").content.decode()


def test_a_published_version_is_changed_in_a_draft_that_shows_what_differs(
    client: Client, editor: User, organisation: Organisation
) -> None:
    test_from_a_new_course_to_a_published_version(client, editor, organisation)
    client.post(f"{PAGES}outline/", {"do": "begin"})
    _text_unit(client, **{"block-0-texts-en": "Orange means danger.", "do": "save"})
    page = client.get(f"{PAGES}versions/").content.decode()
    assert "What differs from version 1" in page
    assert re.search(r"changed:\s+content", page)
    texts = [unit.content["blocks"][0]["texts"]["en"] for unit in Unit.objects.filter(kind="text").order_by("pk")]
    assert texts == ["Orange cables carry **high voltage**.", "Orange means danger."]


def test_a_section_is_named_in_every_language_of_the_course(
    client: Client, editor: User, organisation: Organisation
) -> None:
    a_course("hv-safety", provider=organisation, languages=["en", "de"], published_at=None)
    client.force_login(editor)
    client.post(f"{PAGES}outline/", {"do": "begin", "source_language": "en", "languages": "Deutsch"})
    client.post(
        f"{PAGES}outline/", {"do": "add-section", "title": "Before you touch it", "title_de": "Vor dem Anfassen"}
    )
    section = ContentVersion.objects.get().sections.get()
    assert section.titles == {"de": "Vor dem Anfassen", "en": "Before you touch it"}
    renamed = {"do": "rename-section", "section": section.key, "title": "Before you start", "title_de": ""}
    client.post(f"{PAGES}outline/", renamed)
    section.refresh_from_db()
    assert section.titles == {"en": "Before you start"}
