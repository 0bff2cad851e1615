"""What each kind of request of a learner costs.

Run as `scripts/with-postgres .venv/bin/python -m benchmarks.learning.costs`. Some learners go
through the course one request after the other, in one process and without a network. Prints, for each kind of request
and method, the processor time of the server and of the database, and the number of queries. Times are those of the
processor, so that they say something on a machine that others use too; repeat them all the same.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from benchmarks.learning import learner
from benchmarks.learning.learner import Learner, Seen
from benchmarks.pages.serving import fill_folder

LEARNERS = 16
UNCOUNTED_STEPS = 4  # of each learner: what a process prepares once is done by then
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def main(given: Sequence[str]) -> int:
    """Fill a site, go through its course, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning.costs", description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=20, help="requests of each learner that are counted")
    arguments = parser.parse_args(given)
    database = os.environ.get("SYNCHROMESH_DATABASE_URL", "")
    if not database.startswith("postgres"):
        print("Skipped: start it with scripts/with-postgres, which names a throw-away PostgreSQL.")
        return 0
    with tempfile.TemporaryDirectory(prefix="synchromesh-costs-") as folder:
        settings = {"SYNCHROMESH_DATABASE_URL": database, "BENCHMARK_LEARNERS": str(LEARNERS)}
        filled = json.loads(fill_folder(Path(folder), content="benchmarks.learning.content", settings=settings))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "synchromesh.config.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the learners wait for each other, so that nothing runs beside
            "SYNCHROMESH_DATA_DIR": folder,
            "SYNCHROMESH_LOG_LEVEL": "ERROR",
        }
        from synchromesh.config.wsgi import application

        _print(asyncio.run(_walk(application, filled, steps=arguments.steps)))
    return 0


@dataclass(slots=True)
class Cost:
    """What the requests of one kind used together: seconds of the processor, and queries."""

    requests: int = 0
    server: float = 0.0
    database: float = 0.0
    queries: int = 0


class InProcess(httpx.AsyncBaseTransport):
    """Hands requests to the application in this process, and notes what each of them costs."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._queries = 0
        self.costs: dict[str, Cost] = {}
        self.kind = ""

    def count(self, execute: Callable[..., Any], *given: Any) -> Any:
        """Ask the database, and count it (`connection.execute_wrapper`)."""
        self._queries += 1
        return execute(*given)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        environ, said = _environ(request, await request.aread()), dict[str, Any]()

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            said.update(status_code=int(status[:3]), headers=headers)

        cost = self.costs.setdefault(f"{self.kind} {request.method}", Cost())
        queries, database, server = self._queries, _database_seconds(), time.process_time()
        answer = self._application(environ, start)
        content = b"".join(answer)
        answer.close()
        cost.server += time.process_time() - server
        cost.database += _database_seconds() - database
        cost.queries += self._queries - queries
        cost.requests += 1
        return httpx.Response(content=content, **said)


class Walker(Learner):
    """A learner who does not think, and says which kind of request comes."""

    transport: InProcess

    async def step(self, page: httpx.Response | None) -> httpx.Response:
        """The next request."""
        return await (self._open(self._chance.choice(self._units)["key"]) if page is None else self._go_on(page))

    async def _ask(
        self, kind: str, method: str, address: str, form: Mapping[str, Any] | None = None, **headers: str
    ) -> httpx.Response:
        self.transport.kind = kind
        return await super()._ask(kind, method, address, form, **headers)


async def _walk(application: Application, filled: dict[str, Any], *, steps: int) -> dict[str, Cost]:
    from django.db import connection

    learner.THINK = (0.0, 0.0)
    transport = InProcess(application)
    walkers: list[Walker] = []
    for number, key in enumerate(filled["sessions"]):
        client = httpx.AsyncClient(
            transport=transport, base_url="http://localhost", cookies={"sessionid": key}, follow_redirects=True
        )
        walkers.append(Walker(client, filled["course"], filled["units"], seed=number, until=0, seen=Seen()))
        walkers[-1].transport = transport
    pages: list[httpx.Response | None] = [None] * len(walkers)
    with connection.execute_wrapper(transport.count):
        for step in range(steps + UNCOUNTED_STEPS):
            if step == UNCOUNTED_STEPS:
                transport.costs.clear()
            for place, walker in enumerate(walkers):
                pages[place] = await walker.step(pages[place])
    return transport.costs


def _environ(request: httpx.Request, content: bytes) -> dict[str, Any]:
    named = {name.upper().replace("-", "_"): value for name, value in request.headers.items()}
    return {f"HTTP_{name}": value for name, value in named.items()} | {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.url.path,
        "QUERY_STRING": request.url.query.decode(),
        "CONTENT_TYPE": named.get("CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(content)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }


def _database_seconds() -> float:
    """Processor time of the connection's process in the database (`/proc/PID/schedstat`, billionths)."""
    from django.db import connection

    if connection.connection is None:
        return 0.0
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _print(costs: Mapping[str, Cost]) -> None:
    print(f"{'request':16}{'number':>8}{'server ms':>12}{'database ms':>13}{'queries':>9}")
    for kind, cost in sorted(costs.items()):
        each = 1000 / cost.requests
        print(
            f"{kind:16}{cost.requests:8}{cost.server * each:12.1f}{cost.database * each:13.1f}"
            f"{cost.queries / cost.requests:9.1f}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
