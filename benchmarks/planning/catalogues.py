"""Invented catalogues and gaps of a given size, the same for the same seed. Used by the benchmark and by tests."""

from __future__ import annotations

import random

from synchromesh.engine.planning.problem import Need, Offer, Teaching

_PRICES_CENTS = (0, 0, 4_900, 12_000, 24_000, 39_950, 120_000, None)
_HOURS = (2, 4, 6, 8, 12, 16, 24, 40, 80)


def make_offers(count: int, *, skills: int, seed: int) -> tuple[Offer, ...]:
    """Make `count` offers of one to four skills; early skills are taught more often than late ones."""
    generator = random.Random(seed)
    names = [f"skill-{number:04}" for number in range(skills)]
    popularity = [1 / (10 + number) for number in range(skills)]
    return tuple(
        Offer(
            slug=f"course-{number:06}",
            price_cents=generator.choice(_PRICES_CENTS),
            minutes=None if generator.random() < 0.05 else 60 * generator.choice(_HOURS),
            teaches=tuple(
                _teaching(generator, skill)
                for skill in sorted(set(generator.choices(names, popularity, k=generator.randint(1, 4))))
            ),
        )
        for number in range(count)
    )


def _teaching(generator: random.Random, skill: str) -> Teaching:
    level = generator.randint(1, 3)
    entry = generator.choice((None, level - 1, max(0, level - 2), 0))
    return Teaching(skill=skill, entry=entry, level=level)


def make_gap(generator: random.Random, *, skills: int, size: int) -> tuple[Need, ...]:
    """Make a gap of `size` skills out of `skills`, each with a level that is needed above the one that is there."""
    needs = []
    for number in sorted(generator.sample(range(skills), size)):
        need = generator.randint(1, 3)
        needs.append(Need(skill=f"skill-{number:04}", have=generator.randint(0, need - 1), need=need))
    return tuple(needs)
