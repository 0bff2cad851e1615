"""A provider's server on this machine, and a visit to it that waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network

from tests.plumbing.local_server import Handler, Server, running

from synchromesh.plumbing.polite_fetching import Clock, PoliteVisit

HERE = (IPv4Network("127.0.0.1/32"),)


class Watch:
    """A clock that stands still but for waiting."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.waited.append(seconds)
        self.at += seconds

    def visit(self, seconds: float = 7200.0) -> PoliteVisit:
        """A visit on this clock that may reach this machine."""
        clock = Clock(now=lambda: self.at, sleep=self.sleep)
        return PoliteVisit(seconds=seconds, allowed_networks=HERE, clock=clock)


class Provider:
    """What the server answers, by path; what is not named is not there."""

    def __init__(self, server: Server) -> None:
        self.server, self.address = server, server.address
        self.say("/robots.txt", b"", status=404)

    def say(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer a path from now on; returns its address."""
        self.server.behaviours[path] = lambda h: h.answer(status, body, **headers)
        return f"{self.address}{path}"

    def say_if_changed(self, path: str, body: bytes, etag: str) -> str:
        """Answer 304 to whoever has this version already."""

        def answer(h: Handler) -> None:
            if h.headers.get("If-None-Match") == etag:
                h.answer(304, ETag=etag)
            else:
                h.answer(200, body, ETag=etag)

        self.server.behaviours[path] = answer
        return f"{self.address}{path}"

    def say_in_turn(self, path: str, *answers: tuple[int, bytes]) -> str:
        """Answer one after the other, the last one again and again."""
        waiting = list(answers)

        def answer(h: Handler) -> None:
            status, body = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            h.answer(status, body)

        self.server.behaviours[path] = answer
        return f"{self.address}{path}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt aside."""
        return [path for path, _ in self.server.seen if path != "/robots.txt"]


@contextmanager
def a_provider_server() -> Iterator[Provider]:
    """Start it and stop it."""
    with running(Server()) as server:
        yield Provider(server)
