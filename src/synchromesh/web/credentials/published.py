"""Answers for programs anywhere: readable from every site, kept for a while, asked for again by their fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from synchromesh.engine.errors import SynchromeshError
from synchromesh.plumbing.error_answers import status_of

JSON = "application/json"


def publish_bytes(request: HttpRequest, data: bytes, *, media_type: str, seconds: int) -> HttpResponse:
    """These bytes, or 304 where the caller has them (RFC 9110, section 13); others may keep them for `seconds`."""
    response = HttpResponse(data, content_type=media_type)
    etag = quote_etag(hashlib.sha256(data).hexdigest()[:32])
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    found = get_conditional_response(request, etag=etag, response=response)
    return open_to_all(found if isinstance(found, HttpResponse) else response)


def publish_json(
    request: HttpRequest, document: Mapping[str, Any], *, seconds: int, media_type: str = JSON
) -> HttpResponse:
    """A document as JSON, as `publish_bytes` does it."""
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return publish_bytes(request, data, media_type=media_type, seconds=seconds)


def refuse(error: SynchromeshError) -> HttpResponse:
    """An expected error as problem details (RFC 9457)."""
    status = status_of(error)
    told = {"type": "about:blank", "status": status, "code": error.code, "detail": error.message}
    response = HttpResponse(json.dumps(told), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return open_to_all(response)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let programs on pages of other sites read it; search engines leave it alone."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response
