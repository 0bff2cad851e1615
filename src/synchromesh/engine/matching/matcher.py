"""Match texts against a prepared vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.encoders import list_encoders
from synchromesh.engine.matching.evidence import PieceWords, find_evidence
from synchromesh.engine.matching.languages import detect_language, sentence_languages
from synchromesh.engine.matching.levels import LevelHint, find_level_hint
from synchromesh.engine.matching.lexical import LexicalIndex
from synchromesh.engine.matching.lexical_arrays import (
    LexicalArrays,
    build_lexical_arrays,
    load_lexical_arrays,
    store_lexical_arrays,
)
from synchromesh.engine.matching.matches import Alternative, Match, Mode, TextMatches, Use
from synchromesh.engine.matching.ranker import Ranker, load_ranker, load_weights
from synchromesh.engine.matching.segments import Span, clauses, sentences
from synchromesh.engine.matching.signals import Candidates, Signals, static_features
from synchromesh.engine.matching.spaces import EncoderSpaces, label_vectors

# The encoders by the letter that their features carry. Each mode has a set for English texts and one for all others:
# MiniLM knows English alone, and a ranker that has learnt to trust it would be misled elsewhere.
ENCODERS = {"m": "minilm", "e": "multilingual_e5", "u": "universal_sentence"}
MODES: dict[Mode, tuple[str, str]] = {Mode.FAST: ("u", "u"), Mode.MIDDLE: ("m", "u"), Mode.QUALITY: ("meu", "eu")}
RANKED = ("u", "m", "eu", "meu")  # the sets that have rankers
WITHOUT_DESCRIPTIONS = "e"  # describing labels to this encoder would take ten minutes and gained little

LONGEST_SHORT_TEXT = 500  # characters; a longer text, or one of several lines, is read as a page
MOST_SENTENCES_OF_A_PAGE = 24  # beyond, a text speaks of many things and each sentence is judged by itself
MOST_CLAUSES = 60
_ALTERNATIVES = 3
_SHORT_AT_ONCE = 32
_WORTH_KEEPING = 2000  # concepts; the index of fewer is made anew, which fills no folder
_INDEX_MADE_BY = "1"  # raise it when words.py or lexical_arrays.py make other arrays of the same labels


@dataclass(frozen=True, slots=True)
class _Scored:
    """A concept in a text: its number, probability, and the sentence or clause that says so."""

    concept: int
    output: float
    probability: float
    piece: Span


class Matcher:
    """A vocabulary made ready for one mode. Making one is slow, matching with it is quick; keep it.

    `mode` is the mode that really runs; `fell_back` says in a sentence why it is not the one asked for, else "".
    `cache` is a folder for label vectors, which take minutes for a vocabulary of 14,000 concepts in QUALITY mode.
    One matcher serves one thread at a time.
    """

    def __init__(
        self, vocabulary: Vocabulary, *, mode: Mode = Mode.FAST, cache: Path | None = None, threads: int = 1
    ) -> None:
        self.vocabulary = vocabulary
        self.mode, self.fell_back = available_mode(mode)
        self._sets = MODES[self.mode]
        self._signals = prepare_signals(vocabulary, loaded_encoders(self.mode), cache=cache, threads=threads)

    def match(
        self,
        texts: Sequence[str],
        *,
        language: str | None = None,
        top: int = 10,
        use: Use = Use.SUGGEST,
        by_sentence: bool = False,
    ) -> list[TextMatches]:
        """Match each text; see TextMatches. `language` is a two-letter code for all texts, None to detect it.

        A text of at most `LONGEST_SHORT_TEXT` characters in one line is judged as a whole. A page is judged by its
        parts and the text around them; its first line counts as the title, beyond it the order of sentences changes
        nothing. A longer text is judged sentence by sentence, each in its own language, and so is any text with
        `by_sentence`, which suits a CV: each line of it is a claim of its own.
        """
        if not self.vocabulary.concepts:
            return [TextMatches(language=language or detect_language(text)[0], matches=()) for text in texts]
        spoken = [language or detect_language(text)[0] for text in texts]
        cut = [sentences(text) for text in texts]
        scored = {} if by_sentence else self._judge_whole(texts, cut, spoken)
        most = 0 if by_sentence else MOST_SENTENCES_OF_A_PAGE
        return [
            self._answer(
                text,
                scored[at] if at in scored else self._judge_parts(text, cut[at], spoken[at], most),
                cut[at],
                spoken[at],
                top,
                self._threshold(spoken[at], use, short=at in scored or len(cut[at]) > most),
            )
            for at, text in enumerate(texts)
        ]

    def _threshold(self, language: str, use: Use, *, short: bool) -> float:
        ranker = load_ranker(f"{'short' if short else 'long'}-{self._set_for(language)}")
        return ranker.thresholds[use.value]

    def _set_for(self, language: str) -> str:
        return self._sets[0] if language == "en" else self._sets[1]

    def _judge_whole(
        self, texts: Sequence[str], cut: Sequence[Sequence[Span]], spoken: Sequence[str]
    ) -> dict[int, list[_Scored]]:
        """Judge the short texts among some, by their number."""
        short = [at for at, text in enumerate(texts) if cut[at] and is_short(text)]
        spans = [Span(cut[at][0].start, cut[at][-1].end) for at in short]
        judged = self._judge_short([texts[at] for at in short], spans, [spoken[at] for at in short])
        return dict(zip(short, judged, strict=True))

    def _judge_short(self, texts: Sequence[str], spans: Sequence[Span], spoken: Sequence[str]) -> list[list[_Scored]]:
        """Judge short texts in batches of one set of encoders; `spans` are their places in the text they are from."""
        found: list[list[_Scored]] = [[] for _text in texts]
        for letters in dict.fromkeys(self._sets):
            ranker = load_ranker(f"short-{letters}")
            rows = [at for at, language in enumerate(spoken) if self._set_for(language) == letters]
            for start in range(0, len(rows), _SHORT_AT_ONCE):
                batch = rows[start : start + _SHORT_AT_ONCE]
                for at, candidates in zip(
                    batch, self._signals.short([texts[at] for at in batch], letters), strict=True
                ):
                    found[at] = _scored(ranker, candidates, [spans[at]], spoken[at])
        return found

    def _judge_parts(self, text: str, cut: Sequence[Span], language: str, most: int) -> list[_Scored]:
        if not cut:
            return []
        if len(cut) > most:
            pieces = [text[one.start : one.end] for one in cut]
            _main, spoken = sentence_languages(text, pieces, given=language)
            judged = self._judge_short(pieces, cut, spoken)
            return _best_of_each([entry for sentence in judged for entry in sentence])
        letters = self._set_for(language)
        parts = page_pieces(text, cut)
        candidates = self._signals.long([text[one.start : one.end] for one in parts], whole_text(text, cut), letters)
        return _scored(load_ranker(f"long-{letters}"), candidates, parts, language)

    def _answer(
        self, text: str, scored: Sequence[_Scored], cut: Sequence[Span], spoken: str, top: int, threshold: float
    ) -> TextMatches:
        ranked = sorted(
            scored, key=lambda one: (-one.probability, -one.output, self.vocabulary.concepts[one.concept].uri)
        )
        held = {one.piece: PieceWords(text, one.piece) for one in ranked[:top]}
        within = {piece: _sentence_of(piece, cut) for piece in held}
        hints = {sentence: find_level_hint(text, sentence) for sentence in set(within.values())}
        matches = [
            self._match(held[one.piece], one, ranked, within[one.piece], hints[within[one.piece]], spoken, threshold)
            for one in ranked[:top]
        ]
        return TextMatches(language=spoken, matches=tuple(matches))

    def _match(
        self,
        held: PieceWords,
        one: _Scored,
        ranked: Sequence[_Scored],
        sentence: Span,
        hint: LevelHint | None,
        language: str,
        threshold: float,
    ) -> Match:
        concept = self.vocabulary.concepts[one.concept]
        return Match(
            uri=concept.uri,
            label=concept.label(language),
            probability=round(one.probability, 4),
            accepted=one.probability >= threshold,
            spans=find_evidence(held, concept),
            sentence=sentence,
            level=hint.level if hint else None,
            level_words=hint.words if hint else None,
            alternatives=self._alternatives(one, ranked, language),
        )

    def _alternatives(self, one: _Scored, ranked: Sequence[_Scored], language: str) -> tuple[Alternative, ...]:
        """The next likely concepts that rest on the same words."""
        others = [other for other in ranked[:30] if other.piece == one.piece and other.concept != one.concept]
        return tuple(
            Alternative(uri=concept.uri, label=concept.label(language), probability=round(other.probability, 4))
            for other in others[:_ALTERNATIVES]
            for concept in [self.vocabulary.concepts[other.concept]]
        )


def available_mode(wanted: Mode) -> tuple[Mode, str]:
    """The mode that can run here, and why it is not the wanted one ("" when it is)."""
    modules = list_encoders()
    needed = [ENCODERS[letter] for letter in loaded_encoders(wanted)]
    missing = [name for name in needed if not modules[name].is_available()]
    if not missing:
        return wanted, ""
    return Mode.FAST, (
        f"The mode {wanted} needs encoders that are not installed ({', '.join(missing)}), so the mode fast ran. "
        "To install them: make setup LOCK=full"
    )


def loaded_encoders(mode: Mode) -> str:
    """The letters of all encoders that a mode uses."""
    return "".join(letter for letter in ENCODERS if letter in "".join(MODES[mode]))


def prepare_signals(vocabulary: Vocabulary, letters: str, *, cache: Path | None, threads: int) -> Signals:
    """Everything that scores, over the labels of a vocabulary."""
    weights = load_weights("spaces")
    encoders = []
    for letter in letters:
        encoder = list_encoders()[ENCODERS[letter]].load(threads=threads)
        plain = label_vectors(vocabulary, encoder, cache=cache, described=False)
        described = (
            None if letter in WITHOUT_DESCRIPTIONS else label_vectors(vocabulary, encoder, cache=cache, described=True)
        )
        encoders.append(EncoderSpaces(letter, encoder, weights, plain, described))
    index = LexicalIndex(_lexical_arrays(vocabulary, cache))
    return Signals(index=index, encoders=tuple(encoders), static=static_features(vocabulary))


def _lexical_arrays(vocabulary: Vocabulary, cache: Path | None) -> LexicalArrays:
    """The index of all labels, kept in `cache` under a name made of them."""
    labels = [concept.all_labels() for concept in vocabulary.concepts]
    if cache is None or len(labels) < _WORTH_KEEPING:
        return build_lexical_arrays(labels)
    text = "\x00".join("\x01".join(several) for several in labels)
    digest = hashlib.sha256(f"{_INDEX_MADE_BY}\x00{text}".encode(errors="surrogatepass")).hexdigest()[:32]
    file = cache / f"words-{digest}.npz"
    if not file.exists():
        store_lexical_arrays(file, build_lexical_arrays(labels))
    return load_lexical_arrays(file)


def is_short(text: str) -> bool:
    """Whether a text is judged as one sentence."""
    return len(text) <= LONGEST_SHORT_TEXT and "\n" not in text.strip()


def page_pieces(text: str, cut: Sequence[Span]) -> list[Span]:
    """The sentences of a page and, where they are not too many, their clauses."""
    parts = [(sentence, clauses(text, sentence)) for sentence in cut]
    with_clauses = sum(len(inner) for _sentence, inner in parts) <= MOST_CLAUSES
    return [span for sentence, inner in parts for span in [sentence, *(inner if with_clauses else [])]]


def whole_text(text: str, cut: Sequence[Span]) -> str:
    """A page as encoders read it: the title, then the sentences in an order that does not depend on the text's."""
    lines = [text[span.start : span.end] for span in cut]
    return ". ".join([lines[0], *sorted(lines[1:])])


def _scored(ranker: Ranker, candidates: Candidates, pieces: Sequence[Span], language: str) -> list[_Scored]:
    outputs = ranker.outputs(candidates.features)
    if language != "en":
        # Rankers learnt from English. That a text holds every word of a label is as good a sign in any language.
        outputs = np.maximum(
            outputs, ranker.named_outright(candidates.features["ex"], candidates.features["label words"])
        )
    probabilities = ranker.probabilities(outputs)
    return [
        _Scored(concept, output, probability, pieces[piece])
        for concept, output, probability, piece in zip(
            candidates.concepts.tolist(),
            outputs.tolist(),
            probabilities.tolist(),
            candidates.piece.tolist(),
            strict=True,
        )
    ]


def _sentence_of(piece: Span, cut: Sequence[Span]) -> Span:
    """The sentence that a piece stands in; the piece itself where it is several."""
    return next((one for one in cut if one.start <= piece.start and piece.end <= one.end), piece)


def _best_of_each(scored: Sequence[_Scored]) -> list[_Scored]:
    best: dict[int, _Scored] = {}
    for one in scored:
        known = best.get(one.concept)
        if known is None or (one.probability, one.output) > (known.probability, known.output):
            best[one.concept] = one
    return list(best.values())
