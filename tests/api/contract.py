"""Calls to the interface, and the document that says what they must look like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from synchromesh.api.v1.openapi import openapi_document

MATCH = "/api/v1/match"
PROBLEM = "application/problem+json"


def post(client: Client, body: object, address: str = MATCH, **headers: str) -> Any:
    """Send a value as JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(address, content, content_type="application/json", headers=headers)


def read(client: Client, address: str, template: str = "", **headers: str) -> Any:
    """Get an address that must answer with 200 as it is declared, and give what it says."""
    response: Any = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    assert_keeps_the_contract(response, template or address.partition("?")[0], "get")
    return response.json()


@cache
def _document() -> Mapping[str, Any]:
    return openapi_document()


def operation(address: str = MATCH, method: str = "post") -> Mapping[str, Any]:
    """The operation as the OpenAPI document describes it."""
    found: Mapping[str, Any] = _document()["paths"][address][method]
    return found


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """Checks values against a schema of the document."""
    return Draft202012Validator({**schema, "components": _document()["components"]})


def assert_keeps_the_contract(response: HttpResponse, address: str = MATCH, method: str = "post") -> None:
    """The status is declared, the media type is the declared one, and the body has the declared form."""
    declared = operation(address, method)["responses"]
    assert str(response.status_code) in declared
    media_type = response.headers["Content-Type"].split(";")[0]
    schema = declared[str(response.status_code)]["content"][media_type]["schema"]
    validator(schema).validate(json.loads(response.content))


def problem(response: HttpResponseBase, status: int) -> dict[str, Any]:
    """The problem that an answer holds; its form is checked here."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    assert isinstance(response, HttpResponse)
    told: dict[str, Any] = json.loads(response.content)
    validator({"$ref": "#/components/schemas/Problem"}).validate(told)
    assert told["status"] == status
    assert " " in told["detail"]
    return told
