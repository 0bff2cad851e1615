"""Match texts against a prepared vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from synchromesh.engine.matching.answering import Answering, Question
from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.encoders import list_encoders
from synchromesh.engine.matching.judging import NOTHING, Judged, best_of_each, judge_page, judge_short
from synchromesh.engine.matching.languages import detect_language, sentence_languages
from synchromesh.engine.matching.lexical import LexicalIndex
from synchromesh.engine.matching.lexical_arrays import (
    LexicalArrays,
    build_lexical_arrays,
    load_lexical_arrays,
    store_lexical_arrays,
)
from synchromesh.engine.matching.matches import Mode, TextMatches, Use
from synchromesh.engine.matching.ranker import load_ranker, load_weights
from synchromesh.engine.matching.segments import Span, clauses, sentences
from synchromesh.engine.matching.shared_encoders import find_encoder
from synchromesh.engine.matching.signals import Signals, static_features
from synchromesh.engine.matching.spaces import EncoderSpaces, label_vectors

# The encoders by the letter that their features carry. Each mode has a set for English texts and one for all others:
# MiniLM knows English alone, and a ranker that has learnt to trust it would be misled elsewhere.
ENCODERS = {"m": "minilm", "e": "multilingual_e5", "u": "universal_sentence"}
MODES: dict[Mode, tuple[str, str]] = {Mode.FAST: ("u", "u"), Mode.MIDDLE: ("m", "u"), Mode.QUALITY: ("meu", "eu")}
RANKED = ("u", "m", "eu", "meu")  # the sets that have rankers
NAMED_BY = ("u", "eu")  # the sets that have rankers of names, for job titles that are not English
WITHOUT_DESCRIPTIONS = "e"  # describing labels to this encoder would take ten minutes and gained little

LONGEST_SHORT_TEXT = 500  # characters; a longer text, or one of several lines, is read as a page
MOST_SENTENCES_OF_A_PAGE = 24  # beyond, a text speaks of many things and each sentence is judged by itself
MOST_CLAUSES = 60
_SHORT_AT_ONCE = 128
_WORTH_KEEPING = 2000  # concepts; the index of fewer is made anew, which fills no folder
_INDEX_MADE_BY = "3"  # raise it when words.py or lexical_arrays.py make other arrays of the same labels


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
        if vocabulary.concepts:  # nothing is matched with an empty one, and encoders are heavy
            self._signals = prepare_signals(vocabulary, loaded_encoders(self.mode), cache=cache, threads=threads)
            self._answering = Answering(vocabulary, self._signals.index)

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
        whole = {} if by_sentence else self._judge_whole(texts, cut, spoken)
        most = 0 if by_sentence else MOST_SENTENCES_OF_A_PAGE
        questions = [
            Question(
                text=text,
                cut=cut[at],
                language=spoken[at],
                judged=whole[at] if at in whole else self._judge_parts(text, cut[at], spoken[at], most),
                threshold=self._threshold(spoken[at], use, short=at in whole or len(cut[at]) > most),
            )
            for at, text in enumerate(texts)
        ]
        return [
            answer
            for start in range(0, len(questions), _SHORT_AT_ONCE)
            for answer in self._answering.answer(questions[start : start + _SHORT_AT_ONCE], top)
        ]

    def _threshold(self, language: str, use: Use, *, short: bool) -> float:
        ranker = load_ranker(self._ranker_of_short(language) if short else f"long-{self._set_for(language)}")
        return ranker.thresholds[use.value]

    def _ranker_of_short(self, language: str) -> str:
        """Titles that are not English have a ranker of their own: others learnt from English sentences."""
        letters = self._set_for(language)
        is_title = language != "en" and letters in NAMED_BY and self.vocabulary.concepts[0].kind == "occupation"
        return f"{'names' if is_title else 'short'}-{letters}"

    def _set_for(self, language: str) -> str:
        return self._sets[0] if language == "en" else self._sets[1]

    def _judge_whole(
        self, texts: Sequence[str], cut: Sequence[Sequence[Span]], spoken: Sequence[str]
    ) -> dict[int, Judged]:
        """Judge the short texts among some, by their number."""
        short = [at for at, text in enumerate(texts) if cut[at] and is_short(text)]
        places = [Span(cut[at][0].start, cut[at][-1].end) for at in short]
        judged = self._judge_short([texts[at] for at in short], places, [spoken[at] for at in short])
        return dict(zip(short, judged, strict=True))

    def _judge_short(self, texts: Sequence[str], places: Sequence[Span], spoken: Sequence[str]) -> list[Judged]:
        """Judge short texts in batches of one set of encoders; `places` are theirs in the text they are from."""
        found = [NOTHING] * len(texts)
        rankers = [self._ranker_of_short(language) for language in spoken]
        for name in dict.fromkeys(rankers):
            ranker, letters = load_ranker(name), name.partition("-")[2]
            rows = [at for at, own in enumerate(rankers) if own == name]
            for start in range(0, len(rows), _SHORT_AT_ONCE):
                batch = rows[start : start + _SHORT_AT_ONCE]
                listings = self._signals.short([texts[at] for at in batch], letters)
                judged = judge_short(ranker, listings, [places[at] for at in batch], [spoken[at] for at in batch])
                for at, one in zip(batch, judged, strict=True):
                    found[at] = one
        return found

    def _judge_parts(self, text: str, cut: Sequence[Span], language: str, most: int) -> Judged:
        if not cut:
            return NOTHING
        if len(cut) > most:
            pieces = [text[one.start : one.end] for one in cut]
            _main, spoken = sentence_languages(text, pieces, given=language)
            return best_of_each(self._judge_short(pieces, cut, spoken))
        letters = self._set_for(language)
        parts = page_pieces(text, cut)
        candidates = self._signals.long([text[one.start : one.end] for one in parts], whole_text(text, cut), letters)
        return judge_page(load_ranker(f"long-{letters}"), candidates, parts, language)


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
        encoder = find_encoder(ENCODERS[letter], threads=threads)
        plain = label_vectors(vocabulary, encoder, cache=cache, described=False)
        described = (
            None if letter in WITHOUT_DESCRIPTIONS else label_vectors(vocabulary, encoder, cache=cache, described=True)
        )
        encoders.append(EncoderSpaces(letter, encoder, weights, plain, described))
    index = LexicalIndex(_lexical_arrays(vocabulary, cache))
    return Signals(index=index, encoders=tuple(encoders), static=static_features(vocabulary, index))


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
