"""Find in a Django template what a reader would see untranslated, and what the security policy forbids."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Names and abbreviations that are the same in every language.
PROPER_NAMES = frozenset(
    {"CSV", "ECTS", "EQF", "ESCO", "EUR", "GTIN", "ICS", "JSON", "LinkedIn", "NUTS", "PDF", "XLSX", "ZIP"}
)
VISIBLE_ATTRIBUTES = frozenset(
    {"alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "content", "data-label",
     "data-template", "label", "placeholder", "summary", "title"}
)  # fmt: skip
SILENT_ELEMENTS = frozenset({"code", "kbd", "script", "style"})

_TECHNICAL_META = frozenset({"color-scheme", "htmx-config", "robots", "viewport", "theme-color"})

_COMMENTS = re.compile(r"\{#.*?#\}|\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}|<!--.*?-->", re.DOTALL)
_TRANSLATED_BLOCKS = re.compile(r"\{%\s*(blocktrans(?:late)?)\b.*?%\}.*?\{%\s*end\1\s*%\}", re.DOTALL)
# Blocks of the frame that fill an attribute which nobody reads.
_TECHNICAL_BLOCKS = re.compile(r"\{%\s*block (?:robots|main_class)\s*%\}.*?\{%\s*endblock\b.*?%\}", re.DOTALL)
_TAG = re.compile(r"\{%\s*(\w+)(.*?)%\}", re.DOTALL)
_VARIABLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_GIVEN = re.compile(r"""(\w+)=(?:"([^"]*)"|'([^']*)')""")
_WORDS_IN_FILTER = re.compile(r"""\|\s*(?:default|default_if_none|yesno|pluralize|add):(?:"([^"]*)"|'([^']*)')""")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FORBIDDEN = {
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an event handler in the page": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in the page": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "a file of another site": re.compile(
        r"<(?:script|img|link|iframe)[^>]*\b(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
    ),
}


def untranslated_texts(template: str) -> list[str]:
    """Texts with words that stand outside `translate` and `blocktranslate`: in the page, attributes, tags, filters."""
    text = _TECHNICAL_BLOCKS.sub("", _TRANSLATED_BLOCKS.sub(" ", _COMMENTS.sub(" ", template)))
    found = [*_texts_given_to_tags(text), *_texts_in_filters(text)]
    reader = _Reader()
    reader.feed(_VARIABLE.sub("", _TAG.sub("", text)))
    reader.close()
    return found + reader.found


def forbidden_parts(template: str) -> list[str]:
    """What the content security policy or the escaping of texts does not allow in a template."""
    text = _COMMENTS.sub(" ", template)
    return [name for name, pattern in _FORBIDDEN.items() if pattern.search(text)]


def _texts_given_to_tags(text: str) -> list[str]:
    """A sentence given to an include or an element as `name="..."` would be shown as it is."""
    given = [
        double or single
        for name, rest in _TAG.findall(text)
        if name in {"include", "with", "element"}
        for _, double, single in _GIVEN.findall(rest)
    ]
    return [value for value in given if (" " in value.strip() or value[:1].isupper()) and _says_something(value)]


def _texts_in_filters(text: str) -> list[str]:
    parts = [*(rest for _, rest in _TAG.findall(text)), *_VARIABLE.findall(text)]
    values = [double or single for part in parts for double, single in _WORDS_IN_FILTER.findall(part)]
    return [value for value in values if _says_something(value)]


def _says_something(text: str) -> bool:
    return any(word not in PROPER_NAMES for word in _LETTERS.findall(text))


class _Reader(HTMLParser):
    """Collects texts and visible attributes of a page from which the template's tags were taken out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT_ELEMENTS
        given = dict(attrs)
        pushed = tag == "input" and given.get("type") in {"submit", "button", "reset"}
        technical = tag == "meta" and given.get("name") in _TECHNICAL_META
        for name, value in attrs:
            visible = (name in VISIBLE_ATTRIBUTES and not technical) or (name == "value" and pushed)
            if visible and value and _says_something(value):
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT_ELEMENTS and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and _says_something(data):
            self.found.append(" ".join(data.split()))
