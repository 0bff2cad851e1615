"""Documents as statements: nothing that was written may fall out silently."""

from __future__ import annotations

import json
import threading
from itertools import combinations
from typing import Any

import pytest
from pyld import jsonld
from tests.engine.credential_formats.badge_samples import BADGE, LEAST, WITH_STATUS

from synchromesh.engine.credential_formats import linked_data
from synchromesh.engine.credential_formats.canonical_graph import canonical_credential, canonical_graph
from synchromesh.engine.credential_formats.contexts import (
    CREDENTIALS_1,
    CREDENTIALS_2,
    EXAMPLES_2,
    get_context,
)
from synchromesh.engine.credential_formats.limits import MOST_QUADS
from synchromesh.engine.credential_formats.linked_data import statements_of
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

XSD = "http://www.w3.org/2001/XMLSchema#"


def by_pyld(document: dict[str, Any]) -> str:
    """The canonical form as plain PyLD makes it."""
    options: Any = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": lambda url, _options: {
            "contextUrl": None, "documentUrl": url, "document": json.loads(json.dumps(get_context(url)))
        },
    }  # fmt: skip
    found: str = jsonld.normalize(document, options)
    return found


def with_words(words: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"@context": [CREDENTIALS_2, words], "@id": "urn:x", **fields}


def statement(**fields: Any) -> str:
    """The one statement of an example's word."""
    return canonical_graph({"@context": [CREDENTIALS_2, EXAMPLES_2], "id": "urn:x", **fields})


@pytest.mark.parametrize(
    "document",
    [
        *(open_badge_document(record) for record in (BADGE, WITH_STATUS, LEAST)),
        {
            "@context": [CREDENTIALS_1, EXAMPLES_2],
            "id": "urn:x",
            "type": ["VerifiableCredential"],
            "credentialSubject": [{"degree": {"@list": ["a", 2, True, 2.5, {"@id": "_:n"}]}}, {"id": "_:n", "a": "b"}],
        },
        {
            "@context": [CREDENTIALS_2, EXAMPLES_2],
            "@graph": [
                {"@id": "urn:x", "name": {"@value": "nom", "@language": "FR"}, "@reverse": {"made": {"a": "b"}}}
            ],
        },
        {"@context": [EXAMPLES_2], "json": {"@type": "@json", "@value": {"b": [1, 2.5], "a": None}}, "more": [[], {}]},
        {"@context": [EXAMPLES_2], "@included": [{"@id": "urn:y", "a": 1}], "@id": "urn:x", "b": '\u0001\t"\\ü'},
    ],
)
def test_the_graph_is_the_one_that_pyld_makes(document: dict[str, Any]) -> None:
    assert canonical_graph(document) == by_pyld(document).replace("\u0001", "\\u0001")


@pytest.mark.parametrize(
    "change",
    [
        {"undefinedWord": "x"},
        {"type": ["VerifiableCredential", "UndefinedType"]},
        {"id": "no-address"},
        {"id": ""},
        {"credentialSubject": {"id": "../relative"}},
        {"credentialSubject": {"id": "urn:x", "undefinedWord": 1}},
        {"credentialSubject": {"id": "urn:x", "_:blank": 1}},
        {"evidence": {"type": "relative", "id": "urn:y"}},
        {"@index": "x"},
        {"@unknown": 1},
    ],
)
def test_what_would_fall_out_of_the_graph_is_refused(change: dict[str, Any]) -> None:
    document = {"@context": [CREDENTIALS_2], "type": ["VerifiableCredential"], "issuer": "urn:i", **change}
    with pytest.raises(Refusal) as refusal:
        canonical_graph(document)
    assert refusal.value.reason == Reason.UNDEFINED_TERM


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"@context": ["https://example.org/unknown"]}, Reason.UNKNOWN_CONTEXT),
        (
            {"@context": {"a": {"@id": "urn:a", "@context": "https://example.org/unknown"}}, "a": {}},
            Reason.UNKNOWN_CONTEXT,
        ),
        ({"@context": 5, "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "@id": 5}, Reason.NOT_JSON_LD),
        ({"@context": [CREDENTIALS_2], "type": "VerifiableCredential", "@type": None}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "@id": "urn:a b", "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "@id": "http://a> <urn:p> <urn:q", "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "@id": "_:a b", "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "a": {"@value": "x", "@language": "a b"}}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "a": {"@value": {"x": 1}}}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "a": "\ud800"}, Reason.NOT_TEXT),
        ({"@context": [CREDENTIALS_2, {"VerifiableCredential": "urn:other"}], "id": "urn:x"}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2, {"a": {"@id": "urn:a", "@container": 5}}], "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2, {"a": []}], "a": 1}, Reason.NOT_JSON_LD),
        ({"@context": [EXAMPLES_2], "a": list(range(MOST_QUADS + 1))}, Reason.GRAPH_TOO_LARGE),
    ],
)
def test_what_is_no_sound_linked_data_is_refused_with_its_reason(document: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Refusal) as refusal:
        canonical_graph(document)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (5, f'"5"^^<{XSD}integer>'),
        (5.0, f'"5"^^<{XSD}integer>'),
        (-0.5, f'"-5.0E-1"^^<{XSD}double>'),
        (1e21, f'"1.0E21"^^<{XSD}double>'),
        (10**21, f'"1.0E21"^^<{XSD}double>'),
        (True, f'"true"^^<{XSD}boolean>'),
        ({"@value": 5, "@type": f"{XSD}double"}, f'"5.0E0"^^<{XSD}double>'),
        ({"@value": "x", "@type": f"{XSD}string"}, '"x"'),
        ({"@value": "\b\f\u007f", "@language": "de-AT"}, '"\\b\\f\\u007F"@de-at'),
    ],
)
def test_a_value_is_written_as_the_standards_write_it(value: Any, literal: str) -> None:
    assert statement(word=value) == f"<urn:x> <https://www.w3.org/ns/credentials/examples#word> {literal} .\n"


def test_contexts_that_are_applied_again_and_again_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {f"T{number}": {"@id": f"urn:t{number}", "@context": {f"w{number}": "urn:w"}} for number in range(8)}
    many = [{"@type": list(mix), "urn:p": 1} for mix in combinations(kinds, 4)]
    document = {"@context": [CREDENTIALS_2, kinds], "@id": "urn:x", "urn:many": many}
    assert canonical_graph(document).count("\n") == 70 * 6
    monkeypatch.setattr(linked_data, "MOST_DEFINITIONS", 800)
    with pytest.raises(Refusal) as refusal:
        canonical_graph(document)
    assert refusal.value.reason == Reason.GRAPH_TOO_HARD


def test_two_names_for_one_blank_node_are_told_apart_from_ours() -> None:
    quads, _root = statements_of({"@context": [EXAMPLES_2], "@id": "_:b1", "a": {"b": {"@id": "_:b1"}}})
    assert len({quad.subject for quad in quads}) == 2


def test_a_container_of_an_index_is_refused_because_the_index_is_not_signed() -> None:
    words = {"a": {"@id": "urn:a", "@container": "@index"}}
    with pytest.raises(Refusal) as refusal:
        canonical_graph(with_words(words, a={"hidden": {"@id": "urn:y"}}))
    assert refusal.value.details == {"term": "@index"}


def test_several_threads_do_not_disturb_each_other() -> None:
    document = open_badge_document(BADGE)
    expected, found = canonical_credential(document), []
    threads = [threading.Thread(target=lambda: found.append(canonical_credential(document))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
