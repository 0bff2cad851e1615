"""Gap and training path of one person as a printed page: at most two sheets of A4, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from synchromesh.catalogue.models import Course
from synchromesh.pathways.queries.gaps import GapRow
from synchromesh.pathways.queries.paths import ClosedSkill, PathStep, TrainingPath
from synchromesh.plumbing.sources import Origin
from synchromesh.plumbing.translated_text import LocalText
from synchromesh.web.roles.headlines import proof_sentence
from synchromesh.web.roles.path_words import (
    date_words,
    deadline_words,
    mark_of,
    place_words,
    price_words,
    time_words,
    title_of,
)
from synchromesh.web.templatetags.page_frame import language_names
from synchromesh.web.templatetags.synchromesh import answer_name, day, hours, money, skill_meter
from synchromesh.web.typst.compiling import compile_pdf

_ADDRESS_LENGTH = 300


def render_path_pdf(path: TrainingPath, *, headline: str, address: str, today: date) -> bytes:
    """Return the page as PDF/UA-1 in the active language.

    `headline` is the sentence that answers what is lacking; `address` is the full address of the same path on the
    site, printed in the footer; `today` is printed beside it and is the date of the document.
    """
    role = title_of(path.gap.role)
    document = {
        "language": (get_language() or "en").split("-")[0],
        "title": gettext("Training path: %(role)s") % {"role": role.text},
        "alliance": settings.ALLIANCE_NAME,
        "kind": gettext("Skills gap and training path"),
        "role": _tagged(role),
        "role_mark": mark_of(path.gap.role.origin),
        "headline": headline,
        "gap": _gap(path),
        "path": _path(path, address),
        "missing": _missing(path),
        "notes": _notes(path),
        "replacement_note": gettext("A white square stands for characters that cannot be printed here."),
        "address": _clipped(address),
        "date": day(today),
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
    return compile_pdf("path.typ", document, printed_on=today)


def _tagged(text: LocalText) -> dict[str, str]:
    """A content text with its language, for the voice and the hyphenation of the reader's program."""
    return {"text": text.text, "language": text.language}


def _clipped(address: str) -> str:
    """An address with very many wishes is cut, so that the footer stays on the page."""
    return address if len(address) <= _ADDRESS_LENGTH else f"{address[: _ADDRESS_LENGTH - 1]}…"


def _gap(path: TrainingPath) -> dict[str, Any]:
    marks = {mark_of(row.skill.origin) for row in path.gap.rows}
    # One mark for all skills stands once, above them; a mixture stands skill by skill.
    shared = marks.pop() if len(marks) == 1 else None
    return {
        "heading": gettext("Skill by skill"),
        "mark": shared or "",
        "columns": [gettext("Skill"), gettext("You and the job"), gettext("Closes with")],
        "rows": [
            {
                "skill": _tagged(title_of(row.skill)),
                "mark": mark_of(row.skill.origin) if shared is None else "",
                "boxes": skill_meter(row.have, row.need)["states"],
                "words": _levels(row),
                "closes": _closes_with(path, row),
                "met": row.met,
            }
            for row in path.gap.rows
        ],
        "legend": [
            ["met", gettext("you have it")],
            ["missing", gettext("missing")],
            ["beyond", gettext("not needed")],
        ],
    }


def _levels(row: GapRow) -> str:
    you = answer_name(row.have) if row.answered else gettext("not answered")
    if row.is_proof:
        you = gettext("%(level)s (proved)") % {"level": you}
    return gettext("You: %(you)s · The job: %(job)s") % {"you": you, "job": answer_name(row.need)}


def _closes_with(path: TrainingPath, row: GapRow) -> str:
    if row.met:
        return gettext("Met")
    steps = path.closing_steps(row)
    if not steps:
        return gettext("No course yet")
    numbers = ", ".join(str(step.number) for step in steps)
    courses = ngettext("Course %(numbers)s", "Courses %(numbers)s", len(steps)) % {"numbers": numbers}
    return gettext("%(courses)s, in part") % {"courses": courses} if path.is_unreachable(row) else courses


def _path(path: TrainingPath, address: str) -> dict[str, Any] | None:
    """The ordered courses with totals and proof; None when there are none."""
    if not path.steps:
        return None
    chosen = {step.course.slug for step in path.steps}
    offers = [offer for offer in path.request.offers if offer.slug in chosen]
    return {
        "heading": gettext("Your training path"),
        "steps": [_step(step, address) for step in path.steps],
        "total": ngettext("%(count)s course in all", "%(count)s courses in all", len(path.steps))
        % {"count": len(path.steps)},
        "total_price": _total([offer.price_cents for offer in offers], money),
        "total_time": _total([offer.minutes for offer in offers], hours),
        "proof": proof_sentence(path),
    }


def _step(step: PathStep, address: str) -> dict[str, Any]:
    course, run = step.course, step.next_run
    facts = [
        language_names(course.languages) or gettext("language not stated"),
        date_words(run),
        place_words(run) if run else "",
        deadline_words(run),
    ]
    return {
        "number": step.number,
        "title": _tagged(title_of(course)),
        "address": urljoin(address, reverse("courses:detail", args=[course.slug])),
        "mark": mark_of(course.origin),
        "provider": _provider(course),
        "price": price_words(course),
        "time": time_words(course),
        "facts": " · ".join(filter(None, facts)),
        "closes": [_closed(closed) for closed in step.closes],
        "closes_words": gettext("Closes:"),
        "chosen": gettext("Chosen by you") if step.chosen_by_person else "",
    }


def _provider(course: Course) -> str:
    provider = course.provider
    if provider is None:
        return gettext("provider not stated")
    mark = mark_of(provider.origin) if provider.origin != course.origin else ""
    return f"{provider.name} [{mark}]" if mark else provider.name


def _closed(closed: ClosedSkill) -> dict[str, Any]:
    levels = {"from": answer_name(closed.from_level), "to": answer_name(closed.to_level)}
    if closed.assumed_entry:
        words = gettext("%(from)s → %(to)s, starting level assumed") % levels
    else:
        words = gettext("%(from)s → %(to)s") % levels
    return {"skill": _tagged(title_of(closed.skill)), "words": words}


def _total(values: Sequence[int | None], words: Callable[[int | None], str]) -> str:
    """The sum in words; "at least" when some values are unknown, and plainly unknown when nothing is known."""
    known = [value for value in values if value is not None]
    if len(known) == len(values):
        return words(sum(known))
    if not any(known):
        return words(None)
    return gettext("at least %(amount)s") % {"amount": words(sum(known))}


def _missing(path: TrainingPath) -> dict[str, Any] | None:
    """Levels that no course leads to, skill by skill; None when there are none."""
    if not path.unreachable:
        return None
    levels: dict[str, list[str]] = {}
    for skill, level in path.unreachable:
        levels.setdefault(skill.slug, []).append(answer_name(level))
    skills = {skill.slug: skill for skill, _ in path.unreachable}
    wishes = path.wishes
    if wishes.languages or wishes.modes or wishes.without:
        intro = gettext("No course listed here that fits your choices leads to these levels.")
    else:
        intro = gettext("No course listed here leads to these levels.")
    return {
        "heading": gettext("What nobody offers yet"),
        "intro": intro,
        "rows": [{"skill": _tagged(title_of(skills[slug])), "levels": ", ".join(levels[slug])} for slug in levels],
    }


def _notes(path: TrainingPath) -> list[str]:
    """What the marks on the page mean; only those that are used."""
    courses = [step.course for step in path.steps]
    records = [path.gap.role, *(row.skill for row in path.gap.rows), *courses]
    origins = {record.origin for record in records} | {course.provider.origin for course in courses if course.provider}
    meanings = {
        Origin.STARTER: gettext("Starter draft: written for this platform, for the alliance to validate."),
        Origin.EXAMPLE: gettext(
            "Example: invented so that you can see how the platform works. It is not a real offer."
        ),
    }
    return [meaning for origin, meaning in meanings.items() if origin in origins]
