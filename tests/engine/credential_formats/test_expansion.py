"""PyLD with memory: pinned vocabularies are processed once."""

from __future__ import annotations

from typing import Any

import pytest
from pyld.jsonld import JsonLdProcessor
from tests.engine.credential_formats.badge_samples import BADGE

from synchromesh.engine.credential_formats import linked_data
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2
from synchromesh.engine.credential_formats.open_badges import open_badge_document


def test_a_second_document_of_a_kind_processes_no_context_of_a_vocabulary_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = open_badge_document(BADGE)
    linked_data.expanded(document)
    processed: list[Any] = []
    original = JsonLdProcessor._process_context

    def counted(self: Any, active_ctx: Any, local_ctx: Any, *others: Any) -> Any:
        processed.append(local_ctx)
        return original(self, active_ctx, local_ctx, *others)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(JsonLdProcessor, "_process_context", counted)
    linked_data.expanded(document)
    # Only the list of the document itself; each type and word inside has contexts of its own.
    assert processed == [document["@context"]]


def test_the_same_vocabulary_after_another_one_means_the_same() -> None:
    words = {"made": {"@id": "urn:made", "@context": {"by": "urn:by"}}}
    first = {"@context": [CREDENTIALS_2, words], "id": "urn:x", "made": {"by": "a"}}
    second = {"@context": [CREDENTIALS_2, {"made": "urn:other", "by": "urn:else"}], "id": "urn:x", "made": {"by": "a"}}
    for document, term in ((first, "urn:by"), (second, "urn:else"), (first, "urn:by")):
        (node,) = linked_data.expanded(document)
        (inner,) = next(value for name, value in node.items() if name.startswith("urn:"))
        assert inner == {term: [{"@value": "a"}]}
