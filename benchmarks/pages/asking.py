"""What one page asks and takes, in this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 20
ANSWERS = (200, 302, 303, 307)


def ask_page(client: Any, address: str, *, before_each: Callable[[], None] | None = None) -> tuple[int, float, float]:
    """Ask for a page once to warm up, once to count, and then many times.

    Returns the number of questions to the database, the median and the 95th percentile of the processor's time in
    milliseconds. Raises AssertionError when it answers with an error.
    """
    from django.db import connection

    client.get(address)
    asked: list[str] = []
    with connection.execute_wrapper(_noting(asked)):
        assert client.get(address).status_code in ANSWERS, address
    times = []
    for _ in range(ROUNDS):
        if before_each:
            before_each()
        start = time.process_time()
        client.get(address)
        times.append(1000 * (time.process_time() - start))
    return len(asked), statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _noting(asked: list[str]) -> Callable[..., Any]:
    """Notes every question to the database that passes."""

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    return note
