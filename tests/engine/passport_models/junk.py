"""Documents with something replaced by junk, for tests that no content breaks a reader."""

from __future__ import annotations

import random
from typing import Any

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x" * 3000,
    "\ud800",
    "2027-02-30",
    "P99999999M",
    "1e999",
    "{title}",
    [],
    [[]],
    [{}],
    [None, 1],
    {},
    {"value": []},
    {"en": 7},
    {"left": {"left": []}},
    {"modelType": "Property", "value": "x"},
)


def mutated(document: Any, chance: random.Random) -> Any:
    """The document with something replaced by junk, anywhere."""
    if isinstance(document, dict) and document and chance.random() < 0.93:
        key = chance.choice(sorted(document))
        if chance.random() < 0.1:
            return {name: value for name, value in document.items() if name != key}
        return {**document, key: mutated(document[key], chance)}
    if isinstance(document, list) and document and chance.random() < 0.93:
        at = chance.randrange(len(document))
        return [*document[:at], mutated(document[at], chance), *document[at + 1 :]]
    return chance.choice(JUNK)


def mutations(document: Any, count: int) -> list[Any]:
    """As many mutated documents, each changed in one to four places."""
    found = []
    for seed in range(count):
        chance = random.Random(seed)
        changed = document
        for _ in range(chance.randint(1, 4)):
            changed = mutated(changed, chance)
        found.append(changed)
    return found
