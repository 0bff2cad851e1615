"""Recycled and renewable shares, and what a dismantler needs."""

from __future__ import annotations

from synchromesh.engine.passport_models.chemistries import Chemistry
from synchromesh.engine.passport_models.examination import Examination

# Article 8(2): least recycled shares in percent from 18 August 2031.
LEAST_RECYCLED = {"cobalt": 16.0, "lead": 85.0, "lithium": 6.0, "nickel": 6.0}
DISMANTLING = ("exploded_view", "disassembly_sequence", "fastenings", "tools", "warnings")
MOST_RENEWABLE = 40.0


def examine(examination: Examination) -> None:
    """Report shares that cannot be, and documents that are missing."""
    _examine_recycled(examination)
    renewable = examination.number("renewable_content")
    if renewable is not None and renewable > MOST_RENEWABLE:
        examination.report("renewable_content", "renewable_high", value=renewable)
    kinds = {row.get("kind") for row in examination.rows("dismantling_documents")}
    for kind in DISMANTLING if kinds else ():
        if kind not in kinds:
            examination.report("dismantling_documents", "dismantling_missing", value=kind)


def _examine_recycled(examination: Examination) -> None:
    rows, chemistry = examination.rows("recycled_content"), examination.chemistry
    for place, row in enumerate(rows, start=1):
        total = row.get("pre_consumer", 0.0) + row.get("post_consumer", 0.0)
        values = {"value": row.get("material", ""), "sum": total}
        least = LEAST_RECYCLED.get(row.get("material", ""), 0.0)
        if total > 100:
            examination.report("recycled_content", "recycled_exceeds", place, **values)
        elif total < least:
            examination.report("recycled_content", "recycled_below", place, least=least, **values)
    if chemistry is not None and "battery_chemistry" not in examination.doubted:
        _compare_chemistry(examination, chemistry)


def _compare_chemistry(examination: Examination, chemistry: Chemistry) -> None:
    rows = examination.rows("recycled_content")
    given = [row.get("material", "") for row in rows]
    for place, row in enumerate(rows, start=1):
        total = row.get("pre_consumer", 0.0) + row.get("post_consumer", 0.0)
        if row.get("material") not in chemistry.recycled and total > 0:
            values = {"value": row.get("material", ""), "chemistry": chemistry.code}
            examination.report("recycled_content", "recycled_unexpected", place, **values)
    for material in chemistry.recycled if rows else ():
        if material not in given:
            examination.report("recycled_content", "recycled_missing", value=material)
