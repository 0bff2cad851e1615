"""Matching as a whole, over a small vocabulary in three languages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synchromesh.engine.matching import Concept, Matcher, Mode, Use, Vocabulary
from synchromesh.engine.matching.matcher import available_mode
from synchromesh.engine.matching.ranker import Ranker, load_ranker
from synchromesh.engine.matching.signals import Listings, Signals

LABELS = {
    "isolate-hv": {"en": "isolate a high-voltage system", "de": "Hochspannungsanlage freischalten", "fr": "consigner"},
    "weld": {"en": "weld steel sheets", "de": "Stahlbleche schweißen", "fr": "souder des tôles d'acier"},
    "diagnose": {"en": "diagnose faults in battery packs", "de": "Fehler in Batteriepacks diagnostizieren"},
    "program-plc": {"en": "program a PLC", "de": "SPS programmieren", "fr": "programmer un automate"},
    "sell": {"en": "negotiate with customers", "de": "mit Kunden verhandeln", "fr": "négocier avec les clients"},
    "c#": {"en": "C#", "de": "C#"},
    "nurse": {"en": "care for patients in a hospital"},
}
SENTENCES = (
    "You learn to isolate high-voltage systems.",
    "We weld steel sheets by hand.",
    "The course shows how to diagnose faults in a battery pack.",
    "Programming of a PLC is practised.",
    "Lunch is included.",
)


@cache
def matcher(mode: Mode = Mode.FAST) -> Matcher:
    concepts = tuple(
        Concept(uri=f"urn:skill:{name}", kind="skill", preferred=labels) for name, labels in LABELS.items()
    )
    return Matcher(Vocabulary(name="small", concepts=concepts), mode=mode)


def accepted(text: str, **options: object) -> set[str]:
    return {match.uri for match in matcher().match([text], language="en", **options)[0].accepted}  # type: ignore[arg-type]


def test_a_skill_that_is_named_comes_first_with_its_words() -> None:
    text = "We look for somebody who can weld steel sheets."
    [answer] = matcher().match([text], language="en")
    assert answer.matches[0].uri == "urn:skill:weld"
    assert [text[span.start : span.end] for span in answer.matches[0].spans] == ["weld steel sheets"]
    assert answer.matches[0].accepted


def test_nothing_is_accepted_where_nothing_fits() -> None:
    assert accepted("The weather was fine on Sunday and we had ice cream.") == set()


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "!?", "\u200b", "•"])
def test_a_text_without_words_has_no_match(text: str) -> None:
    [answer] = matcher().match([text])
    assert answer.matches == ()


def test_the_label_comes_in_the_language_of_the_text() -> None:
    [answer] = matcher().match(["Sie können Stahlbleche von Hand schweißen und prüfen."])
    assert answer.language == "de"
    assert answer.matches[0].label == "Stahlbleche schweißen"


def test_upper_case_and_missing_accents_change_no_match() -> None:
    plain = matcher().match(["Stahlbleche schweißen, mit Kunden verhandeln"], language="de")[0]
    loud = matcher().match(["STAHLBLECHE SCHWEISSEN, MIT KUNDEN VERHANDELN"], language="de")[0]
    assert {match.uri for match in plain.accepted} == {match.uri for match in loud.accepted}
    assert len(plain.accepted) >= 1


def test_signs_belong_to_a_word() -> None:
    [answer] = matcher().match(["Five years of C# in production"], language="en")
    assert answer.matches[0].uri == "urn:skill:c#"
    assert answer.matches[0].level == 3


def test_tagging_asks_for_more_than_suggesting() -> None:
    text = "\n".join(SENTENCES)
    assert accepted(text)
    assert accepted(text, use=Use.TAG) <= accepted(text, use=Use.SUGGEST)


def test_a_page_names_the_sentence_of_each_match() -> None:
    text = "High-voltage basics\n" + "\n".join(SENTENCES)
    found = matcher().match([text], language="en")[0].accepted
    assert found
    for match in found:
        assert match.sentence.start <= match.spans[0].start < match.spans[0].end <= match.sentence.end


@settings(max_examples=8, deadline=None)
@given(st.permutations(SENTENCES))
def test_the_order_of_sentences_does_not_change_the_set(order: list[str]) -> None:
    title = "A course for the body shop"
    assert accepted("\n".join([title, *SENTENCES]))
    assert accepted("\n".join([title, *order]), top=50) == accepted("\n".join([title, *SENTENCES]), top=50)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_gets_an_answer_whose_spans_lie_in_it(texts: list[str]) -> None:
    answers = matcher().match(texts, top=5)
    assert len(answers) == len(texts)
    for text, answer in zip(texts, answers, strict=True):
        for match in answer.matches:
            assert 0 <= match.probability <= 1
            assert match.spans
            assert all(0 <= span.start < span.end <= len(text) for span in match.spans)
        outputs = [match.probability for match in answer.matches]
        assert outputs == sorted(outputs, reverse=True)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.sampled_from([*SENTENCES, "أهلا وسهلا بكم", "工作", "\x00\x01", "Schweißen von Blechen"]),
        min_size=1,
        max_size=6,
    )
)
def test_a_batch_gives_what_its_texts_give_alone(texts: list[str]) -> None:
    together = matcher().match(texts, language="en")
    for text, answer in zip(texts, together, strict=True):
        [alone] = matcher().match([text], language="en")
        assert [match.uri for match in alone.accepted] == [match.uri for match in answer.accepted]


def test_an_enormous_text_is_read_in_parts() -> None:
    text = "\n".join(f"{number}. {sentence}" for number in range(150) for sentence in SENTENCES)
    [answer] = matcher().match([text], language="en")
    assert {"urn:skill:weld", "urn:skill:diagnose"} <= {match.uri for match in answer.accepted}


def test_each_sentence_of_a_mixed_text_is_judged_in_its_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: dict[str, list[str]] = {}
    real = Signals.short

    def noted(self: Signals, texts: Sequence[str], letters: str) -> Listings:
        judged.setdefault(letters, []).extend(texts)
        return real(self, texts, "u")

    monkeypatch.setattr(Signals, "short", noted)
    mixed = matcher()
    monkeypatch.setattr(mixed, "_sets", ("m", "u"))
    monkeypatch.setattr("synchromesh.engine.matching.matcher.load_ranker", lambda name: load_ranker("short-u"))
    english, german = "The welder has to weld steel sheets by hand every day", "Stahlbleche sind von Hand zu schweißen"
    [answer] = mixed.match([f"{english}\n{german}"], by_sentence=True)
    assert judged == {"m": [english], "u": [german]}
    assert answer.matches[0].uri == "urn:skill:weld"


def test_the_level_is_read_in_the_sentence_that_names_the_skill() -> None:
    text = "Basics of how to weld steel sheets. Ten years of experience with lorries."
    found = matcher().match([text], language="en")[0].matches[0]
    assert found.uri == "urn:skill:weld"
    assert text[found.sentence.start : found.sentence.end] == "Basics of how to weld steel sheets"
    assert found.level == 1


def test_an_empty_vocabulary_matches_nothing() -> None:
    empty = Matcher(Vocabulary(name="empty", concepts=()), mode=available_mode(Mode.QUALITY)[0])
    assert empty.match(["weld"], language="en")[0].matches == ()


def test_a_mode_without_its_encoders_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from synchromesh.engine.matching.encoders import multilingual_e5

    monkeypatch.setattr(multilingual_e5, "is_available", lambda: False)
    mode, why = available_mode(Mode.QUALITY)
    assert mode is Mode.FAST
    assert "multilingual_e5" in why


@pytest.mark.skipif(available_mode(Mode.QUALITY)[0] is not Mode.QUALITY, reason="the extra `matching` is not installed")
def test_quality_finds_english_labels_for_a_text_in_a_language_without_labels() -> None:
    [answer] = matcher(Mode.QUALITY).match(["Aprenderá a negociar con los clientes."], top=3)
    assert answer.language == "es"
    assert answer.matches[0].uri == "urn:skill:sell"


def test_titles_that_are_not_english_have_a_ranker_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(name: str) -> Ranker:
        asked.append(name)
        return load_ranker(name)

    monkeypatch.setattr("synchromesh.engine.matching.matcher.load_ranker", noted)
    labels = {"welder": {"en": "welder", "de": "Schweißer"}, "painter": {"en": "vehicle painter", "de": "Lackierer"}}
    titles = tuple(Concept(uri=uri, kind="occupation", preferred=preferred) for uri, preferred in labels.items())
    welders = Matcher(Vocabulary(name="titles", concepts=titles))
    [german] = welders.match(["Schweisser (m/w/d)"], language="de")
    assert set(asked) == {"names-u"}
    assert (german.matches[0].uri, german.matches[0].accepted) == ("welder", True)
    asked.clear()
    welders.match(["Welder"], language="en")
    matcher().match(["Stahlbleche schweißen"], language="de")
    assert set(asked) == {"short-u"}
