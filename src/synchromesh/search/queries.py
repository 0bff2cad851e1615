"""Search everything that the alliance publishes: job roles, skills, courses and organisations."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from synchromesh.engine.errors import ExternalFailure
from synchromesh.search.analysis import query_words
from synchromesh.search.backends import open_index
from synchromesh.search.contract import Answer, Bands, IndexUnusableError, Order, Range, Wanted
from synchromesh.search.filtering import always_counted
from synchromesh.search.indexing import index_lock, write_index

_log = logging.getLogger(__name__)
_WAIT_SECONDS = 10.0
# Both chosen on the tuning half of the judged queries, and on misspelled titles (benchmarks/search/quality.py).
_MEANT_WELL = 0.5
_FEW_SIMILAR = 6


def search(
    query: str,
    *,
    language: str = "en",
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    within: Mapping[str, Range] | None = None,
    bands: Mapping[str, Bands] | None = None,
    meant: Mapping[tuple[str, str], float] | None = None,
    counted: Sequence[str] | None = None,
    order: Order | None = None,
) -> Answer:
    """Find the records in which every word of `query` occurs, best first (see `ranking`), ties by kind and slug.

    The last word may be only begun. When nothing has the words, whatever is chosen, similar spellings are tried and the
    answer says so (`exact`); where many are similar and the meaning is clear, only what is meant is found. Titles come
    in `language` where there is one. `query` is plain text of which the first 200 characters count; without a word in
    it nothing is found. What the other arguments do is said in `contract.Wanted`. A missing or broken index is rebuilt
    first; raises ExternalFailure when that does not help.
    """
    wanted = Wanted(
        words=query_words(query),
        language=language,
        kinds=tuple(kinds),
        limit=max(limit, 0),
        offset=max(offset, 0),
        chosen=chosen or {},
        within=within or {},
        bands=bands or {},
        meant=meant or {},
        counted=None if counted is None else tuple(counted),
        order=order,
    )
    if not wanted.words:
        return Answer(total=0, exact=True, hits=(), filters={name: {} for name in sorted(always_counted(wanted))})
    return _answer_or_mend(wanted)


def browse(
    *,
    language: str = "en",
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    within: Mapping[str, Range] | None = None,
    bands: Mapping[str, Bands] | None = None,
    counted: Sequence[str] | None = None,
    order: Order | None = None,
) -> Answer:
    """List all records that fit the choices, by kind and slug unless another order is asked for.

    Otherwise the same as `search`.
    """
    wanted = Wanted(
        language=language,
        kinds=tuple(kinds),
        limit=max(limit, 0),
        offset=max(offset, 0),
        chosen=chosen or {},
        within=within or {},
        bands=bands or {},
        counted=None if counted is None else tuple(counted),
        order=order,
    )
    return _answer_or_mend(wanted)


def _answer_or_mend(wanted: Wanted) -> Answer:
    try:
        return _answer(wanted)
    except IndexUnusableError:
        return _answer_after_mending(wanted)


def _answer(wanted: Wanted) -> Answer:
    index = open_index()
    answer = index.search(wanted)
    if answer.by_words or not wanted.words:
        return answer
    if wanted.chosen or wanted.within:
        # The words exist, only not among what is chosen: similar spellings would hide that.
        anywhere = replace(wanted, chosen={}, within={}, meant={}, counted=(), order=None, limit=0, offset=0)
        if index.search(anywhere).total:
            return answer
    similar = index.search(replace(wanted, tolerant=True))
    is_meant = answer.total and max(wanted.meant.values(), default=0.0) >= _MEANT_WELL
    # A slip of the keyboard is near few records; what is near many is so by chance, and the meaning says more.
    return answer if is_meant and not 0 < similar.by_words <= _FEW_SIMILAR else similar


def _answer_after_mending(wanted: Wanted) -> Answer:
    """Rebuild the index unless somebody else has done so meanwhile, and answer from it."""
    try:
        with index_lock(wait_seconds=_WAIT_SECONDS):
            try:
                return _answer(wanted)
            except IndexUnusableError as error:
                _log.warning("search index rebuilt because it cannot be used: %s", error)
            write_index()
            return _answer(wanted)
    except (IndexUnusableError, OSError) as error:
        raise ExternalFailure(f"The search index cannot be used or rebuilt: {error}") from error
