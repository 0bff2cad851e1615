"""The files of open data: which there are and how each is made, byte for byte the same for the same content."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from synchromesh.catalogue.queries.exports import catalogue_csv, export_catalogue
from synchromesh.engine.exchange.frameworks import csv_tables
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.queries.documents import framework_document
from synchromesh.framework.queries.exports import export_framework

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of the format: a fixed one keeps the bytes the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One file: its content type and what makes its bytes; a version says which framework, None is the one in force."""

    content_type: str
    make: Callable[[FrameworkVersion | None], bytes]


def etag_of(content: bytes) -> str:
    """A short fingerprint of the content, unquoted."""
    return hashlib.sha256(content).hexdigest()[:32]


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _framework_zip(version: FrameworkVersion | None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(csv_tables.write(framework_document(version=version)).items()):
            entry = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()


DOWNLOADS: dict[tuple[str, str], Download] = {
    ("framework", "json"): Download(
        content_type="application/json", make=lambda version: _json(export_framework(version=version))
    ),
    ("framework", "zip"): Download(content_type="application/zip", make=_framework_zip),
    ("courses", "json"): Download(content_type="application/json", make=lambda _: _json(export_catalogue())),
    ("courses", "csv"): Download(content_type="text/csv; charset=utf-8", make=lambda _: catalogue_csv()),
}
