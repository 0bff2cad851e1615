"""OAI-PMH 2.0: a list of records with LOM (IEEE 1484.12.3 or IMS) or, where there is none, Dublin Core.

Repositories hold all kinds of material. A record that states types is a course only if one of them says so. Sources:
https://www.openarchives.org/OAI/openarchivesprotocol.html, https://standards.ieee.org/ieee/1484.12.3/3434/,
https://www.dublincore.org/specifications/dublin-core/dces/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._oai_metadata import course_of_record
from synchromesh.engine.feeds.readers._xml_stream import XmlEntry, find_root, stream_entries
from synchromesh.engine.feeds.readers._xml_texts import attribute, parts_of, raw_text
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

__all__ = ["TITLE", "accepts", "follow", "read"]

TITLE = "OAI-PMH list of records with LOM or Dublin Core"

_ENTRIES = ("record", "error", "resumptionToken")
_OTHER_ANSWERS = ("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers")
_ERRORS = {
    "badArgument": "it does not understand the address. Check the address, the name of the set and the dates in it",
    "badResumptionToken": "the list broke off between two pages, because its data changed. Fetch it again",
    "badVerb": "the address asks for nothing that it knows. Add ?verb=ListRecords&metadataPrefix=oai_dc to it",
    "cannotDisseminateFormat": "it does not offer this format. Ask for metadataPrefix=oai_lom or metadataPrefix=oai_dc",
    "idDoesNotExist": "it has no record of this id. Ask for the list of records instead",
    "noMetadataFormats": "it has no formats for this record. Ask for the list of records instead",
    "noSetHierarchy": "it has no sets. Leave the set out of the address",
}
_ASKED_ONCE = ("verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken")


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the first element is that of an answer of OAI-PMH."""
    del name
    root = find_root(file)
    return root is not None and root.name == "OAI-PMH"


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Each record as a course; raises InvalidInput for an answer that is an error or no list of records."""
    deleted: list[str] = []
    answered = False
    for entry in stream_entries(file, name=name, entries=(*_ENTRIES, *_OTHER_ANSWERS)):
        if entry.name in _OTHER_ANSWERS:
            message = f"{name} is the answer to {entry.name} and lists no records. Ask for verb=ListRecords instead."
            raise InvalidInput(message)
        answered = True
        if entry.name == "error":
            _check_error(entry, name)
        elif entry.name == "record" and _is_deleted(entry):
            deleted.append(entry.position)
        elif entry.name == "record":
            yield course_of_record(entry, settings)
    if not answered:
        raise InvalidInput(f"{name} is an answer of OAI-PMH without records. Ask for verb=ListRecords.")
    if deleted:
        shown = ", ".join(deleted[:5]) + (" and others" if len(deleted) > 5 else "")
        message = f"The source has marked {len(deleted):,} records as deleted ({shown}). They are left out."
        yield Problem(position="file", field="status", message=message)


def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
    """The address of the next part of the list, which its resumption token names."""
    try:
        for entry in stream_entries(file, name=address, entries=("resumptionToken", "record")):
            token = raw_text(entry.element) if entry.name == "resumptionToken" else ""
            if token:
                return (_next_address(address, token),)
    except (InvalidInput, ValueError):
        return ()
    return ()


def _next_address(address: str, token: str) -> str:
    """With a token, nothing else of the question may be repeated; what the address needs otherwise stays."""
    parts = urlsplit(address)
    others = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in _ASKED_ONCE]
    query = urlencode([*others, ("verb", "ListRecords"), ("resumptionToken", token)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _is_deleted(entry: XmlEntry) -> bool:
    headers = parts_of(entry.element).get("header", ())
    return any(attribute(header, "status").lower() == "deleted" for header in headers)


def _check_error(entry: XmlEntry, name: str) -> None:
    code = attribute(entry.element, "code")
    if code == "noRecordsMatch":
        return
    said = " ".join(raw_text(entry.element).split())[:200]
    reason = _ERRORS.get(code, f"it answers '{said or code}'. Ask its operator")
    raise InvalidInput(f"{name} gave no records: {reason}.")
