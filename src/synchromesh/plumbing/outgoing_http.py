"""Fetch an address that somebody typed in, without being led into the server's own network.

Only http and https, no user names in addresses, only public machines. The name is looked up once, every address found
is checked, and the connection goes to one of exactly these, so that a name that changes its mind between the check
and the connection gains nothing. Each redirect goes through the same door. Time is limited as a whole, so that a
server that sends one byte a second is cut off; size is counted after unpacking, so that a small archive cannot grow
in memory.

This uses httpcore, the connection layer of httpx, since httpx itself offers no public way to choose the address to
connect to. Proxies from the environment are not used: a proxy would look the name up again.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from synchromesh.engine.errors import ExternalFailure, InvalidInput, SynchromeshError
from synchromesh.plumbing.public_addresses import Network, may_be_reached

MEBIBYTE = 1024 * 1024
LIMIT_BYTES = 5 * MEBIBYTE
TIMEOUT_SECONDS = 20.0
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789.-_:")  # a colon only ever from an IPv6 address
_OWN_HEADERS = {"User-Agent": "Synchromesh", "Accept": "*/*"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: the address it came from in the end, its status, its headers (names in lower case) and its bytes."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class _NotPublicError(SynchromeshError):
    """The name leads to a machine that is not on the public internet."""


class _Deadline:
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
        return ExternalFailure(f"The other server was not done after {self._seconds:g} seconds. Try again later.")


def fetch(
    url: str,
    *,
    limit_bytes: int = LIMIT_BYTES,
    timeout_seconds: float = TIMEOUT_SECONDS,
    headers: Mapping[str, str] | None = None,
    allowed_networks: Sequence[Network] = (),
) -> Fetched:
    """GET `url` and return the answer, whatever its status; up to five redirects are followed.

    `timeout_seconds` is the wall time for everything; only a name look-up that hangs can exceed it, by the limit of
    the system's resolver. `limit_bytes` counts the body as sent and as unpacked. `headers` go to the first origin
    only, since they may hold a key. `allowed_networks` names networks that are not public and may be reached all the
    same, for a server in one's own house.

    Raises InvalidInput for an address that cannot be fetched by rule, ExternalFailure when the other side fails, is too
    slow, sends too much, or leads to an address that is refused.
    """
    deadline = _Deadline(timeout_seconds)
    target = _checked(url)
    first = _origin(target)
    with httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        max_connections=1,
        network_backend=_CheckedBackend(deadline, allowed_networks),
    ) as pool:
        for hop in range(MOST_REDIRECTS + 1):
            sent = _headers(target, headers if _origin(target) == first else None)
            try:
                answer, onward = _one_hop(pool, target, headers=sent, limit_bytes=limit_bytes, deadline=deadline)
            except _NotPublicError as error:
                raise _refusal(error.message, hop=hop) from None
            if answer is not None:
                return answer
            try:
                target = _checked(str(target.join(onward)))
            except (InvalidInput, httpx.InvalidURL) as error:
                raise _refusal(f"{error}", hop=hop + 1) from None
    raise ExternalFailure(f"{url} leads on more than {MOST_REDIRECTS} times. Give the address at the end of the chain.")


def _refusal(message: str, *, hop: int) -> SynchromeshError:
    """The caller's fault at the first address, the other server's after a redirect."""
    if hop == 0:
        return InvalidInput(message, field="url")
    return ExternalFailure(f"The other server leads on to an address that is not fetched. {message}")


def _checked(url: str) -> httpx.URL:
    """Parse an address and hold it against the rules that need no network. Raises InvalidInput."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL:
        raise InvalidInput(
            "This is not a web address. It should look like https://example.org/feed.", field="url"
        ) from None
    if parsed.scheme not in _DEFAULT_PORTS or not parsed.host:
        raise InvalidInput("Give a full address that begins with https:// or http://.", field="url")
    if not _HOST_LETTERS.issuperset(parsed.raw_host):
        raise InvalidInput("The name of the server holds characters that no name has.", field="url")
    if parsed.userinfo:
        raise InvalidInput("Leave the user name and password out of the address.", field="url")
    if (
        parsed.port is not None and not 1024 <= parsed.port <= 65_535
    ):  # httpx drops a port that is the default of the scheme
        raise InvalidInput(
            f"Port {parsed.port} is not a port for web pages. Use the usual one, or one from 1024 to 65535.",
            field="url",
        )
    return parsed


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or _DEFAULT_PORTS[url.scheme]


def _headers(url: httpx.URL, wanted: Mapping[str, str] | None) -> httpx.Headers:
    """Ours, then the caller's, then those that this module relies on."""
    sent = httpx.Headers(_OWN_HEADERS)
    sent.update(wanted)
    sent.update({"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip", "Connection": "close"})
    return sent


def _one_hop(
    pool: httpcore.ConnectionPool, url: httpx.URL, *, headers: httpx.Headers, limit_bytes: int, deadline: _Deadline
) -> tuple[Fetched | None, str]:
    """One request: the answer, or None and the address it leads on to."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    try:
        with pool.stream("GET", target, headers=headers.raw) as response:
            received = httpx.Headers(response.headers)
            onward = received.get("location")
            if response.status in _REDIRECTS and onward is not None:
                return None, onward
            body = _read(response.iter_stream(), headers=received, limit_bytes=limit_bytes, deadline=deadline)
            return Fetched(
                url=str(url.copy_with(fragment=None)), status=response.status, headers=dict(received), body=body
            ), ""
    except httpcore.TimeoutException:
        raise deadline.passed() from None
    except httpcore.ConnectError as error:
        if any(isinstance(cause, ssl.SSLError) for cause in error.args):
            raise ExternalFailure(f"{url.host} has no valid certificate, so its answer cannot be trusted.") from None
        raise ExternalFailure(f"No connection to {url.host} is possible at the moment.") from None
    except (httpcore.NetworkError, httpcore.RemoteProtocolError):
        raise ExternalFailure(f"{url.host} broke off its answer or did not keep to HTTP.") from None
    except httpcore.LocalProtocolError:
        raise InvalidInput("The address or a header holds characters that HTTP does not allow.", field="url") from None


def _read(chunks: Iterable[bytes], *, headers: httpx.Headers, limit_bytes: int, deadline: _Deadline) -> bytes:
    """The unpacked body. Never holds more than the limit and one chunk, whatever the headers announce."""
    too_much = ExternalFailure(f"The answer is larger than {limit_bytes / MEBIBYTE:.3g} MB, which is the limit here.")
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit_bytes:
        raise too_much
    parts: list[bytes] = []
    size = 0
    for part in _unpacked(
        _counted(chunks, limit_bytes=limit_bytes, too_much=too_much), headers.get("content-encoding", "")
    ):
        deadline.left()
        size += len(part)
        if size > limit_bytes:
            raise too_much
        parts.append(part)
    return b"".join(parts)


def _counted(chunks: Iterable[bytes], *, limit_bytes: int, too_much: ExternalFailure) -> Iterator[bytes]:
    """Pass the bytes on as they were sent, up to the limit."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit_bytes:
            raise too_much
        yield chunk


def _unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Undo gzip in small steps; raises ExternalFailure for any other packing and for a damaged one."""
    if encoding.strip().lower() in {"", "identity"}:
        yield from chunks
        return
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        raise ExternalFailure("The other server packed its answer in a way that was not asked for.")
    unpacker = zlib.decompressobj(wbits=31)
    started = False
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                if unpacker.eof:  # a gzip file may have several members
                    unpacker = zlib.decompressobj(wbits=31)
                started = True
                yield unpacker.decompress(waiting, 65_536)
                waiting = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error:
        raise ExternalFailure("The other server sent a damaged gzip answer.") from None
    if started and not unpacker.eof:
        raise ExternalFailure("The other server broke off in the middle of a gzip answer.")


def look_up(host: str, port: int) -> list[str]:
    """Every address of a name, in the order in which the system would try them. Raises ExternalFailure."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ExternalFailure(f"There is no server called {host}. Check the spelling of the address.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only; there is no other way out of the pool."""

    def __init__(self, deadline: _Deadline, allowed: Sequence[Network]) -> None:
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
            raise _NotPublicError(f"{host} is not a public address, and only public ones are fetched.")
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
        raise _NotPublicError("Only web addresses are fetched.")


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every step gets the time that is left for the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
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
