"""What describes the interface: its OpenAPI document for programs, and a page for people made from it.

The page is our own and plain: the usual ones load scripts from other hosts, which our security policy forbids.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.api.v1.interface import openapi_document


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    response = JsonResponse(openapi_document(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """A page with every operation, its limits, examples and answers."""
    document = openapi_document()
    operations = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    about = _paragraphs(document["info"]["description"])
    return render(request, "api/reference.html", {"operations": operations, "about": about})


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": _paragraphs(operation["description"]),
        "examples": [
            {"summary": example["summary"], "command": _curl(path, example["value"])} for example in examples.values()
        ],
        "answers": [
            {"status": status, "words": response["description"]}
            for status, response in operation["responses"].items()
            if status != "default"
        ],
    }


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _curl(path: str, body: object) -> str:
    sent = json.dumps(body, ensure_ascii=False, indent=2).replace("'", "'\\''")
    return f"curl {settings.SITE_ADDRESS}{path} --json '{sent}'"
