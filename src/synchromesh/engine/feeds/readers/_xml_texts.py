"""Texts of XML elements by local name, so that namespaces and prefixes do not matter, and by language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element, tostring

from synchromesh.engine.feeds.readers._course_parts import read_language
from synchromesh.engine.feeds.readers._plain_text import plain_text
from synchromesh.engine.feeds.readers._xml_stream import local_name

__all__ = [
    "Parts",
    "attribute",
    "first_text",
    "language_around",
    "language_of",
    "parts_of",
    "raw_text",
    "text_of",
    "texts_by_language",
]

Parts: TypeAlias = dict[str, list[Element]]  # the children of an element by their local names

# Elements of HTML that make lines or are not shown; any other one is only its words.
_SHAPING_NAMES = (
    "p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table tr td th pre blockquote section article header footer "
    "script style"
)
_SHAPING = frozenset(_SHAPING_NAMES.split())
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parts_of(element: Element | None) -> Parts:
    """The children of an element by local name; none of no element."""
    found: Parts = {}
    for child in element if element is not None else ():
        found.setdefault(local_name(child.tag), []).append(child)
    return found


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, "" where there is none."""
    value = element.get(name)
    if value is None:
        value = next((text for key, text in element.attrib.items() if local_name(key) == name), "")
    return value.strip()


def raw_text(element: Element) -> str:
    """All text within an element as it stands, for codes, numbers and addresses."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return text.strip()


def text_of(element: Element) -> str:
    """The words within an element; HTML, as text or as elements, becomes plain text."""
    if not len(element):
        text = (element.text or "").strip()
        return plain_text(text) if "<" in text or "&" in text else text
    for inner in element.iter():
        name = local_name(inner.tag).lower()
        inner.tag = name if name in _SHAPING else "span"
        inner.attrib.clear()
    return plain_text("".join((element.text or "", *(tostring(child, encoding="unicode") for child in element))))


def first_text(parts: Parts, *names: str) -> str:
    """The words of the first element with one of the names that has any, in the order of the names."""
    for name in names:
        for element in parts.get(name, ()):
            if text := text_of(element):
                return text
    return ""


def language_of(element: Element, inherited: str) -> str:
    """The two-letter language of an element (`xml:lang`, or an attribute `lang` or `language`), else `inherited`."""
    attributes = element.attrib
    if not attributes:
        return inherited
    stated = attributes.get(_XML_LANGUAGE) or attributes.get("lang") or attributes.get("language") or ""
    # "und" says that the language is not determined, which is no reason to take another one.
    return read_language(stated) or ("" if stated.strip().lower() == "und" else inherited) if stated else inherited


def language_around(around: Iterable[Element], stated: str) -> str:
    """The language that the innermost of the open elements declares, else `stated`."""
    language = stated
    for element in around:
        language = language_of(element, language)
    return language


def texts_by_language(
    elements: Sequence[Element], *, language: str, joined: bool = False, one_line: bool = False
) -> dict[str, str]:
    """The words of the elements by language; of several in one language the first, or all of them `joined`."""
    found: dict[str, str] = {}
    for element in elements:
        text = text_of(element)
        if not text:
            continue
        key = language_of(element, language)
        text = " ".join(text.split()) if one_line else text
        if key not in found:
            found[key] = text
        elif joined and text not in found[key]:
            found[key] = f"{found[key]}\n\n{text}"
    return found
