"""Whatever is sent, the interface answers what its OpenAPI document declares, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.api.contract import assert_keeps_the_contract, operation, post, validator
from tests.records import a_role

from synchromesh.engine.vocabulary.languages import parse_language

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "framework")]
BODY = validator(operation()["requestBody"]["content"]["application/json"]["schema"])
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_words = st.text(max_size=60) | st.sampled_from(["weld busbars", "Isolate.", "مرحبا", "\u202e", "\0", "a" * 20_001])
_fields: dict[str, st.SearchStrategy[Any]] = {
    "vocabulary": st.sampled_from(["framework", "esco"]),
    "kind": st.sampled_from(["skill", "occupation"]),
    "language": st.none() | st.sampled_from(["de", "en", "xx", "deu"]),
    "top": st.integers(-1, 60) | st.sampled_from([0, 1, 3.0, 50, 51]),
}
_likely = st.fixed_dictionaries({"texts": st.lists(_words, max_size=4)}, optional=_fields)
_broken = st.fixed_dictionaries(
    {"texts": st.lists(_words | _anything, max_size=40) | _anything},
    optional={name: values | _anything for name, values in _fields.items()} | {"other": _anything},
)


@pytest.fixture
def framework(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small framework, and an allowance that generated calls do not use up."""
    a_role("battery-technician", {"isolate-high-voltage": 2, "weld-busbars": 1})
    monkeypatch.setattr(settings, "API_TEXTS_PER_MINUTE", 1_000_000)


_thorough = effort(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_thorough
@given(body=_likely | _broken | _anything)
def test_any_json_is_answered_as_declared_and_accepted_exactly_when_the_schema_accepts_it(body: Any) -> None:
    sent = json.dumps(body)
    response = post(Client(), sent.encode())
    assert_keeps_the_contract(response)
    if not BODY.is_valid(body) or (body.get("language") and parse_language(body["language"]) is None):
        assert response.status_code == 422
    else:
        assert response.status_code == (404 if body.get("vocabulary") == "esco" else 200)


@_thorough
@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered_as_declared(body: bytes) -> None:
    response = post(Client(), body)
    assert_keeps_the_contract(response)
    assert response.status_code in {400, 415, 422}


@_thorough
@given(texts=st.lists(_words.filter(lambda text: len(text) <= 20_000), min_size=1, max_size=5))
def test_every_place_lies_inside_its_text(texts: list[str]) -> None:
    response = post(Client(), {"texts": texts, "top": 50})
    for text, result in zip(texts, response.json()["results"], strict=True):
        for match in result["matches"]:
            assert match["spans"]
            assert all(0 <= start < end <= len(text) for start, end in match["spans"])
