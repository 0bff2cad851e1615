"""A job role as a printed sheet: two pages of A4 to pin up or take along, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext

from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement
from synchromesh.plumbing.sources import Origin
from synchromesh.plumbing.translated_text import LocalText
from synchromesh.web.roles.path_words import mark_of, title_of
from synchromesh.web.templatetags.synchromesh import day, in_reader_language, level_name, local, plain, text_language
from synchromesh.web.typst.compiling import compile_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSheet:
    """What is printed of a role: `anchors` by skill row and level, and how many courses teach one of its skills."""

    role: JobRole
    requirements: Sequence[Requirement]
    anchors: Mapping[int, Mapping[int, Anchor]]
    courses: int
    version: FrameworkVersion | None


def render_role_pdf(sheet: RoleSheet, *, address: str, today: date) -> bytes:
    """Return the sheet as PDF/UA-1 in the active language.

    A role of up to 16 skills with anchors of usual length takes two pages; more skills take more pages, nothing is
    left out. `address` is the full address of the role's page; `today` is printed and is the date of the document.
    """
    role = sheet.role
    title = title_of(role)
    document = {
        "language": (get_language() or "en").split("-")[0],
        "title": gettext("Job role: %(role)s") % {"role": title.text},
        "alliance": settings.ALLIANCE_NAME,
        "kind": gettext("Job role"),
        "role": _tagged(title),
        "role_mark": mark_of(role.origin),
        "summary": _tagged(local(role.summaries)),
        "facts": _facts(sheet),
        "tasks": _tasks(role),
        "skills": _skills(sheet),
        "notes": _notes(sheet),
        "replacement_note": gettext("A white square stands for characters that cannot be printed here."),
        "address": address,
        "date": day(today),
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
    return compile_pdf("role.typ", document, printed_on=today)


def _tagged(text: LocalText) -> dict[str, str]:
    """A content text with its language, for the voice and the hyphenation of the reader's program."""
    return {"text": text.text, "language": text.language}


def eqf_words(role: JobRole) -> str:
    """The level of qualification as "EQF 4" or "EQF 4-5"; empty where none is stated."""
    if role.eqf_min is None:
        return ""
    levels = str(role.eqf_min) if role.eqf_min == role.eqf_max else f"{role.eqf_min}–{role.eqf_max}"
    return gettext("EQF %(levels)s") % {"levels": levels}


def _facts(sheet: RoleSheet) -> list[list[str]]:
    """Names and words of the facts; one that is not known is left out."""
    role = sheet.role
    count = sheet.courses
    courses = (
        ngettext("%(count)s course teaches", "%(count)s courses teach", count) % {"count": count}
        if count
        else gettext("none listed yet")
    )
    facts = [
        (gettext("Family"), plain(role.family.titles) if role.family else ""),
        (gettext("Field"), ", ".join(plain(topic.titles) for topic in role.topics.all())),
        (gettext("Where"), role.area),
        (gettext("Level of qualification"), eqf_words(role)),
        (gettext("Courses for these skills"), courses),
    ]
    return [[name, words] for name, words in facts if words]


def _tasks(role: JobRole) -> dict[str, Any] | None:
    tasks = in_reader_language(role.tasks)
    if not tasks:
        return None
    return {"heading": gettext("On the job"), "items": tasks, "language": text_language(role.tasks)}


def _skills(sheet: RoleSheet) -> dict[str, Any]:
    marks = {mark_of(row.skill.origin) for row in sheet.requirements}
    # One mark for all skills stands once, above them; a mixture stands skill by skill.
    shared = marks.pop() if len(marks) == 1 else None
    return {
        "heading": gettext("Skills needed"),
        "mark": shared or "",
        "columns": [gettext("Skill"), gettext("Level"), gettext("What one can see a person do at this level")],
        "rows": [_skill(row, sheet.anchors, marked=shared is None) for row in sheet.requirements],
    }


def _skill(row: Requirement, anchors: Mapping[int, Mapping[int, Anchor]], *, marked: bool) -> dict[str, Any]:
    anchor = anchors.get(row.skill_id, {}).get(row.level)
    level = level_name(row.level)
    return {
        "skill": _tagged(title_of(row.skill)),
        "mark": mark_of(row.skill.origin) if marked else "",
        "boxes": ["met" if box <= row.level else "beyond" for box in (1, 2, 3)],
        "words": level if row.essential else gettext("%(level)s, optional") % {"level": level},
        "anchor": _tagged(local(anchor.texts if anchor else {})),
        "not_described": gettext("Not described yet."),
    }


def _notes(sheet: RoleSheet) -> list[str]:
    """Where the content comes from and what the marks mean; only what applies."""
    role, version = sheet.role, sheet.version
    origins = {role.origin, *(row.skill.origin for row in sheet.requirements)}
    notes = []
    if Origin.STARTER in origins:
        notes.append(gettext("Starter draft: written for this platform, for the alliance to validate."))
        notes.append(gettext("A level shown here is no permission to work: follow the rules of your workplace."))
    if Origin.EXAMPLE in origins:
        notes.append(gettext("Example: invented so that you can see how the platform works. It is not a real offer."))
    if role.source:
        notes.append(gettext("Source: %(source)s") % {"source": _source(role)})
    if role.eqf_source:
        notes.append(gettext("Level of qualification: %(source)s") % {"source": role.eqf_source})
    if version is not None:
        notes.append(
            gettext("Framework version %(number)s, published %(day)s.")
            % {"number": version.number, "day": day(version.published_at)}
        )
    return notes


def _source(role: JobRole) -> str:
    parts = [role.source, role.source_url, day(role.source_on)]
    return ", ".join(part for part in parts if part)
