"""Connections to checked addresses only, each step of them within one time limit: the door of `outgoing_http`.

The name is looked up once, every address found is checked, and the connection goes to one of exactly these, so that a
name that changes its mind between the check and the connection gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from synchromesh.engine.errors import ExternalFailure, SynchromeshError
from synchromesh.plumbing.public_addresses import Network, may_be_reached


class NotPublicError(SynchromeshError):
    """The name leads to a machine that is not on the public internet."""


class Deadline:
    """The time that is left for everything together."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def left(self) -> float:
        """Seconds left; raises ExternalFailure when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> ExternalFailure:
        """The error of an answer that came too late."""
        return ExternalFailure(f"The other server was not done after {self._seconds:g} seconds. Try again later.")

    def without(self, pause: Callable[[], None]) -> None:
        """Do something, such as waiting out of courtesy, whose time does not count."""
        began = time.monotonic()
        pause()
        self._end += time.monotonic() - began


def look_up(host: str, port: int) -> list[str]:
    """Every address of a name, in the order in which the system would try them. Raises ExternalFailure."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ExternalFailure(f"There is no server called {host}. Check the spelling of the address.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only; there is no other way out of the pool."""

    def __init__(self, deadline: Deadline, allowed: Sequence[Network]) -> None:
        self._deadline = deadline
        self._allowed = allowed
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, check every address, then connect to the first that answers."""
        addresses = look_up(host.strip("[]"), port)
        if not addresses or not all(may_be_reached(address, allowed=self._allowed) for address in addresses):
            # The addresses are not named: what a name means inside the house is nobody else's business.
            raise NotPublicError(f"{host} is not a public address, and only public ones are fetched.")
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._system.connect_tcp(address, port, timeout=self._deadline.left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a file on this machine is no web address."""
        raise NotPublicError("Only web addresses are fetched.")


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every step gets the time that is left for the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The certificate is checked against the name, although the connection went to an address."""
        stream = self._stream.start_tls(ssl_context, server_hostname=server_hostname, timeout=self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
