"""Surroundings without a network."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.credential_formats.badge_samples import DID, KNOWN, NOW, offline

from synchromesh.engine.credential_formats.offline import Offline, WithKept
from synchromesh.engine.credential_formats.surroundings import KeptAnswer, Surroundings
from synchromesh.engine.errors import ExternalFailure

ANSWER = KeptAnswer(data=b"x", as_of=NOW)
KEPT = Offline(now=NOW, did_documents={"did:web:a": {"id": "a"}}, status_lists={"l": ANSWER}, documents={"d": ANSWER})


def test_what_was_brought_along_is_there() -> None:
    assert (KEPT.did_document("did:web:a"), KEPT.status_list("l"), KEPT.fetch("d")) == ({"id": "a"}, ANSWER, ANSWER)
    assert offline().issuer(("other", DID)) == KNOWN
    assert offline().issuer(("other",)) is None


@pytest.mark.parametrize("ask", ["did_document", "status_list", "fetch"])
def test_everything_else_cannot_be_had(ask: str) -> None:
    with pytest.raises(ExternalFailure, match="missing"):
        getattr(KEPT, ask)("missing")


def test_without_a_registry_nobody_is_known_or_unknown() -> None:
    with pytest.raises(ExternalFailure):
        KEPT.issuer((DID,))


def test_kept_answers_stand_in_for_those_that_cannot_be_had() -> None:
    newer = replace(ANSWER, data=b"newer")
    around: Surroundings = WithKept(around=offline(documents={"d": newer}), kept=KEPT)
    assert around.now == NOW
    assert around.fetch("d") == newer
    assert (around.status_list("l"), around.did_document("did:web:a")) == (ANSWER, {"id": "a"})
    assert around.issuer((DID,)) == KNOWN
    with pytest.raises(ExternalFailure):
        around.fetch("missing")
