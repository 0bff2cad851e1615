"""The OpenAPI document and the page made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.api.contract import read

# The subject is synchromesh.api.v1.documentation, called through its addresses.
pytestmark = pytest.mark.django_db


def _document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def _operations(client: Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in _document(client)["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


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
    named = {tag for _, _, operation in _operations(client) for tag in operation["tags"]}
    assert named == {tag["name"] for tag in document["tags"]}


def test_every_reference_in_the_document_leads_somewhere_and_every_schema_is_one(client: Client) -> None:
    document = _document(client)
    for reference in _references(document):
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_operation_has_a_name_a_description_and_declares_its_problems(client: Client) -> None:
    names = []
    for _, method, operation in _operations(client):
        names.append(operation["operationId"])
        assert operation["summary"]
        assert operation["description"]
        refusals = {"404", "406", "422", "429", "default"}
        expected = refusals | {"200", "304"} if method == "get" else refusals | {"200", "400", "413", "415", "503"}
        assert expected <= set(operation["responses"])
        problems = [answer for status, answer in operation["responses"].items() if status >= "400"]
        assert all(list(answer["content"]) == ["application/problem+json"] for answer in problems)
        assert {"RateLimit-Limit", "RateLimit-Remaining"} <= set(operation["responses"]["200"]["headers"])
    assert len(names) == len(set(names)) > 15


def test_every_parameter_and_every_field_of_a_problem_is_described(client: Client) -> None:
    for _, _, operation in _operations(client):
        for parameter in operation["parameters"]:
            assert parameter["description"], (operation["operationId"], parameter["name"])
    assert "detail" in _document(client)["components"]["schemas"]["Problem"]["properties"]


def test_lists_take_a_limit_and_a_cursor(client: Client) -> None:
    without = {"listVersions", "listEscoVersions"}  # there are few of them
    for _, _, operation in _operations(client):
        if operation["operationId"].startswith("list") and operation["operationId"] not in without:
            assert {"limit", "cursor"} <= {parameter["name"] for parameter in operation["parameters"]}


@pytest.mark.usefixtures("starter_content")
def test_every_example_of_something_to_read_works_as_it_stands_with_the_content_of_the_product(client: Client) -> None:
    tried = 0
    for path, _, operation in _operations(client):
        for request in operation.get("x-requests", ()):
            answer = read(client, request["address"], path)
            # nothing of these comes with the product
            empty = {"listEscoVersions", "listWanted", "listLessons", "listNews"}
            assert answer.get("items", True) or operation["operationId"] in empty, request["address"]
            tried += 1
    assert tried >= 15


def test_the_document_may_be_kept_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


def test_the_page_names_every_operation_with_its_parameters_examples_and_answers(client: Client) -> None:
    page = BeautifulSoup(client.get("/api/v1/").content, "html.parser")
    for path, method, operation in _operations(client):
        heading = page.find(id=operation["operationId"])
        assert heading is not None
        assert heading.parent is not None
        text = heading.parent.get_text()
        assert f"{method.upper()} {path}" in text
        assert operation["summary"] in text
        assert all(parameter["name"] in text for parameter in operation["parameters"])
        assert all(status in text for status in operation["responses"] if status != "default")
        for request in operation.get("x-requests", ()):
            assert request["summary"] in text
            assert f"curl 'http://localhost:8000{request['address']}'" in text
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for example in content["examples"].values():
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
