"""ESCO where it is loaded: `/api/v1/esco`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.api.contract import problem, read
from tests.api.records import a_little_of_everything
from tests.esco_records import JOINING, WELDER, WELDING, an_esco

from synchromesh.framework.models import EscoLink

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = pytest.mark.django_db


def _concept(client: Client, uri: str) -> Any:
    return read(client, f"/api/v1/esco/concept?{urlencode({'uri': uri})}")


def test_where_nothing_is_loaded_the_list_is_empty_and_concepts_are_not_found(client: Client) -> None:
    assert read(client, "/api/v1/esco/versions") == {"items": []}
    for address in ("concepts", "concepts?version=9.9", "concept?uri=x"):
        problem(client.get(f"/api/v1/esco/{address}"), 404)


def test_concepts_are_listed_by_kind_and_by_what_stands_above_them(client: Client) -> None:
    version = an_esco()
    assert [row["label"] for row in read(client, "/api/v1/esco/versions")["items"]] == [version.label]
    occupations = read(client, "/api/v1/esco/concepts?kind=occupation")
    assert [row["uri"] for row in occupations["items"]] == [WELDER]
    below = read(client, f"/api/v1/esco/concepts?{urlencode({'broader': JOINING})}")
    assert WELDING in [row["uri"] for row in below["items"]]
    assert problem(client.get("/api/v1/esco/concepts?version=9.9"), 404)


def test_a_concept_says_its_labels_its_place_and_our_links_to_it(client: Client) -> None:
    an_esco()
    a_little_of_everything()
    EscoLink.objects.update(uri=WELDING)
    concept = _concept(client, WELDING)
    assert concept["labels"]["en"] == "weld metal"
    assert [row["uri"] for row in concept["paths"][0]][-1] == JOINING
    assert [(link["kind"], link["record"]["slug"], link["match"]) for link in concept["links"]] == [
        ("skill", "weld-busbars", "exact")
    ]
    assert _concept(client, WELDING.replace("http://", "https://")) == concept


def test_an_address_that_is_no_concept_is_not_found(client: Client) -> None:
    an_esco()
    problem(client.get("/api/v1/esco/concept?uri=http://example.org/"), 404)
    assert problem(client.get("/api/v1/esco/concept"), 422)["errors"][0]["parameter"] == "uri"


@pytest.mark.parametrize(("address", "most"), [("concepts", 3), (f"concept?uri={WELDING}", 9), ("versions", 1)])
def test_an_address_takes_few_queries(
    client: Client, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    an_esco()
    with django_assert_max_num_queries(most):
        assert client.get(f"/api/v1/esco/{address}").status_code == 200
