"""Completion of each vocabulary, kept ready in the process and, for ESCO, in the data folder.

The framework is prepared in a moment. ESCO takes seconds: that happens in a thread beside the answers, once for each
import; its arrays stay in the data folder, from where every process maps them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
from pathlib import Path

from django.conf import settings
from django.db import connections

from synchromesh.engine.matching import ConceptKind, Mode, Vocabulary
from synchromesh.engine.matching.completion import LabelCompletion
from synchromesh.engine.matching.completion_arrays import (
    FORMAT,
    CompletionArrays,
    build_arrays,
    read_arrays,
    write_arrays,
)
from synchromesh.framework.queries.esco import find_active_version
from synchromesh.framework.queries.text_matching import (
    VocabularyName,
    find_matcher,
    load_vocabulary,
    match_if_prepared,
    vocabulary_state,
)

_AT_ONCE = 2000  # concepts of a vocabulary that is prepared within a request
_log = logging.getLogger(__name__)
_Key = tuple[VocabularyName, ConceptKind]
_ready: dict[_Key, tuple[str, LabelCompletion]] = {}
_matcher_state: dict[_Key, str] = {}
_preparing: set[tuple[str, VocabularyName, ConceptKind]] = set()
_prepared_aside: list[str] = []  # what became ready beside the answers
_lock = threading.Lock()


def find_completion(
    vocabulary: VocabularyName, kind: ConceptKind, *, state: str | None = None
) -> LabelCompletion | None:
    """The completion of a vocabulary; an empty one where it is not loaded, None while a large one is prepared.

    After a change the former one answers until the new one is ready. Asks the database for the state of the vocabulary
    unless the caller knows it.
    """
    key, state = (vocabulary, kind), vocabulary_state(vocabulary) if state is None else state
    known = _ready.get(key)
    if known is not None and known[0] == state:
        return known[1]
    if vocabulary == "esco" and not state:
        return _keep(key, state, build_arrays(Vocabulary(name="not loaded", concepts=())))
    stored = _stored(key, state)
    if stored is not None:
        return _keep(key, state, stored)
    if vocabulary == "esco" and _is_large():
        _prepare_aside("labels", key)
        return known[1] if known else None
    return _keep(key, state, build_arrays(load_vocabulary(vocabulary, kind)))


def prepare_completion(vocabulary: VocabularyName, kind: ConceptKind) -> LabelCompletion:
    """Build the completion of a vocabulary now and store its arrays. Raises NotFound where it is not loaded."""
    key, state = (vocabulary, kind), vocabulary_state(vocabulary)
    arrays = build_arrays(load_vocabulary(vocabulary, kind))
    if vocabulary == "esco":
        folder = _folder(key, state)
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.{threading.get_ident()}")
        write_arrays(arrays, unfinished)
        try:
            unfinished.rename(folder)
        except OSError:  # another process was quicker
            shutil.rmtree(unfinished, ignore_errors=True)
        _remove_former(folder)
    return _keep(key, state, _stored(key, state) or arrays)


def forget() -> None:
    """Prepare everything anew; for tests, whose records change without a new state."""
    _ready.clear()
    _matcher_state.clear()


def completions_prepared() -> int:
    """How many times more became ready in this process aside: after that the same title can find more."""
    return len(_prepared_aside)


def _keep(key: _Key, state: str, arrays: CompletionArrays) -> LabelCompletion:
    def meaning(typed: str, language: str, limit: int) -> list[str]:
        return _find_by_meaning(key, state, typed, language, limit)

    completion = LabelCompletion(arrays, by_meaning=meaning if len(arrays.rank) else None)
    _ready[key] = (state, completion)
    return completion


def _find_by_meaning(key: _Key, state: str, typed: str, language: str, limit: int) -> list[str]:
    """Addresses of concepts of like meaning; none of ESCO while its matcher is busy or not prepared."""
    if _matcher_state.get(key) != state:
        if key[0] == "esco" and _is_large():
            _prepare_aside("meaning", key)
        else:
            _prepare_matcher(key)
    found = match_if_prepared(typed, vocabulary=key[0], kind=key[1], language=language, top=limit)
    return [match.uri for match in found.accepted] if found else []


def _prepare_matcher(key: _Key) -> None:
    state = vocabulary_state(key[0])
    find_matcher(*key, Mode.FAST)
    _matcher_state[key] = state


def _is_large() -> bool:
    version = find_active_version()
    return version is not None and sum(version.counts.values()) > _AT_ONCE


def _prepare_aside(what: str, key: _Key) -> None:
    """Prepare in a thread of its own what would keep a reader waiting; each thing once at a time."""
    job = (what, *key)
    with _lock:
        if job in _preparing:
            return
        _preparing.add(job)
    threading.Thread(target=_prepare, args=(what, key), name=f"prepare {' '.join(job)}", daemon=True).start()


def _prepare(what: str, key: _Key) -> None:
    try:
        if what == "meaning":
            _prepare_matcher(key)
        else:
            prepare_completion(*key)
        _prepared_aside.append(what)
    except Exception:  # the thread has nobody above it who would tell
        _log.exception("preparing the %s of %s %s failed", what, *key)
    finally:
        connections.close_all()
        with _lock:
            _preparing.discard((what, *key))


def _stored(key: _Key, state: str) -> CompletionArrays | None:
    """The arrays of this state in the data folder; only ESCO's are stored, the framework's are built as quickly."""
    if key[0] != "esco":
        return None
    try:
        return read_arrays(_folder(key, state))
    except (OSError, ValueError):
        return None


def _folder(key: _Key, state: str) -> Path:
    """Named by the state, which holds the instant of the import, so that no content is read to find it."""
    name = hashlib.sha256(f"{FORMAT} {state}".encode()).hexdigest()[:16]
    return Path(settings.DATA_DIR) / "matching" / f"completion-{'-'.join(key)}-{name}"


def _remove_former(folder: Path) -> None:
    """Take away what an earlier import left; arrays that a process has mapped stay readable for it."""
    start = folder.name.rpartition("-")[0]
    for other in folder.parent.glob(f"{start}-*"):
        if other.name.partition(".")[0] != folder.name:
            shutil.rmtree(other, ignore_errors=True)
