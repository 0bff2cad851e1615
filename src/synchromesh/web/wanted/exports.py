"""Wanted training as data: the rows of the page, with the same numbers held back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from synchromesh.catalogue.queries.brief_exports import wanted_json
from synchromesh.catalogue.queries.briefs import WantedTraining
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.writing import write_csv

COLUMNS = (
    "skill_uid", "skill", "title", "fields", "level", "words", "language", "region", "wishes", "fewer_than", "origins",
    "providers_preparing",
)  # fmt: skip


def export_response(rows: Sequence[WantedTraining], format_: str, *, fewest: int) -> HttpResponse:
    """The rows as a CSV or a JSON file. Raises InvalidInput for another format."""
    if format_ == "json":
        records = [wanted_json(row, fewest=fewest) for row in rows]
        content = json.dumps({"wanted": records}, ensure_ascii=False, indent=1).encode()
        return _file(content, "application/json", "wanted.json")
    if format_ == "csv":
        return _file(
            write_csv(COLUMNS, [_cells(wanted_json(row, fewest=fewest)) for row in rows]),
            "text/csv; charset=utf-8",
            "wanted.csv",
        )
    raise InvalidInput("This list is there as csv and as json.", field="format")


def _cells(record: dict[str, Any]) -> dict[str, Any]:
    titles = record["titles"]
    return {name: record[name] for name in COLUMNS if name in record} | {
        "title": titles.get("en") or next(iter(titles.values()), None),
        "fields": "|".join(record["fields"]),
        "origins": "|".join(record["origins"]),
    }


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
