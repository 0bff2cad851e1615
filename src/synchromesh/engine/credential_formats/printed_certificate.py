"""A credential on paper, and as a picture of that paper.

The PDF conforms to PDF/A-3a and PDF/UA-1 and carries the signed files, so that the paper and what a program can check
travel together. Data reaches the Typst template beside this module as JSON in `sys.inputs`, never as Typst source, and
only fonts inside the typst package are used. Sources: ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from synchromesh.engine.credential_formats.qr import qr_svg
from synchromesh.engine.credential_formats.records import AchievementRecord, CredentialRecord, EvidenceRecord, Texts
from synchromesh.engine.credential_formats.wording import ENGLISH, Wording
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.printable_text import REPLACEMENT, printable

_TEMPLATE = Path(__file__).resolve().with_suffix(".typ")
_ADDRESS_LINE = 26  # characters
_PICTURE_COLOURS = 64
_STANDARDS = ["a-3a", "ua-1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A signed file inside the PDF. `data` is UTF-8 text (JSON or a token), `name` a file name without a folder."""

    name: str
    data: bytes
    media_type: str
    description: str


def print_pdf(record: CredentialRecord, *, attachments: Sequence[Attachment] = (), wording: Wording = ENGLISH) -> bytes:
    """Print a credential in the language of the record, with `wording` for the words beside its own texts.

    The same record, attachments and wording give the same bytes. Raises InvalidInput for an attachment that is no text
    in UTF-8 and for two of one name.
    """
    printed: bytes = _compile(record, attachments, wording, format="pdf", pdf_standards=_STANDARDS)
    return printed


def print_png(record: CredentialRecord, *, wording: Wording = ENGLISH, pixels_per_inch: int = 100) -> bytes:
    """Draw the first page of `print_pdf` as PNG. The same record and wording give the same bytes."""
    from PIL import Image

    pages = _compile(record, (), wording, format="png", ppi=float(pixels_per_inch))
    # A page of text needs few colours; the file becomes a quarter as large.
    page = Image.open(BytesIO(pages[0] if isinstance(pages, list) else pages)).convert("RGB")
    drawn = BytesIO()
    page.quantize(_PICTURE_COLOURS, method=Image.Quantize.FASTOCTREE).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _compile(record: CredentialRecord, attachments: Sequence[Attachment], wording: Wording, **options: Any) -> Any:
    # Imported when needed: the library is large and most requests print nothing.
    import typst

    values = _printable(_document(record, attachments, wording))
    # Not printed, so they keep every character.
    values |= {"qr": qr_svg(record.url), "address": record.url}
    values["has_replacements"] = REPLACEMENT in json.dumps(values, ensure_ascii=False)
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(values), **_files(attachments)},
        timestamp=record.issued_at.astimezone(UTC).replace(microsecond=0),
        **options,
    )


def _files(attachments: Sequence[Attachment]) -> dict[str, str]:
    if len({attachment.name for attachment in attachments}) != len(attachments):
        raise InvalidInput("Two files inside one PDF must not have the same name.")
    try:
        return {f"file-{index}": attachment.data.decode("utf-8") for index, attachment in enumerate(attachments)}
    except UnicodeDecodeError as error:
        raise InvalidInput("Only files of text (UTF-8) are put into the PDF.") from error


def _document(record: CredentialRecord, attachments: Sequence[Attachment], wording: Wording) -> dict[str, Any]:
    achievement, say, issued = record.achievement, wording.say, record.issued_at.astimezone(UTC)
    return {
        "language": wording.language,
        "date": [issued.year, issued.month, issued.day],
        "kind": wording.kind(achievement.kind),
        "title": _title(achievement, record.language, wording),
        "summary": _in_language(achievement.descriptions, record.language),
        "issuer": record.issuer.name,
        "awarded_to": say("awarded_to"),
        "holder": record.holder.name,
        "awarded_by": say("awarded_by"),
        "facts": _facts(record, wording),
        "outcomes": {
            "heading": say("outcomes"),
            "items": [_in_language(outcome, record.language) for outcome in achievement.outcomes],
        },
        "skills": _skills(record, wording),
        "earned": {"heading": say("earned"), "rows": _earned(record, wording)},
        "check": say("check"),
        "check_how": say("check_how"),
        "code": say("code", address=record.url),
        "address_lines": _lines(record.url.removeprefix("https://")),
        "number": f"{say('number')} {record.uid}",
        "page": say("page", page="{page}", pages="{pages}"),
        "replaced": say("replaced"),
        "attached": say("attached", names=", ".join(a.name for a in attachments)) if attachments else "",
        "files": [
            {"key": f"file-{index}", "name": a.name, "media_type": a.media_type, "description": a.description}
            for index, a in enumerate(attachments)
        ],
    }


def _title(achievement: AchievementRecord, language: str, wording: Wording) -> dict[str, Any]:
    """The title; where nothing of it can be printed, what kind of thing it is, for a page must have a heading."""
    title = _in_language(achievement.titles, language)
    return title if printable(title["text"]) else _tagged(wording.kind(achievement.kind), wording.language)


def _facts(record: CredentialRecord, wording: Wording) -> list[dict[str, str]]:
    """The short facts; those that nobody stated are left out."""
    achievement, say = record.achievement, wording.say
    until = record.valid_until
    facts = [
        ("country", wording.country(record.issuer.country)),
        ("issued_on", wording.day(record.issued_at.date())),
        ("valid_from", wording.day(record.valid_from.date()) if record.valid_from > record.issued_at else ""),
        ("valid_until", wording.day(until.date())) if until else ("valid", say("no_end")),
        ("workload", wording.hours(achievement.minutes) if achievement.minutes else ""),
        ("level", wording.level(achievement.level) if achievement.level else ""),
        ("eqf", _eqf(achievement, wording)),
        ("ects", wording.number(achievement.ects) if achievement.ects is not None else ""),
        ("result", f"{wording.number(record.result_percent)}\u202f%" if record.result_percent is not None else ""),
    ]
    return [{"label": say(key), "value": value} for key, value in facts if value]


def _eqf(achievement: AchievementRecord, wording: Wording) -> str:
    if achievement.eqf is None:
        return ""
    return wording.say("eqf_as_stated", level=str(achievement.eqf), source=achievement.eqf_source)


def _skills(record: CredentialRecord, wording: Wording) -> dict[str, Any]:
    return {
        "heading": wording.say("skills"),
        "skill": wording.say("skill"),
        "level": wording.say("level"),
        "items": [
            {
                "name": _in_language(skill.names, record.language),
                "esco": skill.esco_uri,
                "level": skill.level,
                "words": wording.level(skill.level),
            }
            for skill in record.achievement.skills
        ],
    }


def _earned(record: CredentialRecord, wording: Wording) -> list[dict[str, Any]]:
    """How it was assessed and assured, row by row; what nobody stated is left out."""
    achievement, language = record.achievement, record.language
    rows = [
        ("criteria", [_in_language(achievement.criteria, language)]),
        ("assessment", [_in_language(achievement.assessment, language)]),
        ("participation", [_in_language(achievement.participation, language)]),
        ("identity_check", [_in_language(achievement.identity_check, language)]),
        ("quality_assurance", [_in_language(achievement.quality_assurance, language)]),
        ("parts", [_in_language(part.achievement.titles, language) for part in record.parts]),
        ("evidence", [_evidence(evidence, language) for evidence in record.evidence]),
        ("part_of", [_tagged(address, language) for address in achievement.part_of]),
    ]
    stated = ((key, [value for value in values if value["text"]]) for key, values in rows)
    return [{"label": wording.say(key), "values": values} for key, values in stated if values]


def _lines(address: str) -> list[str]:
    """An address cut into lines that fit beside the text, after a slash where there is one."""
    lines = [""]
    for part in re.findall(f"[^/]{{0,{_ADDRESS_LINE}}}/?", address):
        if lines[-1] and len(lines[-1]) + len(part) > _ADDRESS_LINE:
            lines.append("")
        lines[-1] += part
    return lines


def _evidence(evidence: EvidenceRecord, language: str) -> dict[str, Any]:
    hashed = f"SHA-256 {evidence.sha256}" if evidence.sha256 else ""
    return _in_language(evidence.names, language) | {"marks": [mark for mark in (evidence.url, hashed) if mark]}


def _in_language(texts: Texts, language: str) -> dict[str, Any]:
    """A text with its language: the one that is asked for, else English, else the first there is."""
    for code in (language, "en", *texts):
        if texts.get(code):
            return _tagged(texts[code], code)
    return _tagged("", language)


def _tagged(text: str, language: str) -> dict[str, Any]:
    return {"text": text, "language": language, "marks": []}


def _printable(value: Any) -> Any:
    """The same JSON value with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value
