"""Version 1 as one interface: its areas, its errors and its OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from synchromesh.api.problems import MEDIA_TYPE, Problem, add_exception_handlers
from synchromesh.api.v1 import matching

DESCRIPTION = """JSON for programs. No account, no key and no cookie is needed; other websites may call it from the
browser, without credentials. Errors are problem details (RFC 9457). What stands here keeps its form within version 1;
new fields may be added to answers."""
_HEADERS = {
    "RateLimit-Limit": "units that you have in a minute",
    "RateLimit-Remaining": "units that are left",
    "RateLimit-Reset": "seconds until all units are there again",
}

interface = NinjaAPI(
    title="Synchromesh",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    openapi_url=None,  # served by `documentation`, which also takes care of methods
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
interface.add_router("", matching.router)
add_exception_handlers(interface)


def openapi_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: what ninja derives from the types, with our problems and headers."""
    document: dict[str, Any] = json.loads(json.dumps(interface.get_openapi_schema()))
    document["servers"] = [{"url": settings.SITE_ADDRESS}]
    document["components"]["headers"] = {
        name: {"description": words, "schema": {"type": "integer"}} for name, words in _HEADERS.items()
    }
    document["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation["responses"])
    return document


def _complete(responses: dict[str, Any]) -> None:
    """Say the right media type of problems, that any other error is one too, and which headers come with an answer."""
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, response in responses.items():
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
        if int(status) >= 400:
            response["content"] = problem
        if status in {"429", "503"}:
            words = "seconds to wait"
            response["headers"]["Retry-After"] = {"description": words, "schema": {"type": "integer"}}
    responses["default"] = {"description": "Any other error", "content": problem}
