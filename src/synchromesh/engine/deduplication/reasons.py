"""Why two courses look like one, field by field, for the person who decides."""

from __future__ import annotations

from synchromesh.engine.deduplication.corpus import Corpus, Prepared
from synchromesh.engine.deduplication.courses import DuplicatePair, Field, Reason
from synchromesh.engine.deduplication.likeness import OFFER, compare_offers, compare_texts, compare_titles
from synchromesh.engine.deduplication.meaning import Meaning

_SAME_SITE = 0.5  # how alike addresses of one site are whose pages differ


def explain(one: Prepared, other: Prepared, corpus: Corpus, *, score: float, meaning: Meaning | None) -> DuplicatePair:
    """Return the pair with its reasons; `meaning` is None where it was not compared."""
    return DuplicatePair(
        first=one.course.key, second=other.course.key, score=score, other_run=is_other_run(one, other, corpus),
        reasons=_reasons(one, other, corpus, meaning),
    )  # fmt: skip


def is_other_run(one: Prepared, other: Prepared, corpus: Corpus) -> bool:
    """Whether day, year or town differ and nothing else of title and provider does."""
    mine, yours = one.course, other.course
    when = set(mine.starts_on) != set(yours.starts_on) or one.title.when != other.title.when
    where = set(mine.places) != set(yours.places)
    named = frozenset(one.title.words) - corpus.places, frozenset(other.title.words) - corpus.places
    same = named[0] == named[1] and one.title.marks == other.title.marks and one.provider == other.provider
    return (when or where) and same


def _reasons(one: Prepared, other: Prepared, corpus: Corpus, meaning: Meaning | None) -> tuple[Reason, ...]:
    mine, yours = one.course, other.course
    offer = dict(zip(OFFER, compare_offers(one, other, corpus), strict=True))
    stated: tuple[tuple[Field, bool, float], ...] = (
        ("title", bool(mine.title and yours.title), compare_titles(one, other, corpus)[0]),
        ("provider", bool(one.provider and other.provider), max(offer["provider"], offer["provider_named"])),
        ("address", bool(one.address.site and other.address.site), max(offer["page"], offer["site"] * _SAME_SITE)),
        ("text", bool(one.text and other.text), compare_texts(one, other, corpus)[0]),
        ("dates", bool(mine.starts_on and yours.starts_on), offer["dates_shared"]),
        ("meaning", meaning is not None, meaning.cosine if meaning else 0.0),
    )
    return tuple(
        Reason(field=field, likeness=round(min(1.0, max(0.0, likeness)), 3))
        for field, known, likeness in stated
        if known
    )
