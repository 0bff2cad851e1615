"""Every reason has its sentence, and every combination of lines has its one word."""

from __future__ import annotations

import re
import string

import pytest
from django.utils import translation

from synchromesh.engine.credential_formats.checking import envelopes
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.sentences import SENTENCES
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    IssuerWord,
    LogWord,
    Shown,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.web.credentials.shown_credential import FORMAT_NAMES, first_name_and_initials
from synchromesh.web.credentials.shown_document import show_document
from synchromesh.web.credentials.shown_verdict import show_verdict, state_of
from synchromesh.web.credentials.verdict_words import WORDS, reason_words, remedy_words


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_sentence_word_for_word_as_the_command_line_says_it(reason: Reason) -> None:
    assert WORDS[reason] == SENTENCES[reason]


@pytest.mark.parametrize("reason", Reason)
def test_a_sentence_without_its_details_does_not_fail(reason: Reason) -> None:
    verdict = Verdict(word="x", reason=reason)
    assert reason_words(verdict)
    assert "{" not in reason_words(verdict) + remedy_words(verdict)


def test_no_translation_names_a_detail_that_the_sentence_lacks() -> None:
    fields = {
        name for sentences in WORDS.values() for text in sentences for _, name, _, _ in string.Formatter().parse(text)
    }
    assert all(name is None or re.fullmatch(r"[a-z_]+", name) for name in fields)


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert reason_words(Verdict(word="x", reason="new_code")) == "new_code"
    assert remedy_words(Verdict(word="x", reason="new_code")) == ""


@pytest.mark.parametrize("given", ["2026-11-23", "2026-11-23T08:00:00Z"])
def test_a_day_is_written_as_the_reader_does(given: str) -> None:
    verdict = Verdict(word="expired", reason=Reason.EXPIRED, details={"on": given})
    assert reason_words(verdict) == "It was valid until 23 November 2026."
    with translation.override("de"):
        assert "23. November 2026" in reason_words(verdict)


def test_a_number_is_written_as_the_reader_does_and_anything_else_as_it_stands() -> None:
    assert "30,000,000 bytes" in reason_words(Verdict(word="x", reason=Reason.TOO_LARGE, details={"limit": "30000000"}))
    odd = Verdict(word="x", reason=Reason.EXPIRED, details={"on": "soon {problem}"})
    assert reason_words(odd) == "It was valid until soon {problem}."


def checked(signature: str, status: str, issuer: str, *, reason: str = "", log: str = "") -> CheckedCredential:
    return CheckedCredential(
        format="open_badge",
        signature=Verdict(word=signature, reason=Reason.SIGNATURE_GOOD),
        status=Verdict(word=status, reason=reason or Reason.STATUS_CLEAR),
        issuer=Verdict(word=issuer, reason=Reason.ISSUER_KNOWN),
        shown=Shown(),
        log=Verdict(word=log, reason=Reason.LOG_RECORDED) if log else None,
    )


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (("good", "valid", "known"), "valid"),
        (("good", "valid", "unknown"), "unknown_issuer"),
        (("good", "valid", "could_not_check"), "could_not_check"),
        (("good", "expired", "known"), "expired"),
        (("good", "suspended", "unknown"), "suspended"),
        (("good", "withdrawn", "known"), "withdrawn"),
        (("good", "could_not_check", "known"), "could_not_check"),
        (("could_not_check", "could_not_check", "could_not_check"), "could_not_check"),
        (("could_not_check", "withdrawn", "could_not_check"), "withdrawn"),
        (("altered", "withdrawn", "known"), "altered"),
        (("altered", "could_not_check", "could_not_check"), "altered"),
    ],
)
def test_the_gravest_line_gives_the_word(lines: tuple[str, str, str], state: str) -> None:
    assert state_of(checked(*lines)) == state


def test_a_status_from_earlier_and_one_from_later_have_words_of_their_own() -> None:
    last = checked("good", "could_not_check", "known", reason=Reason.STATUS_LAST_KNOWN)
    later = checked("good", "could_not_check", "known", reason=Reason.NOT_YET_VALID)
    assert (state_of(last), state_of(later)) == ("last_known", "not_yet_valid")


def test_an_unproved_document_is_not_said_to_be_harmless() -> None:
    unproved = show_verdict(checked("could_not_check", "could_not_check", "could_not_check"))
    open_status = show_verdict(checked("good", "could_not_check", "known"))
    assert "nothing below is proved" in unproved.sentence
    assert "That says nothing against it" in open_status.sentence


def test_a_log_that_contradicts_is_said_at_the_top_and_in_a_line() -> None:
    shown = show_verdict(checked("good", "valid", "known", log=LogWord.CONTRADICTED))
    assert (shown.state, shown.is_trusted) == ("contradicted", False)
    assert [line.name for line in shown.lines] == ["signature", "status", "issuer", "log"]


def test_every_word_of_every_line_is_shown() -> None:
    for signature in SignatureWord:
        for status in StatusWord:
            for issuer in IssuerWord:
                shown = show_verdict(checked(signature, status, issuer))
                assert all(line.word and line.reason and line.tone for line in shown.lines)
                assert shown.tone == "good" or shown.state != "valid"


def test_each_state_is_told_apart_without_its_colour() -> None:
    states = [checked("good", word, issuer) for word in StatusWord for issuer in ("known", "unknown")]
    shown = {verdict.state: verdict for verdict in map(show_verdict, [*states, checked("altered", "valid", "known")])}
    assert len({verdict.icon for verdict in shown.values()}) == len({verdict.title for verdict in shown.values()})
    assert len(shown) == len({verdict.title for verdict in shown.values()})


def test_every_envelope_has_a_name_in_the_reader_s_words() -> None:
    assert set(envelopes()) <= set(FORMAT_NAMES)


def test_a_bundle_shows_its_parts_up_to_a_limit() -> None:
    part = checked("good", "valid", "known")
    whole = CheckedCredential(
        format="learner_record",
        signature=part.signature,
        status=part.status,
        issuer=part.issuer,
        shown=Shown(
            facts=(("workload", "PT12H30M"), ("level", "2/3"), ("outcome", "a"), ("outcome", "b"), ("new", "x"))
        ),
        parts=(part,) * 60,
    )
    shown = show_document(whole)
    assert (len(shown.parts), shown.more_parts) == (50, 10)
    facts = {str(fact.name): fact.values for fact in shown.facts}
    assert facts["Workload"] == ("12 h 30 min",)
    assert facts["Level"] == ("Practitioner (2/3)",)
    assert facts["What the holder can do"] == ("a", "b")
    assert facts["new"] == ("x",)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë Müller-Šťastná", "Zoë M.-Š."),
        ("Müller, Zoë", "Zoë M."),
        ("Ana María López García", "Ana M. L. G."),
        ("Jean-Luc Picard", "Jean-Luc P."),
        ("Ελένη Παπαδοπούλου", "Ελένη Π."),
        ("Madonna", "Madonna"),
        ("Zoë  van der Berg (née Novak)", "Zoë v. d. B. n. N."),
        ("Zoe\u0308 S\u030ct\u030castna\u0301", "Zoë Š."),
        ("", ""),
    ],
)
def test_a_name_is_shortened_to_the_first_name_and_initials(name: str, shown: str) -> None:
    assert first_name_and_initials(name) == shown
