"""Train the rankers of each mode, for short texts and for pages, and calibrate them.

Short texts: the development part of SkillSkape and the validation parts of Decorte's TECH and HOUSE sets (adapters have
seen neither). A linear ranker orders candidates, and trees look at the first ones. Pages: the forty course
descriptions, too few for more than a linear ranker. Probabilities, thresholds and the printed figures come from texts
that the ranker at hand did not see (four folds for sentences, eight for pages).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from benchmarks.matching.data import Item, esco_skills
from benchmarks.matching.measures import calibration_error, mean_estimate, ndcg, r_precision
from benchmarks.matching.sets import list_sources
from benchmarks.matching.training.examples import foreign_names
from benchmarks.matching.training.forests import Forest, as_arrays, train_trees
from benchmarks.matching.training.networks import Floats, Listing, Network, calibration_table, run, train_network
from benchmarks.matching.training.verdicts import read_verdicts
from benchmarks.matching.training.weights import half, write_weights
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.matcher import MODES, page_pieces, prepare_signals, whole_text
from synchromesh.engine.matching.ranker import UNLIKELY, first_of_each
from synchromesh.engine.matching.segments import sentences
from synchromesh.engine.matching.signals import Candidates, Signals
from synchromesh.engine.matching.trees import Trees

SHORT_SETS = {"skillskape_dev": 1.0, "tech_validation": 4.0, "house_validation": 4.0}
NAME_WEIGHT = 1.0  # of a skill's name in another language than the labels have
SMALLER_BY = (0.02, 0.08)  # a small vocabulary keeps 1 in 50 to 1 in 12 concepts, as a sector's framework of hundreds
_RESAMPLES = 200  # of the texts by which a threshold is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a set with its candidates; `gains` are those of the candidates."""

    set_name: str
    item: Item
    candidates: Candidates
    gains: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a kind of ranker is trained."""

    kind: str
    hidden: tuple[int, ...]
    epochs: int
    decay: float
    rate: float
    folds: int
    forest: Forest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A network, and trees over the features as they are."""

    network: Network
    trees: Trees | None
    looked_at: int

    def outputs(self, scaled: Floats, table: Floats) -> Floats:
        """As `Ranker.outputs` does it, for one text."""
        outputs = run(self.network, scaled)
        if self.trees is None:
            return outputs
        first = first_of_each(outputs, np.array([0, len(outputs)]), self.looked_at)
        of_trees = np.full(len(outputs), UNLIKELY)
        of_trees[first] = self.trees.outputs(table[first].astype(np.float32))
        return (outputs + of_trees) / 2


SHORT = Recipe(
    kind="short",
    hidden=(),
    epochs=20,
    decay=1e-3,
    rate=2e-3,
    folds=4,
    forest=Forest(trees=300, rate=0.05, looked_at=50),
)
LONG = Recipe(kind="long", hidden=(), epochs=400, decay=1e-2, rate=3e-2, folds=8)
QUICK = "u"  # the encoder of the mode that must be quick: its ranker has fewer trees, over fewer candidates
QUICK_FOREST = Forest(trees=150, rate=0.07, looked_at=30)


def train_rankers(
    letters: str,
    *,
    cache: Path,
    threads: int,
    kinds: Sequence[str] = ("short", "long"),
    verdicts: Path | None = None,
) -> None:
    """Train and write the rankers of the mode with these encoders; print figures on texts not seen.

    `verdicts` is a file of what people confirmed and refused on a site (verdicts.py).
    """
    vocabulary = esco_skills()
    signals = prepare_signals(vocabulary, letters, cache=cache, threads=threads)
    uris = np.array([concept.uri for concept in vocabulary.concepts])
    if "short" in kinds:
        recipe = replace(SHORT, forest=QUICK_FOREST) if letters == QUICK else SHORT
        texts = _short_texts(letters, signals, uris, vocabulary)
        smaller = [_smaller(text, at) for at, text in enumerate(texts)]
        judged = judged_texts(verdicts, letters, cache=cache, threads=threads) if verdicts else []
        _train(recipe, letters, [*texts, *smaller, *judged])
    if "long" in kinds:
        _train(LONG, letters, _read("courses", signals, uris, _long_candidates, letters))


def judged_texts(verdicts: Path, letters: str, *, cache: Path | None, threads: int) -> list[Text]:
    """What people judged, in the languages that this set of encoders is used for; candidates are what they judged."""
    vocabulary, read = read_verdicts(verdicts)
    if not vocabulary.concepts:
        return []
    signals = prepare_signals(vocabulary, letters, cache=cache, threads=threads)
    uris = np.array([concept.uri for concept in vocabulary.concepts])
    texts = []
    for one in read:
        if letters not in {english if one.language == "en" else others for english, others in MODES.values()}:
            continue
        item = Item(
            text=one.text, language=one.language, gains={uri: 1.0 for uri, right in one.judged.items() if right}
        )
        whole = _candidates("judged", item, signals, uris, _short_candidates, letters)
        own = uris[whole.candidates.concepts]
        kept = np.array([one.nothing or uri in one.judged for uri in own.tolist()], dtype=np.bool_)
        if kept.any():
            texts.append(_of_candidates(whole, kept))
    return texts


def _of_candidates(text: Text, kept: NDArray[np.bool_]) -> Text:
    """A text with some of its candidates."""
    features = {name: values[kept] for name, values in text.candidates.features.items()}
    own = Candidates(concepts=text.candidates.concepts[kept], features=features, piece=text.candidates.piece[kept])
    return replace(text, candidates=own, gains=text.gains[kept])


def _short_texts(letters: str, signals: Signals, uris: NDArray[np.str_], vocabulary: Vocabulary) -> list[Text]:
    short = [text for name in SHORT_SETS for text in _read(name, signals, uris, _short_candidates, letters)]
    if letters in {english for english, _others in MODES.values()} - {others for _english, others in MODES.values()}:
        return short  # this set of encoders never sees another language
    names = [
        _candidates("names", item, signals, uris, _short_candidates, letters) for item in foreign_names(vocabulary)
    ]
    return [*short, *names]


def _read(
    name: str,
    signals: Signals,
    uris: NDArray[np.str_],
    candidates: Callable[[Signals, str, str], Candidates],
    letters: str,
) -> list[Text]:
    items = list_sources()[name].read().items
    return [_candidates(name, item, signals, uris, candidates, letters) for item in items]


def _candidates(
    name: str,
    item: Item,
    signals: Signals,
    uris: NDArray[np.str_],
    candidates: Callable[[Signals, str, str], Candidates],
    letters: str,
) -> Text:
    own = candidates(signals, item.text, letters)
    gains = np.array([item.gains.get(uri, 0) for uri in uris[own.concepts].tolist()], dtype=np.float32)
    return Text(set_name=name, item=item, candidates=own, gains=gains)


def _smaller(text: Text, seed: int) -> Text:
    """The same text as it would look in a vocabulary of hundreds: few of the candidates are there.

    Half of the right ones stay, since a framework of one sector knows only some of what a text names. Features that
    tell the distance to the best concept are measured anew.
    """
    generator = np.random.default_rng(seed)
    share = generator.uniform(*SMALLER_BY)
    keep = generator.random(len(text.gains)) < np.where(text.gains > 0, 0.5, share)
    keep[generator.integers(len(keep))] = True
    features = {name: values[keep] for name, values in text.candidates.features.items()}
    for name, values in features.items():
        if name.endswith("-"):
            features[name] = values - values.max()
    features["size"] = features["size"] + np.float32(np.log(share))
    gains = text.gains[keep]
    left = [uri for uri, _gain in zip(text.item.gains, text.gains[text.gains > 0], strict=False)]
    item = replace(text.item, gains=dict.fromkeys(left[: int((gains > 0).sum())], 1.0))
    return Text(
        set_name=f"{text.set_name} smaller",
        item=item,
        candidates=Candidates(
            concepts=text.candidates.concepts[keep], features=features, piece=text.candidates.piece[keep]
        ),
        gains=gains,
    )


def _short_candidates(signals: Signals, text: str, letters: str) -> Candidates:
    return signals.short([text], letters).of(0)


def _long_candidates(signals: Signals, text: str, letters: str) -> Candidates:
    cut = sentences(text)
    return signals.long(
        [text[piece.start : piece.end] for piece in page_pieces(text, cut)], whole_text(text, cut), letters
    )


def _train(recipe: Recipe, letters: str, texts: Sequence[Text]) -> None:
    names = sorted(set(texts[0].candidates.features) - ({"ex"} if recipe.kind == "long" else set()))
    tables = [np.stack([text.candidates.features[name] for name in names], axis=1) for text in texts]
    together = np.vstack(tables)
    mean, spread = together.mean(axis=0), together.std(axis=0) + 1e-3
    scaled = [np.clip((table - mean) / spread, -6, 6).astype(np.float32) for table in tables]
    # A text and its smaller copy, which follow in the same order, share a fold: neither may teach about the other.
    # What people judged follows behind both.
    originals = sum(text.set_name.endswith(" smaller") for text in texts) or len(texts)
    fold = np.resize(np.random.default_rng(1).permutation(originals) % recipe.folds, len(texts))
    unseen: dict[int, Floats] = {}
    for number in range(recipe.folds):
        trained = _trained(recipe, texts, tables, scaled, np.flatnonzero(fold != number))
        for at in np.flatnonzero(fold == number).tolist():
            unseen[at] = trained.outputs(scaled[at], tables[at])
    outputs = [unseen[at] for at in range(len(texts))]
    table = calibration_table(np.concatenate(outputs), np.concatenate([text.gains > 0 for text in texts]))
    suggest = _best_threshold(texts, outputs, table)
    _print_figures(recipe, letters, texts, outputs, table, suggest, fold)
    final = _trained(recipe, texts, tables, scaled, np.arange(len(texts)))
    arrays: dict[str, NDArray[np.generic]] = {
        "features": np.array(names),
        "mean": mean.astype(np.float32),
        "spread": spread.astype(np.float32),
        "networks": np.array(1),
        "calibration.outputs": table[0],
        "calibration.probabilities": table[1],
        "threshold.suggest": np.array(suggest),
        "threshold.tag": np.array(max(0.8, suggest)),
    }
    arrays |= _outright(texts, outputs, table)
    for depth, (weight, bias) in enumerate(final.network):
        arrays |= {f"0.{depth}.weight": half(weight), f"0.{depth}.bias": half(bias)}
    if final.trees is not None:
        arrays |= as_arrays(final.trees, final.looked_at)
    print("  wrote", write_weights(f"ranker-{recipe.kind}-{letters}", arrays).name)


def _trained(
    recipe: Recipe, texts: Sequence[Text], tables: Sequence[Floats], scaled: Sequence[Floats], rows: NDArray[np.int64]
) -> Trained:
    weights = [_weight(texts[row]) for row in rows.tolist()]
    network = train_network(
        [
            Listing(features=scaled[row], gains=texts[row].gains, weight=weight)
            for row, weight in zip(rows.tolist(), weights, strict=True)
        ],
        hidden=recipe.hidden,
        epochs=recipe.epochs,
        decay=recipe.decay,
        seed=0,
        rate=recipe.rate,
    )
    if recipe.forest is None:
        return Trained(network=network, trees=None, looked_at=0)
    number = recipe.forest.looked_at
    first = [first_of_each(run(network, scaled[row]), np.array([0, len(scaled[row])]), number) for row in rows]
    trees = train_trees(
        recipe.forest,
        [tables[row][kept] for row, kept in zip(rows, first, strict=True)],
        [texts[row].gains[kept] for row, kept in zip(rows, first, strict=True)],
        weights,
    )
    return Trained(network=network, trees=trees, looked_at=number)


def _weight(text: Text) -> float:
    return SHORT_SETS.get(text.set_name.removesuffix(" smaller"), NAME_WEIGHT)


def _best_threshold(texts: Sequence[Text], outputs: Sequence[Floats], table: tuple[Floats, Floats]) -> float:
    """The probability from which on naming concepts gives the best F1 over the human-labelled texts.

    The mean of what is best for many samples of these texts, since what is best for few of them is chance.
    """
    human = [at for at, text in enumerate(texts) if text.set_name.endswith(("_validation", "courses"))]
    bounds = np.arange(0.05, 0.6, 0.01)
    counts = np.zeros((len(human), len(bounds), 3))
    for row, at in enumerate(human):
        named = np.interp(outputs[at], *table)[:, None] >= bounds
        right = (texts[at].gains > 0)[:, None]
        wanted = np.full(len(bounds), len(texts[at].item.gains))
        counts[row] = np.stack([(named & right).sum(axis=0), named.sum(axis=0), wanted], axis=1)
    drawn = np.random.default_rng(0).integers(len(human), size=(_RESAMPLES, len(human)))
    hits, named_in_all, wanted_in_all = np.moveaxis(counts[drawn].sum(axis=1), 2, 0)
    best = (2 * hits / np.maximum(named_in_all + wanted_in_all, 1)).argmax(axis=1)
    return round(float(bounds[best].mean()), 2)


def _outright(
    texts: Sequence[Text], outputs: Sequence[Floats], table: tuple[Floats, Floats]
) -> dict[str, NDArray[np.generic]]:
    """The outputs that stand for the share of right ones among labels that are named in full."""
    exact = np.concatenate([text.candidates.features["ex"] for text in texts]) >= 0.999
    several = np.concatenate([text.candidates.features["label words"] for text in texts]) >= 2
    right = np.concatenate([text.gains > 0 for text in texts])
    found: dict[str, NDArray[np.generic]] = {}
    for name, rows in (("one", exact & ~several), ("several", exact & several)):
        share = float(right[rows].mean()) if rows.any() else 0.0
        # The first point of the table that reaches the share; the table rises.
        found[f"outright.{name}"] = np.array(table[0][min(int(np.searchsorted(table[1], share)), len(table[0]) - 1)])
        print(f"  named outright, {name}: {share:.2f} of {int(rows.sum())} are right")
    return found


def _f1(named: NDArray[np.bool_], right: NDArray[np.bool_], wanted: int) -> float:
    return 2 * float((named & right).sum()) / max(float(named.sum()) + wanted, 1.0)


def _print_figures(
    recipe: Recipe,
    letters: str,
    texts: Sequence[Text],
    outputs: Sequence[Floats],
    table: tuple[Floats, Floats],
    suggest: float,
    fold: NDArray[np.int64],
) -> None:
    print(f"{recipe.kind} {letters}: threshold {suggest}")
    groups = {text.set_name for text in texts} | ({"courses en"} if recipe.kind == "long" else set())
    for name in sorted(groups):
        rows = [at for at, text in enumerate(texts) if name in (text.set_name, f"{text.set_name} {text.item.language}")]
        ranked = {at: texts[at].candidates.concepts[np.argsort(-outputs[at], kind="stable")] for at in rows}
        values, reached = [], []
        for at in rows:
            text = texts[at]
            if not text.item.gains:
                continue
            right = {int(c): float(g) for c, g in zip(text.candidates.concepts, text.gains, strict=True) if g > 0}
            named = {str(c): g for c, g in right.items()} | {
                f"missed {number}": gain for number, gain in enumerate(_missed(text, right))
            }
            order = [str(c) for c in ranked[at].tolist()]
            values.append(ndcg(order, named, 10) if recipe.kind == "long" else r_precision(order, set(named), 5))
            reached.append(len(right) / len(text.item.gains))
        if not values:  # nobody named anything right in them
            continue
        measure = "nDCG@10" if recipe.kind == "long" else "RP@5"
        flat = np.concatenate([np.interp(outputs[at], *table) for at in rows])
        right_flat = np.concatenate([texts[at].gains > 0 for at in rows])
        keep = flat > 0.02
        error = calibration_error(flat[keep].tolist(), right_flat[keep].tolist(), bins=15, equal_mass=False)
        f1 = _f1(flat >= suggest, right_flat, sum(len(texts[at].item.gains) for at in rows))
        estimate = mean_estimate(values)
        print(
            f"  {name}: {measure} {estimate.value:.3f} ({estimate.low:.3f} to {estimate.high:.3f}), "
            f"candidates hold {np.mean(reached):.2f}, set F1 {f1:.3f}, calibration error {error:.3f}"
        )


def _missed(text: Text, right: dict[int, float]) -> list[float]:
    """Gains of right concepts that are no candidates: they count against the ranking."""
    gains = sorted(text.item.gains.values(), reverse=True)
    for gain in right.values():
        gains.remove(gain)
    return gains
