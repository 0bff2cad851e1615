"""Every reason has its sentence, and says what would mend it where something can be mended."""

from __future__ import annotations

from string import Formatter

import pytest

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal, refusal_of, refused
from synchromesh.engine.credential_formats.sentences import SENTENCES, reason_sentence, remedy_sentence
from synchromesh.engine.credential_formats.verdicts import SignatureWord, Verdict
from synchromesh.engine.errors import InvalidInput


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_full_sentence(reason: Reason) -> None:
    sentence, remedy = SENTENCES[reason]
    assert sentence[0].isupper() or sentence[0] in "“{"
    assert sentence.endswith((".", "}", "?", "!"))
    assert not remedy or remedy.endswith((".", "}"))
    for text in (sentence, remedy):
        assert all(name is None or name.isidentifier() for _text, name, _spec, _conversion in Formatter().parse(text))


def test_details_stand_in_their_places_and_missing_ones_do_not_fail() -> None:
    verdict = Verdict(word="expired", reason=Reason.EXPIRED, details={"on": "2026-01-01"})
    assert reason_sentence(verdict) == "It was valid until 2026-01-01."
    assert remedy_sentence(verdict)
    assert "?" in reason_sentence(Verdict(word="expired", reason=Reason.EXPIRED))


def test_braces_in_a_detail_are_not_taken_for_places() -> None:
    verdict = Verdict(word="altered", reason=Reason.UNDEFINED_TERM, details={"term": "{limit}"})
    assert "{limit}" in reason_sentence(verdict)


def test_a_reason_of_tomorrow_is_said_as_its_code() -> None:
    verdict = Verdict(word="valid", reason="of_tomorrow")
    assert (reason_sentence(verdict), remedy_sentence(verdict)) == ("of_tomorrow", "")


def test_a_refusal_is_an_invalid_input_with_its_sentence() -> None:
    refusal = Refusal(Reason.INVALID_FIELD, field="name", problem="it is missing.")
    assert isinstance(refusal, InvalidInput)
    assert (refusal.message, refusal.field) == ("“name” is not as the standard asks: it is missing.", "name")
    assert refusal_of(refusal) is refusal
    assert refusal_of(InvalidInput("Too short.", field="x")).details == {"field": "x", "problem": "Too short."}


def test_a_refused_file_says_nothing_about_status_and_issuer() -> None:
    found = refused("x", Refusal(Reason.SIGNATURE_BAD))
    assert found.signature.word == SignatureWord.ALTERED
    assert (found.status.word, found.issuer.word) == ("could_not_check", "could_not_check")
