"""Train the rankers of each mode, for short texts and for pages, and calibrate them.

Short texts: the development part of SkillSkape and the validation parts of Decorte's TECH and HOUSE sets (adapters have
seen neither). Pages: the forty course descriptions, too few for more than a linear ranker. Probabilities, thresholds
and the printed figures come from texts that the ranker at hand did not see (four folds for sentences, eight for pages).
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
from benchmarks.matching.training.networks import Floats, Listing, Network, calibration_table, run, train_network
from benchmarks.matching.training.weights import half, write_weights
from numpy.typing import NDArray

from synchromesh.engine.matching.matcher import MODES, page_pieces, prepare_signals, whole_text
from synchromesh.engine.matching.segments import sentences
from synchromesh.engine.matching.signals import Candidates, Signals

SHORT_SETS = {"skillskape_dev": 1.0, "tech_validation": 4.0, "house_validation": 4.0}
NAME_WEIGHT = 1.0  # of a skill's name in another language than the labels have
SMALLER_BY = (0.02, 0.08)  # a small vocabulary keeps 1 in 50 to 1 in 12 concepts, as a sector's framework of hundreds
_SEEDS = (0, 1)


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
    seeds: tuple[int, ...]


SHORT = Recipe(kind="short", hidden=(32, 16), epochs=30, decay=1e-4, rate=2e-3, folds=4, seeds=_SEEDS)
LONG = Recipe(kind="long", hidden=(), epochs=400, decay=1e-2, rate=3e-2, folds=8, seeds=(0,))


def train_rankers(letters: str, *, cache: Path, threads: int) -> None:
    """Train and write both rankers of the mode with these encoders; print figures on texts not seen."""
    vocabulary = esco_skills()
    signals = prepare_signals(vocabulary, letters, cache=cache, threads=threads)
    uris = np.array([concept.uri for concept in vocabulary.concepts])
    short = [text for name in SHORT_SETS for text in _read(name, signals, uris, _short_candidates, letters)]
    if letters in {english for english, _others in MODES.values()} - {others for _english, others in MODES.values()}:
        names: list[Text] = []  # this set of encoders never sees another language
    else:
        names = [
            _candidates("names", item, signals, uris, _short_candidates, letters) for item in foreign_names(vocabulary)
        ]
    _train(SHORT, letters, [*short, *names, *(_smaller(text, at) for at, text in enumerate([*short, *names]))])
    _train(LONG, letters, _read("courses", signals, uris, _long_candidates, letters))


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
    originals = sum(not text.set_name.endswith(" smaller") for text in texts)
    fold = np.resize(np.random.default_rng(1).permutation(originals) % recipe.folds, len(texts))
    unseen: dict[int, Floats] = {}
    for number in range(recipe.folds):
        networks = _networks(recipe, texts, scaled, np.flatnonzero(fold != number))
        for at in np.flatnonzero(fold == number).tolist():
            unseen[at] = np.mean([run(network, scaled[at]) for network in networks], axis=0)
    outputs = [unseen[at] for at in range(len(texts))]
    table = calibration_table(np.concatenate(outputs), np.concatenate([text.gains > 0 for text in texts]))
    suggest = _best_threshold(texts, outputs, table)
    _print_figures(recipe, letters, texts, outputs, table, suggest, fold)
    final = _networks(recipe, texts, scaled, np.arange(len(texts)))
    arrays: dict[str, NDArray[np.generic]] = {
        "features": np.array(names),
        "mean": mean.astype(np.float32),
        "spread": spread.astype(np.float32),
        "networks": np.array(len(final)),
        "calibration.outputs": table[0],
        "calibration.probabilities": table[1],
        "threshold.suggest": np.array(suggest),
        "threshold.tag": np.array(max(0.8, suggest)),
    }
    arrays |= _outright(texts, outputs, table)
    for number, network in enumerate(final):
        for depth, (weight, bias) in enumerate(network):
            arrays |= {f"{number}.{depth}.weight": half(weight), f"{number}.{depth}.bias": half(bias)}
    print("  wrote", write_weights(f"ranker-{recipe.kind}-{letters}", arrays).name)


def _networks(
    recipe: Recipe, texts: Sequence[Text], scaled: Sequence[Floats], rows: NDArray[np.int64]
) -> list[Network]:
    listings = [
        Listing(
            features=scaled[row],
            gains=texts[row].gains,
            weight=SHORT_SETS.get(texts[row].set_name.removesuffix(" smaller"), NAME_WEIGHT),
        )
        for row in rows.tolist()
    ]
    return [
        train_network(
            listings, hidden=recipe.hidden, epochs=recipe.epochs, decay=recipe.decay, seed=seed, rate=recipe.rate
        )
        for seed in recipe.seeds
    ]


def _best_threshold(texts: Sequence[Text], outputs: Sequence[Floats], table: tuple[Floats, Floats]) -> float:
    """The probability from which on naming concepts gives the best F1 over the human-labelled texts."""
    human = [at for at, text in enumerate(texts) if text.set_name.endswith(("_validation", "courses"))]
    probabilities = np.concatenate([np.interp(outputs[at], *table) for at in human])
    right = np.concatenate([texts[at].gains > 0 for at in human])
    wanted = sum(len(texts[at].item.gains) for at in human)
    best = max(np.arange(0.05, 0.6, 0.01), key=lambda bound: _f1(probabilities >= bound, right, wanted))
    return round(float(best), 2)


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
