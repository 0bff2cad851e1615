"""Fetch an address that somebody typed in, without being led into the server's own network.

Only http and https, no user names in addresses, only public machines (`checked_connections`). Each redirect goes
through the same door. Time is limited as a whole, so that a server that sends one byte a second is cut off; size is
counted after unpacking, so that a small archive cannot grow in memory.

This uses httpcore, the connection layer of httpx, since httpx itself offers no public way to choose the address to
connect to. Proxies from the environment are not used: a proxy would look the name up again.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import httpcore
import httpx
from django.conf import settings

from synchromesh.engine.errors import ExternalFailure, InvalidInput, SynchromeshError
from synchromesh.plumbing.checked_connections import CheckedBackend, Deadline, NotPublicError
from synchromesh.plumbing.gzip_streams import too_large, unpacked
from synchromesh.plumbing.public_addresses import Network

MEBIBYTE = 1024 * 1024
LIMIT_BYTES = 5 * MEBIBYTE
TIMEOUT_SECONDS = 20.0
MOST_REDIRECTS = 5
WHOLE = frozenset({200, 203})  # the statuses whose body is what was asked for (RFC 9110, section 15.3)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789.-_:")  # a colon only ever from an IPv6 address


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """An answer: the address it came from in the end, its status, its headers (names in lower case), its size in bytes.

    The size is that of the body as it was unpacked and written, 0 where the status is none of `WHOLE`.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer with its bytes; the rest as in `FetchedFile`, but with the body of any status."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How an address is fetched.

    `timeout_seconds` is the wall time for everything; only a name look-up that hangs can exceed it, by the limit of the
    system's resolver. `limit_bytes` counts the body as sent and as unpacked. `headers` go to the first origin only,
    since they may hold a key. `allowed_networks` names networks that are not public and may be reached all the same,
    for a server in one's own house. `before_each` is called with each address before it is asked, those of redirects
    too; it may wait, which does not count, or raise. `ssl_context` saves making one for each of many fetches.
    """

    limit_bytes: int = LIMIT_BYTES
    timeout_seconds: float = TIMEOUT_SECONDS
    headers: Mapping[str, str] = field(default_factory=dict)
    allowed_networks: Sequence[Network] = ()
    before_each: Callable[[str], None] | None = None
    ssl_context: ssl.SSLContext | None = None


def user_agent() -> str:
    """How the product introduces itself: its name, and where to complain."""
    return f"Synchromesh (+{settings.SITE_ADDRESS}; {settings.CONTACT_EMAIL})"


def fetch(
    url: str,
    *,
    limit_bytes: int = LIMIT_BYTES,
    timeout_seconds: float = TIMEOUT_SECONDS,
    headers: Mapping[str, str] | None = None,
    allowed_networks: Sequence[Network] = (),
) -> Fetched:
    """GET `url` and return the answer, whatever its status; up to five redirects are followed. For the rest: `Terms`.

    Raises InvalidInput for an address that cannot be fetched by rule, ExternalFailure when the other side fails, is too
    slow, sends too much, or leads to an address that is refused.
    """
    terms = Terms(
        limit_bytes=limit_bytes,
        timeout_seconds=timeout_seconds,
        headers=headers or {},
        allowed_networks=allowed_networks,
    )
    parts: list[bytes] = []
    answer = _fetched(url, terms, lambda status: parts.append)
    return Fetched(url=answer.url, status=answer.status, headers=answer.headers, body=b"".join(parts))


def fetch_to_file(url: str, file: BinaryIO, *, terms: Terms) -> FetchedFile:
    """GET `url` as `fetch` does and write the body to `file`, whatever its size, with the memory of one chunk.

    Only the body of a whole answer (200, 203) is read and written: of a failure, or "not changed" (304), the status and
    the headers say everything. Raises as `fetch`; the file is then as long as it was before.
    """
    start = file.tell()
    try:
        return _fetched(url, terms, lambda status: file.write if status in WHOLE else None)
    except BaseException:
        file.seek(start)
        file.truncate()
        raise


def ask_status(url: str, *, terms: Terms) -> FetchedFile:
    """GET `url` and read the status and the headers only: what matters is whether something is there.

    Many servers refuse HEAD, which would be the proper question, or answer it wrongly. Raises as `fetch`.
    """
    return _fetched(url, terms, lambda status: None)


_Sink = Callable[[bytes], object]
_SinkFor = Callable[[int], _Sink | None]  # where the body goes, by the status of the answer; None: nowhere


def _fetched(url: str, terms: Terms, sink_for: _SinkFor) -> FetchedFile:
    deadline = Deadline(terms.timeout_seconds)
    target = _checked(url)
    first = _origin(target)
    with httpcore.ConnectionPool(
        ssl_context=terms.ssl_context or httpx.create_ssl_context(),
        max_connections=1,
        network_backend=CheckedBackend(deadline, terms.allowed_networks),
    ) as pool:
        for hop in range(MOST_REDIRECTS + 1):
            _ask_before(target, terms, deadline)
            sent = _headers(target, terms.headers if _origin(target) == first else None)
            try:
                answer, onward = _one_hop(pool, target, sent, sink_for, limit=terms.limit_bytes, deadline=deadline)
            except NotPublicError as error:
                raise _refusal(error.message, hop=hop) from None
            if answer is not None:
                return answer
            try:
                target = _checked(str(target.join(onward)))
            except (InvalidInput, httpx.InvalidURL) as error:
                raise _refusal(f"{error}", hop=hop + 1) from None
    raise ExternalFailure(f"{url} leads on more than {MOST_REDIRECTS} times. Give the address at the end of the chain.")


def _ask_before(target: httpx.URL, terms: Terms, deadline: Deadline) -> None:
    ask = terms.before_each
    if ask is not None:
        deadline.without(lambda: ask(str(target.copy_with(fragment=None))))


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


def check_address(url: str) -> str:
    """The address as it will be asked for, held against the rules that need no network. Raises InvalidInput."""
    return str(_checked(url).copy_with(fragment=None))


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or _DEFAULT_PORTS[url.scheme]


def origin_of(url: str) -> str:
    """Scheme, server and port of an address, as one text. Raises InvalidInput for an address that is not fetched."""
    scheme, host, port = _origin(_checked(url))
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _headers(url: httpx.URL, wanted: Mapping[str, str] | None) -> httpx.Headers:
    """Ours, then the caller's, then those that this module relies on."""
    sent = httpx.Headers({"User-Agent": user_agent(), "Accept": "*/*"})
    sent.update(wanted)
    sent.update({"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip", "Connection": "close"})
    return sent


def _one_hop(
    pool: httpcore.ConnectionPool,
    url: httpx.URL,
    headers: httpx.Headers,
    sink_for: _SinkFor,
    *,
    limit: int,
    deadline: Deadline,
) -> tuple[FetchedFile | None, str]:
    """One request: the answer, or None and the address it leads on to."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    try:
        with pool.stream("GET", target, headers=headers.raw) as response:
            received = httpx.Headers(response.headers)
            onward = received.get("location")
            if response.status in _REDIRECTS and onward is not None:
                return None, onward
            sink = sink_for(response.status)
            size = _pass_on(response.iter_stream(), received, sink, limit=limit, deadline=deadline) if sink else 0
            return FetchedFile(
                url=str(url.copy_with(fragment=None)), status=response.status, headers=dict(received), size=size
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


def _pass_on(chunks: Iterable[bytes], headers: httpx.Headers, sink: _Sink, *, limit: int, deadline: Deadline) -> int:
    """Hand the unpacked body to the sink. Never holds more than one chunk, whatever the headers announce."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise too_large(limit)
    size = 0
    for part in _plain(_counted(chunks, limit), headers.get("content-encoding", "")):
        deadline.left()
        size += len(part)
        if size > limit:
            raise too_large(limit)
        sink(part)
    return size


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Pass the bytes on as they were sent, up to the limit."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        yield chunk


def _plain(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body without its packing. Raises ExternalFailure for any packing but gzip, and for a damaged one."""
    if encoding.strip().lower() in {"", "identity"}:
        return chunks
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        raise ExternalFailure("The other server packed its answer in a way that was not asked for.")
    return unpacked(chunks)
