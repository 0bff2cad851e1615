"""Measure learning under load; run as `scripts/with-postgres .venv/bin/python -m benchmarks.learning`.

300 learners with ten seconds of thinking read, answer and save for some minutes, on a site of its own with three server
processes; in the middle one of them is killed (`--without-kill` leaves all). Prints the 95th percentile over the limit
and the number of acknowledged saves that are lost, and what a request takes of the processors. The learners
run on the same cores as the server, so that the figures are high rather than low. The throw-away database does not wait
for the disk (fsync is off). What each kind of request costs: `benchmarks.learning.costs`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import httpx
from benchmarks.learning.content import LEARNERS
from benchmarks.learning.learner import Learner, Seen
from benchmarks.learning.processor import database_pid, processor_seconds
from benchmarks.pages.serving import Site, running_site

LIMIT_MS = 300.0
PROCESSES = 3  # one more than there are cores, so that the work goes on while a killed one starts anew
THREADS = 2  # with more, threads of one process take the processor from each other, and every page waits for all
AS_A_BROWSER = httpx.Limits(keepalive_expiry=60.0)  # seconds for which an idle connection is kept


def main(given: Sequence[str]) -> int:
    """Fill the site, let them learn, kill a process, compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--without-kill", action="store_true", help="leave all processes alive")
    arguments = parser.parse_args(given)
    database = os.environ.get("SYNCHROMESH_DATABASE_URL", "")
    if not database.startswith("postgres"):
        print("Skipped: start it with scripts/with-postgres, which names a throw-away PostgreSQL.")
        return 0
    settings = {
        "SYNCHROMESH_DATABASE_URL": database,
        "GRANIAN_WORKERS": str(PROCESSES),
        "GRANIAN_RESPAWN_FAILED_WORKERS": "true",
        "GRANIAN_RESPAWN_INTERVAL": "0.5",
    }
    with running_site(content="benchmarks.learning.content", settings=settings, threads=THREADS) as site:
        filled = json.loads(site.printed)
        kills = not arguments.without_kill
        used = _processor_seconds(database)
        seen = asyncio.run(_learn(site, filled, seconds=arguments.seconds, kills=kills))
        used = {who: seconds - used[who] for who, seconds in _processor_seconds(database).items()}
        stored = json.loads(site.run_module("benchmarks.learning.content", "saved"))
        _print(seen, stored, seconds=arguments.seconds)
        _print_processor(used, sum(map(len, seen.seconds.values())), seconds=arguments.seconds)
    return 0


async def _learn(site: Site, filled: dict[str, Any], *, seconds: float, kills: bool) -> Seen:
    seen = Seen()
    until = time.monotonic() + seconds
    certificates = ssl.create_default_context()  # once: reading them for each learner would take longer than learning
    clients = [
        httpx.AsyncClient(
            base_url=site.address,
            cookies={"sessionid": key},
            follow_redirects=True,
            timeout=30,
            limits=AS_A_BROWSER,
            verify=certificates,
        )
        for key in filled["sessions"]
    ]
    learners = [
        Learner(client, filled["course"], filled["units"], seed=number, until=until, seen=seen)
        for number, client in enumerate(clients)
    ]
    killer = asyncio.create_task(_kill_one(seconds / 2)) if kills else None
    await asyncio.gather(*(learner.learn() for learner in learners))
    if killer is not None:
        await killer
    for client in clients:
        await client.aclose()
    return seen


async def _kill_one(after: float) -> None:
    """Kill one process of the server, without a word."""
    await asyncio.sleep(after)
    found = subprocess.run(["pgrep", "-P", str(_server())], capture_output=True, text=True, check=True)  # noqa: S603, S607
    os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def _server() -> int:
    """The server that this process started."""
    found = subprocess.run(  # noqa: S603
        ["pgrep", "-P", str(os.getpid()), "-f", "granian"],  # noqa: S607
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(found.stdout.split()[0])


def _processor_seconds(database: str) -> dict[str, float]:
    """What the server, the database and the learners used so far."""
    server, stored = processor_seconds(_server()), processor_seconds(database_pid(database))
    return {"server": server, "database": stored, "learners": time.process_time()}


def _print(seen: Seen, stored: dict[str, dict[str, list[Any]]], *, seconds: float) -> None:
    total = sum(map(len, seen.seconds.values()))
    print(f"{LEARNERS} learners, {seconds:.0f} s, {total} requests ({total / seconds:.1f} a second)")
    for kind, values in sorted(seen.seconds.items()):
        cut = _p95(values)
        print(f"  {kind}: {len(values)}, p50 {statistics.median(values) * 1000:.0f} ms, p95 {cut:.0f} ms")
    every = [value for values in seen.seconds.values() for value in values]
    cut = _p95(every)
    lost = [place for place, number in seen.saved.items() if stored.get(place[0], {}).get(place[1], [0])[0] < number]
    print(f"  no answer, tried again: {len(seen.failed)} {sorted(set(seen.failed))[:4]}")
    print(f"  saves refused: {len(seen.refused)} {sorted(set(seen.refused))[:4]}")
    print(f"learning.load p95 = {cut:.0f} ms = {cut / LIMIT_MS:.2f} of the limit ({LIMIT_MS:.0f} ms)")
    print(f"learning.load saves acknowledged {seen.acknowledged}, lost {len(lost)}")


def _print_processor(used: dict[str, float], requests: int, *, seconds: float) -> None:
    """On a machine that others use too, this says more than the times: it grows less with what the others do."""
    each = ", ".join(f"{who} {value / max(requests, 1) * 1000:.1f} ms" for who, value in used.items())
    total = sum(used.values())
    print(f"learning.load processor time of a request: {each}, together {total / max(requests, 1) * 1000:.1f} ms")
    print(f"learning.load cores in use: {total / seconds:.2f} of {os.cpu_count()}")


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)] * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
