"""The XML of trusted lists, read without trust: no document types, no entities, bounded size, depth and elements.

Source of the dangers: https://docs.python.org/3/library/xml.html#xml-security
"""

from __future__ import annotations

from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from synchromesh.engine.errors import InvalidInput

LIST = "{http://uri.etsi.org/02231/v2#}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
MOST_BYTES = 30_000_000
_MOST_ELEMENTS = 500_000
_DEEPEST = 60
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FAULTS = (ParseError, ValueError, LookupError, OverflowError, RecursionError, TypeError)


def read_root(data: bytes, *, name: str) -> Element:
    """Return the root of the file. Raises InvalidInput for XML that is broken or built to exhaust us."""
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read of one list.")
    root: Element | None = None
    depth = elements = 0
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            elements += event == "start"
            root = element if root is None else root
            if depth > _DEEPEST or elements > _MOST_ELEMENTS:
                raise InvalidInput(f"{name} is nested too deeply or has too many elements for a trusted list.")
    except DefusedXmlException:
        raise InvalidInput(f"{name} declares a document type or entities, which are not read for safety.") from None
    except _FAULTS as error:
        raise InvalidInput(f"{name} is no readable XML: {error}") from None
    if root is None:
        raise InvalidInput(f"{name} is empty.")
    return root


def first_text(element: Element, *names: str) -> str:
    """The text of the first element on this path of local names, blanks joined; empty where there is none."""
    found = element.find("/".join(LIST + name for name in names))
    return "" if found is None else " ".join((found.text or "").split())


def in_english(element: Element | None) -> str:
    """Of texts or addresses by language the English one, else the first."""
    if element is None:
        return ""
    said = [(child.get(_LANGUAGE, "").casefold(), " ".join((child.text or "").split())) for child in element]
    ordered = sorted((one for one in said if one[1]), key=lambda one: not one[0].startswith("en"))
    return ordered[0][1] if ordered else ""
