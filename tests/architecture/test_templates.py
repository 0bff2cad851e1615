"""Templates: every word can be translated, nothing in them breaks the security policy, every class has a look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.architecture.template_texts import forbidden_parts, untranslated_texts
from tests.architecture.tree import PACKAGE, files_below, shown

TEMPLATES = files_below(PACKAGE / "web" / "templates", ".html")
STYLESHEETS = PACKAGE / "web" / "static" / "css"
# Sheets of their own that the pages of a part load too.
SHEETS_OF_PARTS = {
    "community.css": re.compile(r"^(community|members|groups|projects|agreements)/"),
    "credentials.css": re.compile(r"^(credentials|achievements|issuers|wallet|me/credentials|award)/"),
    "events.css": re.compile(r"^events/"),
    "desk.css": re.compile(r"^(desk|award)/"),
    "news.css": re.compile(r"^(news|engagements|interests)/"),
    "passport-exercise.css": re.compile(r"^units/passport-exercise/"),
    "passports.css": re.compile(r"^passports/"),
    "regions.css": re.compile(r"^(regions|practices|lessons)/"),
    "learning.css": re.compile(r"^(learn/|units/|teach/|me/learning\.html)"),
    "tiles.css": re.compile(r"^components/tile_map\.html"),
    "teach.css": re.compile(r"^(teach/|units/\w+/edit\.html)"),
}
# Classes that only name a part, for scripts, tests or readers of the page's source.
NAMES_WITHOUT_LOOK = frozenset({"beyond", "check-list", "choice-text", "is-met", "is-missing", "results"})


def test_there_are_templates_to_read() -> None:
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_every_word_of_a_template_can_be_translated(file: Path) -> None:
    assert untranslated_texts(file.read_text(encoding="utf-8")) == []


def test_icons_come_from_the_library_that_keeps_them() -> None:
    """The one of the package draws an icon anew each time, which costs more than the rest of a small page."""
    loads = {file: re.findall(r"{% load ([^%]+) %}", file.read_text(encoding="utf-8")) for file in TEMPLATES}
    libraries = {file: {name for words in found for name in words.split()} for file, found in loads.items()}
    assert any("icons" in names for names in libraries.values())
    assert [shown(file) for file, names in libraries.items() if "lucide" in names] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_no_template_has_a_script_a_style_or_an_unescaped_text_in_it(file: Path) -> None:
    assert forbidden_parts(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_a_class_that_a_template_uses_is_in_the_style_sheet(file: Path) -> None:
    rules = (STYLESHEETS / "synchromesh.css").read_text(encoding="utf-8").split("@layer reset {")[1]
    for sheet, part in SHEETS_OF_PARTS.items():
        if part.search(file.relative_to(PACKAGE / "web" / "templates").as_posix()):
            rules += (STYLESHEETS / sheet).read_text(encoding="utf-8").split("*/", 1)[1]
    styled = set(re.findall(r"\.([a-z][\w-]*)", rules))
    used = {
        name
        for value in re.findall(r'class="([^"]*)"', file.read_text(encoding="utf-8"))
        for name in re.sub(r"\{[%{].*?[%}]\}", " ", value).split()
    }
    assert used - styled - NAMES_WITHOUT_LOOK == set(), "Add it to the style sheet or use a class that is there."


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>{{ name }} says hello</p>",
        '<img src="x" alt="A battery">',
        '<button aria-label="Close"></button>',
        '<td data-label="Skill">{{ skill }}</td>',
        '<input type="submit" value="Send">',
        '{% include "components/empty.html" with text="No course yet" %}',
        '{% include "components/empty.html" with action="Retry" %}',
        '<p>{{ place|default:"nowhere" }}</p>',
        "<p>{{ done|yesno:'yes,no' }}</p>",
        "{% if x %}<p>{% translate 'Fine' %} but this is not</p>{% endif %}",
        '<meta name="description" content="Find your course">',
        "<p>&Uuml;ber uns</p>",
        "{% blocktranslate %}Fine{% endblocktranslate %}<p>not fine</p>{% blocktranslate %}Fine{% endblocktranslate %}",
        "<code>x</code><p>after code</p>",
    ],
)
def test_a_word_outside_translation_is_found(template: str) -> None:
    assert len(untranslated_texts(template)) == 1


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% translate 'Hello' %} · {{ name }} – 3 / 4 →</p>",
        "{% blocktranslate trimmed count n=n %}{{ n }} course{% plural %}{{ n }} courses{% endblocktranslate %}",
        "{# Hello #}{% comment %}Hello{% endcomment %}<!-- Hello -->",
        "<dt>EQF {{ level }}</dt><dd>ESCO</dd><code>sessionid</code>",
        '<a{% if here %} aria-current="page"{% endif %} href="/en/skills/" class="button quiet">{{ name }}</a>',
        '{% include "components/meter.html" with size="small" %}{% url "roles:list" %}',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<input type="hidden" name="next" value="somewhere"><option value="title">{{ label }}</option>',
    ],
)
def test_what_needs_no_translation_is_left_alone(template: str) -> None:
    assert untranslated_texts(template) == []


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('<p style="color: red">', "a style in the page"),
        ("<style>p { }</style>", "a style in the page"),
        ('<button onclick="go()">', "an event handler in the page"),
        ("<script>go()</script>", "a script in the page"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ("{{ text|safe }}", "text that is not escaped"),
        ("{% autoescape off %}", "text that is not escaped"),
        ('<script src="https://example.org/x.js"></script>', "a file of another site"),
    ],
)
def test_what_the_security_policy_forbids_is_found(template: str, fault: str) -> None:
    assert forbidden_parts(template) == [fault]


def test_scripts_in_files_and_data_for_them_are_allowed() -> None:
    assert forbidden_parts('<script src="{% static "x.js" %}" defer></script>') == []
    assert forbidden_parts('<script type="application/json">{"ids": {}}</script>') == []
