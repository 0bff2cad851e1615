"""How a matching record is shown: in the language asked for, else in the one whose title explains the match best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import is_near, stem_of, tolerance, words_of
from synchromesh.search.contract import FoundBy, Hit, Wanted


def hit_of(
    *,
    kind: str,
    uid: str,
    slug: str,
    titles: Mapping[str, str],
    wanted: Wanted,
    because: tuple[str, str] | None = None,
) -> Hit:
    """Make the hit. A name (language "") counts as being in the language asked for; no title at all shows the slug.

    `because` is given for what was found by meaning only.
    """
    language = _language(titles, wanted)
    title = titles.get(language) or slug
    found_by = FoundBy.MEANING if because else FoundBy.SIMILAR if wanted.tolerant else FoundBy.WORDS
    return Hit(
        kind=kind,
        uid=uid,
        slug=slug,
        title=title,
        language=language or wanted.language,
        found_by=found_by,
        because=because,
    )


def meaning_of(facets: Iterable[tuple[str, str]], wanted: Wanted) -> tuple[str, str] | None:
    """The pair of `wanted.meant` that weighs most among a document's facets, ties by pair; None if there is none."""
    meant = [facet for facet in facets if facet in wanted.meant]
    return min(meant, key=lambda facet: (-wanted.meant[facet], facet)) if meant else None


def _language(titles: Mapping[str, str], wanted: Wanted) -> str:
    """The language to show: asked for, most words of the query in its title, English, first by code."""
    codes = sorted(code for code, title in titles.items() if title)
    if wanted.language in codes or not codes:
        return wanted.language
    return min(codes, key=lambda code: (-_matching_words(code, titles[code], wanted), code != "en", code))


def _matching_words(language: str, title: str, wanted: Wanted) -> int:
    found = words_of(fold(title))
    return sum(
        any(_matches(word, other, language, wanted, is_last=place == len(wanted.words) - 1) for other in found)
        for place, word in enumerate(wanted.words)
    )


def _matches(word: str, other: str, language: str, wanted: Wanted, *, is_last: bool) -> bool:
    return (
        word == other
        or (is_last and other.startswith(word))
        or stem_of(word, language) == stem_of(other, language)
        or (wanted.tolerant and is_near(word, other, tolerance(word)))
    )
