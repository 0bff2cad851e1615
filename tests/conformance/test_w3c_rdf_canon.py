"""The test set of W3C's RDF Dataset Canonicalization 1.0 (github.com/w3c/rdf-canon/tests)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.conformance.nquads import read_nquads
from tests.conformance.standards import needs, standards

from synchromesh.engine.credential_formats.canonical_labels import canonical_labels, canonical_lines
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

FOLDER = standards("w3c", "rdf-canon")

pytestmark = needs(FOLDER)


def entries(kind: str) -> list[dict[str, Any]]:
    """The entries of the manifest of one kind; none where there is no copy of it."""
    if not FOLDER.is_dir():
        return []
    manifest = json.loads((FOLDER / "manifest.jsonld").read_text(encoding="utf-8"))
    return [entry for entry in manifest["entries"] if entry["type"] == f"rdfc:{kind}"]


def text_of(entry: dict[str, Any], name: str) -> str:
    return (FOLDER / str(entry[name])).read_text(encoding="utf-8")


def algorithm_of(entry: dict[str, Any]) -> str:
    return str(entry.get("hashAlgorithm", "SHA256")).lower()


def test_the_set_is_whole() -> None:
    assert [len(entries(f"RDFC10{kind}Test")) for kind in ("Eval", "Map", "NegativeEval")] == [64, 21, 1]


@pytest.mark.parametrize("entry", entries("RDFC10EvalTest"), ids=lambda entry: str(entry["id"]))
def test_a_dataset_gets_its_canonical_form(entry: dict[str, Any]) -> None:
    lines = canonical_lines(read_nquads(text_of(entry, "action")), algorithm=algorithm_of(entry))
    assert "".join(lines) == text_of(entry, "result")


@pytest.mark.parametrize("entry", entries("RDFC10MapTest"), ids=lambda entry: str(entry["id"]))
def test_blank_nodes_get_their_canonical_labels(entry: dict[str, Any]) -> None:
    labels = canonical_labels(read_nquads(text_of(entry, "action")), algorithm=algorithm_of(entry))
    without_signs = {node.removeprefix("_:"): label.removeprefix("_:") for node, label in labels.items()}
    assert without_signs == json.loads(text_of(entry, "result"))


@pytest.mark.parametrize("entry", entries("RDFC10NegativeEvalTest"), ids=lambda entry: str(entry["id"]))
def test_a_poisonous_dataset_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        canonical_lines(read_nquads(text_of(entry, "action")))
    assert refusal.value.reason == Reason.GRAPH_TOO_HARD
