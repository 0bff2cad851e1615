"""What keeps an SVG figure from being taken: whatever could run code, load something or pretend to be a page.

Pages serve figures as images and with a policy that forbids scripts; this is the first of the two fences. What can run
or load: SVG 2, https://www.w3.org/TR/SVG2/interact.html and linking.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_SVG = "http://www.w3.org/2000/svg"
# Of drawing programs, for their own use; a browser makes nothing of them.
_INERT = ("http://www.inkscape.org/", "http://sodipodi.", "http://www.w3.org/1999/02/22-rdf", "http://purl.org/dc/",
          "http://creativecommons.org/", "http://ns.adobe.com/", "http://www.w3.org/2000/01/rdf-schema")  # fmt: skip
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
)
_EVENT = re.compile(r"on[a-z]+", re.IGNORECASE)
_SPACES = re.compile(r"[\s\x00-\x20]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp);base64,", re.IGNORECASE)
_LOADING = re.compile(
    r"url\(\s*+['\"]?+\s*+(?!#)|@import|image-set|src\s*\(|expression\s*\(|javascript:", re.IGNORECASE
)
_MOST_ELEMENTS = 20_000


def svg_fault(content: bytes) -> str:
    """Say in a sentence why a figure is not taken, "" where nothing is wrong."""
    if b"<?xml-stylesheet" in content.lower():
        return "it names a style sheet. Put the style into the figure."
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        return "it declares a document type or entities. Save it as plain SVG."
    except (ParseError, ValueError, LookupError, RecursionError):
        return "it is no sound XML. Save it again as plain SVG."
    if root.tag != f"{{{_SVG}}}svg":
        return "its outermost element is not svg. Save it again as plain SVG."
    return next(_faults(root), "")


def _faults(root: Element) -> Iterator[str]:
    for count, element in enumerate(root.iter()):
        if count > _MOST_ELEMENTS:
            yield f"it has more than {_MOST_ELEMENTS:,} elements. Simplify it."
            return
        yield from _element_faults(element)


def _element_faults(element: Element) -> Iterator[str]:
    space, _, name = str(element.tag).lstrip("{").rpartition("}")
    if space != _SVG and not space.startswith(_INERT):
        yield f"it has an element ({name[:40]}) that is no part of SVG. Remove it."
    if name.lower() in _FORBIDDEN:
        yield f"it has an element {name[:40]}. Remove it."
    if name.lower() == "style" and _loads("".join(element.itertext())):
        yield "its style loads something from outside. Remove that."
    for attribute, value in element.attrib.items():
        yield from _attribute_faults(attribute, value)


def _attribute_faults(attribute: str, value: str) -> Iterator[str]:
    name = attribute.rpartition("}")[2]
    if _EVENT.fullmatch(name):
        yield f"it has an event attribute ({name[:40]}). Remove it."
    if name.lower() in {"href", "src", "base"} and not _is_inside(value):
        yield f"it refers to something outside ({value[:40]}). Put it into the figure."
    if name.lower() == "attributename" and value.strip().lower().rpartition(":")[2] in {"href", "src"}:
        yield "it changes a reference by animation. Remove that."
    if name.lower() not in {"href", "src", "base"} and _loads(value):
        yield "a value in it loads something from outside. Remove that."


def _is_inside(value: str) -> bool:
    shortened = _SPACES.sub("", value)
    return shortened.startswith("#") or _PICTURE.match(shortened) is not None


def _loads(text: str) -> bool:
    # A backslash hides letters of a style from a plain search (\75rl), and a figure has no use for it.
    return "\\" in text or _LOADING.search(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)) is not None
