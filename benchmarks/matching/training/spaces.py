"""Train the adapters of every encoder and write the vector spaces that the engine compares in.

What each adapter learns from is chosen on the validation parts: sentences of SkillSkape's training part with their
labels for all; descriptions of skills with their labels where the encoder reads English well; descriptions of
occupations with the skills that are essential to them, which helped pages, for MiniLM.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks.matching.data import esco_skills
from benchmarks.matching.training.adapters import Examples, Floats, cut_rank, train_adapters
from benchmarks.matching.training.examples import TextExamples, described_occupations, described_skills, sentences
from benchmarks.matching.training.weights import half, write_weights
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.encoders import Encoder, list_encoders, unit_length
from synchromesh.engine.matching.matcher import ENCODERS, WITHOUT_DESCRIPTIONS
from synchromesh.engine.matching.spaces import ADAPTED, DESCRIBED, PLAIN, Adapter, label_vectors, store_atomically

EPOCHS, SEED, BACKGROUND_RANK = 2, 0, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterRecipe:
    """How much each kind of example counts for an encoder; what is not named is not used."""

    counts: Mapping[str, float] = field(default_factory=dict)


RECIPES = {
    "m": AdapterRecipe(counts={"sentences": 1.0, "described skills": 0.3, "described occupations": 0.5}),
    "e": AdapterRecipe(counts={"sentences": 1.0}),
    "u": AdapterRecipe(counts={"sentences": 1.0, "described skills": 0.3}),
}


def train_spaces(*, cache: Path) -> None:
    """Train all adapters and write `weights/spaces.npz`; vectors of texts are kept in `cache`."""
    vocabulary = esco_skills()
    arrays: dict[str, NDArray[np.generic]] = {}
    for letter, recipe in RECIPES.items():
        encoder = list_encoders()[ENCODERS[letter]].load(threads=2)
        arrays |= _spaces_of(letter, encoder, recipe, vocabulary, cache)
        print(f"  trained {ENCODERS[letter]}")
    print("  wrote", write_weights("spaces", arrays).name)


def _spaces_of(
    letter: str, encoder: Encoder, recipe: AdapterRecipe, vocabulary: Vocabulary, cache: Path
) -> dict[str, NDArray[np.generic]]:
    labels = label_vectors(vocabulary, encoder, cache=cache, described=False)
    examples = _examples(encoder, recipe, vocabulary, cache)
    maps = train_adapters(examples, labels, epochs=EPOCHS, seed=SEED)
    found: dict[str, NDArray[np.generic]] = {}
    sides = {}
    for side, full in zip(("query", "label"), maps, strict=True):
        down, up = (half(part) for part in cut_rank(full))
        found |= {f"{letter}.{side}.down": down, f"{letter}.{side}.up": up}
        sides[side] = Adapter(down=down.astype(np.float32), up=up.astype(np.float32))
    adapted = sides["label"].apply(labels)
    compared = {PLAIN: labels, ADAPTED: adapted}
    if letter not in WITHOUT_DESCRIPTIONS:
        texts = label_vectors(vocabulary, encoder, cache=cache, described=True)
        compared[DESCRIBED] = unit_length(adapted + sides["label"].apply(texts))
    for name, vectors in compared.items():
        mean, factor = background(vectors)
        found |= {f"{letter}.{name}.mean": half(mean), f"{letter}.{name}.factor": half(factor)}
    return found


def background(vectors: Floats) -> tuple[Floats, Floats]:
    """Mean of label vectors, and a factor of their covariance by its strongest directions."""
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    values, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    strongest = slice(-BACKGROUND_RANK, None)
    return mean, (directions[:, strongest] * np.sqrt(np.maximum(values[strongest], 0))).astype(np.float32)


def _examples(encoder: Encoder, recipe: AdapterRecipe, vocabulary: Vocabulary, cache: Path) -> Examples:
    sources = {
        "sentences": sentences,
        "described skills": described_skills,
        "described occupations": described_occupations,
    }
    vectors, labels, weights = [], [], []
    for name, counts in recipe.counts.items():
        texts = sources[name](vocabulary)
        vectors.append(_encoded(encoder, name, texts, cache))
        labels += texts.labels
        weights.append(np.full(len(texts.labels), counts, dtype=np.float32))
    return Examples(vectors=np.vstack(vectors), labels=labels, weights=np.concatenate(weights))


def _encoded(encoder: Encoder, name: str, texts: TextExamples, cache: Path) -> Floats:
    digest = hashlib.sha256("\x00".join(texts.texts).encode()).hexdigest()[:16]
    file = cache / f"examples-{encoder.identity}-{name.replace(' ', '-')}-{digest}.npy"
    if not file.exists():
        store_atomically(file, encoder.encode(texts.texts, kind="query").astype(np.float16))
    return np.asarray(np.load(file), dtype=np.float32)
