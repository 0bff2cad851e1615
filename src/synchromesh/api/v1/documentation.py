"""What describes the interface: its OpenAPI document for programs, and a page for people made from it.

The page is our own and plain: the usual ones load scripts from other hosts, which our security policy forbids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from synchromesh.api.v1.offering import REQUESTS
from synchromesh.api.v1.openapi import openapi_document


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    response = JsonResponse(openapi_document(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """A page with every operation, its parameters, limits, examples and answers."""
    document = openapi_document()
    operations = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    about = _paragraphs(document["info"]["description"])
    return render(request, "api/reference.html", {"operations": operations, "about": about})


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": _paragraphs(operation["description"]),
        "parameters": [_parameter(parameter) for parameter in operation["parameters"]],
        "examples": list(_examples(path, operation)),
        "answers": [
            {"status": status, "words": response["description"]}
            for status, response in operation["responses"].items()
            if status != "default"
        ],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    inner = schema.get("items", schema)
    options = [inner, *inner.get("anyOf", ())]
    values: list[object] = next((option["enum"] for option in options if "enum" in option), [])
    words = [parameter["description"]]
    if parameter["required"]:
        words.append("must be given")
    if schema.get("type") == "array":
        words.append("may be given several times")
    return {"name": parameter["name"], "words": "; ".join(words), "values": values}


def _examples(path: str, operation: dict[str, Any]) -> Iterator[dict[str, str]]:
    for example in operation.get(REQUESTS, ()):
        yield {"summary": example["summary"], "command": f"curl '{settings.SITE_ADDRESS}{example['address']}'"}
    if "requestBody" in operation:
        for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
            yield {"summary": example["summary"], "command": _curl(path, example["value"])}


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _curl(path: str, body: object) -> str:
    sent = json.dumps(body, ensure_ascii=False, indent=2).replace("'", "'\\''")
    return f"curl {settings.SITE_ADDRESS}{path} --json '{sent}'"
