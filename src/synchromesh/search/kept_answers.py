"""Answers of the index, kept by each process until the index changes: a page of a list is asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from synchromesh.search.contract import Answer
from synchromesh.search.index_stamps import index_stamp

MOST = 256
"""Answers; with counts of thousands of skills and providers each may take some hundred kilobytes."""

_answers: OrderedDict[Hashable, Answer] = OrderedDict()
_state: list[Hashable] = [None]
_lock = threading.Lock()


def kept_answer(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to what `key` says in full, the last one if the index is as it was then; nobody may change it.

    Where the state of the index cannot be told, as inside a transaction of an index in the database, it is asked anew.
    """
    stamp = index_stamp()  # before the index is asked: what is written meanwhile makes the answer outdated
    if stamp is None:
        return ask()
    with _lock:
        if _state[0] != stamp:
            _answers.clear()
            _state[0] = stamp
        found = _answers.get(key)
        if found is not None:
            _answers.move_to_end(key)
            return found
    answer = ask()
    with _lock:
        if _state[0] == stamp:
            _answers[key] = answer
            while len(_answers) > MOST:
                _answers.popitem(last=False)
    return answer
