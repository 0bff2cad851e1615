"""Regions as a printed sheet: one on two pages, or two to four side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext

from synchromesh.plumbing.sources import Origin
from synchromesh.web.regions.comparing import ComparedRow, Item, compare_records
from synchromesh.web.regions.region_record import RegionRecord
from synchromesh.web.templatetags.synchromesh import day
from synchromesh.web.typst.compiling import compile_pdf

_MOST_ALONE, _MOST_BESIDE = 5, 4
"""Entries of a cell that are printed, so that a region keeps to two pages; the rest is counted."""
_MOST_FIGURES = 8
_LONGEST, _LONGEST_ALONE = 160, 500
"""Characters of an entry, and of one that stands alone in its cell."""


def render_regions_pdf(records: Sequence[RegionRecord], *, address: str, today: date) -> bytes:
    """Return the sheet as PDF/UA-1 in the active language. Contacts are never printed: a sheet goes from hand to hand.

    `address` is the full address of the page; `today` is printed and is the date of the document.
    """
    names = [record.name for record in records]
    most = _MOST_ALONE if len(records) == 1 else _MOST_BESIDE
    title = names[0] if len(names) == 1 else gettext("Regions compared: %(names)s") % {"names": ", ".join(names)}
    document = {
        "language": (get_language() or "en").split("-")[0],
        "title": title,
        "alliance": settings.ALLIANCE_NAME,
        "kind": gettext("Region") if len(records) == 1 else gettext("Regions"),
        "heading": title,
        "columns": names,
        "first_column": gettext("What"),
        **_rows(records, most),
        "notes": _notes(records),
        "replacement_note": gettext("A white square stands for characters that cannot be printed here."),
        "address": address,
        "date": day(today),
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
    return compile_pdf("regions.typ", document, printed_on=today)


def _rows(records: Sequence[RegionRecord], most: int) -> dict[str, Any]:
    """The rows of the front and of the back: one region has what it is in front and what it can learn on the back."""
    rows = compare_records(records)
    if len(records) > 1:
        return {"front": [_row(row, most) for row in rows if row.is_known], "back": []}
    place = next(number for number, row in enumerate(rows) if row.is_supply)
    figures = [row for row in rows if row.is_figure]
    front = [row for row in rows[:place] if row not in figures[_MOST_FIGURES:]]
    return {"front": [_row(row, most) for row in front], "back": [_row(row, most) for row in rows[place:]]}


def _row(row: ComparedRow, most: int) -> dict[str, Any]:
    return {"label": row.label, "cells": [_cell(cell, most) for cell in row.cells]}


def _cell(items: Sequence[Item], most: int) -> list[list[str]]:
    if not items:
        return [[gettext("not known"), ""]]
    longest = _LONGEST_ALONE if len(items) == 1 else _LONGEST
    shown = [[_short(item.words, longest), item.note] for item in items[:most]]
    rest = len(items) - len(shown)
    if rest:
        shown.append([ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}, ""])
    return shown


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def _notes(records: Sequence[RegionRecord]) -> list[str]:
    notes = [gettext("Not known means that nobody has said it here; it never means none.")]
    origins = {practice.origin for record in records for practice in record.practices}
    if Origin.STARTER in origins:
        notes.append(gettext("Starter draft: written for this platform, for the alliance to validate."))
    return notes
