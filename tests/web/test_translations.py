"""The interface is whole in each language that is offered: nothing missing, nothing broken, nothing left in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import translation
from tests.web.message_files import Message, as_table, plural_count, read_mo, read_po
from tests.web.walk import Site, list_addresses, make_site

from synchromesh.web.templatetags.synchromesh import hours, money

OURS = Path(settings.LOCALE_PATHS[0])
OF_PACKAGES = Path(settings.LOCALE_PATHS[1])
LANGUAGES = sorted(path.name for path in OURS.iterdir())
FILES = sorted(path for folder in (OURS, OF_PACKAGES) for path in folder.glob("*/LC_MESSAGES/django.po"))
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
_TAG = re.compile(r"</?\w+[^>]*>")
_SEEN_ATTRIBUTES = ("alt", "aria-label", "content", "data-label", "data-template", "placeholder", "title")
_FAMILIAR = re.compile(r"\b(du|dich|dir|dein\w*)\b", re.IGNORECASE)


def shown(path: Path) -> str:
    return "/".join(path.parts[-4:-2])


def test_every_language_that_is_offered_has_its_file() -> None:
    assert set(settings.INTERFACE_LANGUAGES) == {"en", *LANGUAGES}


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_every_text_is_translated_in_all_its_forms_and_none_is_a_guess(path: Path) -> None:
    messages = read_po(path)
    assert [message.key for message in messages.values() if message.fuzzy] == []
    assert [message.key for message in messages.values() if not message.is_translated] == []
    forms = plural_count(path)
    assert [message.key for message in messages.values() if message.plural and len(message.forms) != forms] == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_the_compiled_file_holds_what_the_text_file_says(path: Path) -> None:
    assert read_mo(path.with_suffix(".mo")) == as_table(read_po(path)), "Run `make messages`."


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_translation_keeps_every_placeholder(path: Path) -> None:
    for message in read_po(path).values():
        allowed = [sorted(_PLACEHOLDER.findall(text)) for text in (message.source, message.plural) if text]
        for text in message.forms.values():
            assert sorted(_PLACEHOLDER.findall(text)) in allowed, text


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_translation_keeps_every_tag(path: Path) -> None:
    for message in read_po(path).values():
        for text in message.forms.values():
            assert sorted(_TAG.findall(text)) == sorted(_TAG.findall(message.source)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_exactly_the_texts_of_the_source(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("xgettext") is None or shutil.which("msgmerge") is None:
        pytest.skip("GNU gettext is not installed; `make system-packages` installs it")
    source = tmp_path / "source"
    package = OURS.parents[1]
    shutil.copytree(package, source, ignore=shutil.ignore_patterns("locale", "static", "*.pyc", "*.mo", "*.po"))
    (source / "locale").mkdir()
    monkeypatch.chdir(source)
    with override_settings(LOCALE_PATHS=[str(source / "locale")]):
        call_command("makemessages", locale=[language], no_location=True, verbosity=0)
    made = read_po(source / "locale" / language / "LC_MESSAGES" / "django.po")
    kept = read_po(OURS / language / "LC_MESSAGES" / "django.po")
    assert made.keys() - kept.keys() == set(), "Run `make messages` and translate what is new."
    assert kept.keys() - made.keys() == set(), "Run `make messages`; these texts are gone from the source."


def test_what_we_word_differently_in_packages_is_really_said_by_a_package() -> None:
    said = _package_texts("de")
    assert {message.source for message in read_po(OF_PACKAGES / "de/LC_MESSAGES/django.po").values()} <= said.keys()


@cache
def _package_texts(language: str) -> dict[str, str]:
    """What Django and django-allauth say in English and in this language; plural forms are left out."""
    import allauth

    roots = [Path(str(module.__file__)).parent for module in (django, allauth)]
    found: dict[str, str] = {}
    for root in roots:
        for path in sorted(root.rglob(f"{language}/LC_MESSAGES/django.mo")):
            if "admin" not in str(path):
                found |= read_mo(path)
    return {source: text for source, text in found.items() if "\x00" not in source and "\x04" not in source}


_COUNTED = re.compile("count|number")
_NUMBER = r"\d[\d.,]*"


@cache
def _english(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Texts that a page in this language must not show: whole ones, and a pattern for those with placeholders."""
    messages: list[Message] = list(read_po(OURS / language / "LC_MESSAGES" / "django.po").values())
    translated = {text for message in messages for text in message.forms.values()}
    whole, patterns = set(), []
    for message in messages:
        for text in filter(None, (message.source, message.plural)):
            plain = _TAG.sub("", text)
            parts = _PLACEHOLDER.split(plain)
            if text in translated or len(re.findall(r"[^\W\d_]{3,}", "".join(parts))) == 0:
                continue
            if len(parts) == 1:
                whole.add(plain)
            elif len("".join(parts)) > 5:
                values = [_NUMBER if _COUNTED.search(name) else ".+?" for name in _PLACEHOLDER.findall(plain)]
                patterns.append(
                    "".join(re.escape(part) + value for part, value in zip(parts, [*values, ""], strict=True))
                )
    whole |= {source for source, text in _package_texts(language).items() if text != source and " " in source}
    return frozenset(whole - translated), re.compile("|".join(patterns) or r"(?!)")


def _visible_texts(page: BeautifulSoup, language: str) -> Iterator[str]:
    """Every text that a reader sees or hears, but what is marked as being in another language."""
    for text in page.find_all(string=True):
        parents = [parent for parent in text.parents if isinstance(parent, Tag)]
        silent = any(parent.name in {"script", "style", "code"} for parent in parents)
        marked = next((str(parent["lang"]) for parent in parents if parent.has_attr("lang")), language)
        if not silent and marked == language and type(text).__name__ == "NavigableString":
            yield " ".join(text.split())
    for element in page.find_all(True):
        for name in _SEEN_ATTRIBUTES:
            if element.has_attr(name):
                yield " ".join(str(element[name]).split())


def _english_leftovers(page: BeautifulSoup, language: str) -> list[str]:
    whole, pattern = _english(language)
    return [text for text in _visible_texts(page, language) if text in whole or pattern.fullmatch(text)]


@pytest.fixture
def site(db: None) -> Site:
    """A small record of each kind."""
    return make_site()


def test_a_text_that_is_left_in_english_is_found() -> None:
    page = BeautifulSoup('<p>Job roles</p><p>12 courses</p><p lang="en">Skills</p><a title="Help">x</a>', "html.parser")
    assert _english_leftovers(page, "de") == ["Job roles", "12 courses", "Help"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("actor", ["visitor", "person", "staff"])
def test_every_page_is_there_in_the_language_and_without_english_leftovers(
    site: Site, actor: str, language: str
) -> None:
    client = Client()
    person = site.people[actor]
    if person is not None:
        client.force_login(person)
    seen = 0
    for address in list_addresses():
        filled = site.fill(address)
        if not filled.startswith("/en/"):
            continue
        english = client.get(filled)
        answer = client.get(filled.replace("/en/", f"/{language}/", 1))
        assert answer.status_code == english.status_code, address
        for response in (english, answer):
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[attr-defined]  # else its file stays open
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code in {301, 302, 405}:
            continue
        seen += 1
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.html is not None
        assert page.html["lang"] == language
        assert _english_leftovers(page, language) == [], address
        if language == "de":
            assert [text for text in _visible_texts(page, language) if _FAMILIAR.search(text)] == [], address
    assert seen > 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "page"), [("de-AT,de;q=0.9,en;q=0.5", "/de/"), ("fr,de;q=0.5", "/de/"), ("en,de;q=0.9", "/en/")]
)
def test_the_bare_domain_leads_to_the_language_that_the_browser_prefers(
    client: Client, accepted: str, page: str
) -> None:
    assert client.get("/", headers={"Accept-Language": accepted})["Location"] == page


@pytest.mark.django_db
def test_a_page_links_itself_in_each_language(client: Client) -> None:
    page = BeautifulSoup(client.get("/de/about/help/").content, "html.parser")
    links = {link["hreflang"]: link["href"] for link in page.find_all("link", rel="alternate")}
    assert links == {code: f"http://testserver/{code}/about/help/" for code in settings.INTERFACE_LANGUAGES}
    assert page.find("a", hreflang="en", href=True) is not None


@pytest.mark.django_db
def test_choosing_german_leads_to_the_german_page_and_is_remembered(client: Client) -> None:
    page = BeautifulSoup(client.get("/en/about/languages/").content, "html.parser")
    button = page.find("button", value="de")
    assert button is not None
    assert button.get_text() == "Use Deutsch"
    answer = client.post("/en/about/languages/", {"language": "de", "next": "/en/about/help/"})
    assert answer["Location"] == "/de/about/help/"
    assert client.get("/")["Location"] == "/de/"


def test_content_without_a_german_text_is_shown_in_english_and_says_so(client: Client, site: Site) -> None:
    text = client.get("/de/skills/isolate-hv/").content.decode()
    assert '<span lang="en">Isolate a battery</span>' in text


def test_amounts_and_times_are_written_as_german_readers_expect() -> None:
    with translation.override("de"):
        assert (money(24_050), money(100_000), money(0)) == ("240,50 EUR", "1.000 EUR", "Kostenlos")
        assert (hours(90), hours(60), hours(720)) == ("1,5 Stunden", "60 Minuten", "12 Stunden")
