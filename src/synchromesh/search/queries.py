"""Search everything that the alliance publishes: job roles, skills, courses and organisations."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from synchromesh.engine.errors import ExternalFailure
from synchromesh.search.analysis import query_words
from synchromesh.search.backends import open_index
from synchromesh.search.contract import Answer, IndexUnusableError, Wanted
from synchromesh.search.indexing import index_lock, write_index

_log = logging.getLogger(__name__)
_WAIT_SECONDS = 10.0


def search(query: str, *, language: str = "en", kinds: Sequence[str] = (), limit: int = 20, offset: int = 0) -> Answer:
    """Find the records in which every word of `query` occurs, best first (see `ranking`), ties by kind and slug.

    The last word may be only begun. When nothing matches, similar spellings are tried and the answer says so
    (`exact`). Titles come in `language` where there is one. `query` is plain text of which the first 200 characters
    count; without a word in it nothing is found. A missing or broken index is rebuilt first; raises ExternalFailure
    when that does not help.
    """
    wanted = Wanted(
        words=query_words(query), language=language, kinds=tuple(kinds), limit=max(limit, 0), offset=max(offset, 0)
    )
    if not wanted.words:
        return Answer(total=0, exact=True, hits=(), filters={"kind": {}, "language": {}})
    try:
        return _answer(wanted)
    except IndexUnusableError:
        return _answer_after_mending(wanted)


def _answer(wanted: Wanted) -> Answer:
    index = open_index()
    answer = index.search(wanted)
    return answer if answer.total else index.search(replace(wanted, tolerant=True))


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
