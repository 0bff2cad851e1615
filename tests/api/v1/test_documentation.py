"""The OpenAPI document and the page made from it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

# The subject is synchromesh.api.v1.documentation, called through its addresses.
pytestmark = pytest.mark.django_db


def _document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_references(value) for value in node))
    return set()


def test_the_document_is_openapi_3_1_with_a_licence_and_a_server(client: Client) -> None:
    document = _document(client)
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["license"]["identifier"] == "EUPL-1.2"
    assert document["servers"] == [{"url": "http://localhost:8000"}]


def test_every_reference_in_the_document_leads_somewhere_and_every_schema_is_one(client: Client) -> None:
    document = _document(client)
    for reference in _references(document):
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_has_a_name_a_description_an_example_and_declares_its_problems(client: Client) -> None:
    names = []
    for methods in _document(client)["paths"].values():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert operation["summary"]
            assert operation["description"]
            assert operation["requestBody"]["content"]["application/json"]["examples"]
            assert {"200", "400", "413", "415", "422", "429", "503", "default"} <= set(operation["responses"])
            problems = [answer for status, answer in operation["responses"].items() if status != "200"]
            assert all(list(answer["content"]) == ["application/problem+json"] for answer in problems)
    assert len(names) == len(set(names)) > 0


def test_the_document_may_be_kept_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


def test_the_page_names_every_operation_with_its_example_and_its_answers(client: Client) -> None:
    page = BeautifulSoup(client.get("/api/v1/").content, "html.parser")
    text = page.get_text()
    for path, methods in _document(client)["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in text
            assert operation["summary"] in text
            for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
                assert example["summary"] in text
                assert json.dumps(example["value"], ensure_ascii=False, indent=2) in text
    assert page.find("a", href="/api/v1/openapi.json")


def test_the_page_takes_nothing_from_other_hosts(client: Client) -> None:
    seen: list[str] = []

    class Sources(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            named = dict(attributes)
            seen.extend(filter(None, [named.get("src"), named.get("href") if tag == "link" else None]))

    Sources().feed(client.get("/api/v1/").content.decode())
    assert seen
    assert [address for address in seen if not address.startswith(("/static/", "http://testserver/"))] == []


def test_the_page_of_open_data_leads_to_the_page(client: Client) -> None:
    assert 'href="/api/v1/"' in client.get("/en/about/data/").content.decode()
