"""The OpenAPI 3.1 document: what ninja derives from the types, with our problems, headers and examples."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from synchromesh.api.problems import MEDIA_TYPE, Problem
from synchromesh.api.v1.interface import schema_text
from synchromesh.api.v1.offering import REQUESTS

_ALLOWANCE = {
    "RateLimit-Limit": "units that you have in a minute",
    "RateLimit-Remaining": "units that are left",
    "RateLimit-Reset": "seconds until all units are there again",
}
_WORDS = {
    "ETag": "fingerprint of the answer, for If-None-Match",
    "Cache-Control": "how long the answer may be kept without asking again",
    "Link": "the next portion of a list, where there is one (RFC 8288)",
    "Last-Modified": "when the content changed last, where that is known",
    "Location": "the address of the record that this one was found to be the same as",
}
_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_TAGS = {
    "framework": "Job roles, skills, fields and the versions of the framework",
    "courses": "Courses, when they take place, and who offers them",
    "organisations": "Who offers courses and who belongs to the alliance",
    "alliance": "What the alliance does in the open: groups, regions, projects, practices, lessons, events, news",
    "search": "One search over everything",
    "esco": "The European classification, where the operator has loaded it",
    "matching": "Texts to skills",
    "passports": "Battery passports for practice, and whether one obeys the rules",
    "credentials": "Whether a credential is as it was signed, holds today, and comes from a known issuer",
}


def openapi_document() -> dict[str, Any]:
    """The whole document, made anew: callers may change it."""
    document: dict[str, Any] = json.loads(schema_text())
    document["servers"] = [{"url": settings.SITE_ADDRESS}]
    document["tags"] = [{"name": name, "description": words} for name, words in _TAGS.items()]
    numbers = {name: {"description": words, "schema": {"type": "integer"}} for name, words in _ALLOWANCE.items()}
    texts = {name: {"description": words, "schema": {"type": "string"}} for name, words in _WORDS.items()}
    document["components"]["headers"] = numbers | texts
    document["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation["responses"], reads=method == "get", lists="next" in _fields(document, operation))
            _add_examples(path, operation)
    return document


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of the good answer."""
    name = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name]["properties"]
    return found


def _complete(responses: dict[str, Any], *, reads: bool, lists: bool) -> None:
    """Say the right media type of problems, that any other error is one too, and which headers come with an answer."""
    problem = {MEDIA_TYPE: {"schema": _SCHEMA}}
    if reads:
        responses["304"] = {"description": "Not Modified"}
    for status, response in responses.items():
        names = [*_ALLOWANCE]
        if reads and status in {"200", "304"}:
            names += ["ETag", "Cache-Control"]
        if reads and status == "200":
            names += ["Link"] if lists else ["Last-Modified"]
        if status == "308":
            names.append("Location")
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
        if int(status) >= 400:
            response["content"] = problem
        if status in {"429", "503"}:
            response["headers"]["Retry-After"] = {"description": "seconds to wait", "schema": {"type": "integer"}}
    responses["default"] = {"description": "Any other error", "content": problem}


def _add_examples(path: str, operation: dict[str, Any]) -> None:
    """Give each parameter the values that the example requests have for it."""
    parts = path.split("/")
    for request in operation.get(REQUESTS, ()):
        address = urlsplit(request["address"])
        values: dict[str, list[str]] = parse_qs(address.query)
        for part, value in zip(parts, address.path.split("/"), strict=True):
            if part.startswith("{"):
                values[part.strip("{}")] = [unquote(value)]
        for parameter in operation["parameters"]:
            if parameter["name"] in values:
                given = _typed(parameter["schema"], values[parameter["name"]])
                examples = parameter.setdefault("examples", {})
                examples[f"example{len(examples) + 1}"] = {"summary": request["summary"], "value": given}


def _typed(schema: dict[str, Any], values: list[str]) -> Any:
    kinds = {schema.get("type"), *(option.get("type") for option in schema.get("anyOf", ()))}
    if "array" in kinds:
        return values
    if "boolean" in kinds:
        return values[0] == "true"
    return int(values[0]) if "integer" in kinds else values[0]
