"""The sentence of an expected error says which language it is in."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of


def test_on_an_english_page_the_sentence_stands_as_it_is() -> None:
    with translation.override("en"):
        assert sentence_of(Conflict("It is <done>.")) == "It is <done>."


def test_on_a_german_page_an_english_sentence_is_marked_and_escaped() -> None:
    with translation.override("de"):
        assert sentence_of(InvalidInput("It is <done>.")) == '<span lang="en">It is &lt;done&gt;.</span>'


def test_a_sentence_that_a_page_translated_is_not_marked_as_english() -> None:
    with translation.override("de"):
        assert sentence_of(TranslatedInvalidInput("Zu viele Versuche.")) == "Zu viele Versuche."


def test_a_german_error_page_marks_the_english_sentence_and_nothing_else(db: None, client: Client) -> None:
    page = BeautifulSoup(client.get("/de/skills/no-such-skill/").content, "html.parser")
    lede = page.select_one("main .lede")
    assert lede is not None
    assert [element["lang"] for element in lede.find_all(lang=True)] == ["en"]


def test_a_translated_error_page_marks_nothing_as_english(db: None, client: Client) -> None:
    answer = client.post("/de/me/cv/use/", {"found": "altered"})
    page = BeautifulSoup(answer.content, "html.parser")
    lede = page.select_one("main .lede")
    assert answer.status_code == 422
    assert lede is not None
    assert lede.get_text().startswith("Diese Vorschläge gehören nicht zu Ihnen")
    assert lede.find(lang=True) is None
