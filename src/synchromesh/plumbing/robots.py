"""What a site asks of programs in its robots.txt (RFC 9309, https://www.rfc-editor.org/rfc/rfc9309).

Read here and not with `urllib.robotparser`, which takes the first rule that fits instead of the longest, knows no `*`
inside a path, and answers differently between Python versions: it would read pages that a site closes with
`Disallow: /*?`. A `Crawl-delay` is no part of the standard; many sites state one, and it is kept.
"""

from __future__ import annotations

import hashlib
import math
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.core.cache import cache

from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing.outgoing_http import fetch, origin_of
from synchromesh.plumbing.public_addresses import Network

AGENT = "synchromesh"  # the product's name as sites write it, in lower case
REMEMBERED_SECONDS = 24 * 3600  # RFC 9309, section 2.4
LIMIT_BYTES = 500 * 1024  # RFC 9309, section 2.5: at least this much is read
_TOKEN = re.compile(r"[a-z_*-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")  # RFC 3986, section 2.3
_ASCII = string.punctuation
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules for us: (allowed, path pattern) in the order of the file, and the seconds between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    crawl_delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether the address may be read: of the rules that fit, the longest decides, of equal ones the kind one."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def find_rules(url: str, *, timeout_seconds: float = 20.0, allowed_networks: Sequence[Network] = ()) -> RobotsRules:
    """The rules of the site of an address, remembered for a day.

    A site without a robots.txt (any status from 400 to 499) allows everything. Raises ExternalFailure where the site
    cannot say at the moment (a status from 500, "too many requests", no answer): then nothing of it is read. Raises
    InvalidInput for an address that cannot be fetched by rule.
    """
    origin = origin_of(url)
    key = f"robots:{hashlib.sha256(origin.encode()).hexdigest()}"
    known = cache.get(key)
    if isinstance(known, RobotsRules):
        return known
    answer = fetch(
        f"{origin}/robots.txt",
        limit_bytes=LIMIT_BYTES,
        timeout_seconds=timeout_seconds,
        allowed_networks=allowed_networks,
    )
    if answer.status >= 500 or answer.status == _TOO_MANY_REQUESTS or answer.status < 200:
        raise ExternalFailure(
            f"{urlsplit(origin).hostname} cannot say at the moment what programs may read: its robots.txt answered "
            f"{answer.status}. It is tried again later."
        )
    text = answer.body.decode("utf-8", errors="replace") if answer.status < 300 else ""
    found = parse_robots(text)
    cache.set(key, found, timeout=REMEMBERED_SECONDS)
    return found


def parse_robots(text: str, *, agent: str = AGENT) -> RobotsRules:
    """Read the groups that name `agent`, else those for everybody. Lines that say nothing known are passed over."""
    groups = list(_groups(text))
    chosen = [lines for agents, lines in groups if agent in agents] or [
        lines for agents, lines in groups if "*" in agents
    ]
    rules: list[tuple[bool, str]] = []
    delay = 0.0
    for name, value in (line for lines in chosen for line in lines):
        if name == "crawl-delay":
            delay = max(delay, _seconds(value))
        elif value:  # an empty rule closes nothing
            rules.append((name == "allow", _normal(value)))
    return RobotsRules(rules=tuple(rules), crawl_delay=delay)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """The groups of a file: the agents named, and the lines for them."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for raw in text.removeprefix("\ufeff").splitlines():
        name, colon, value = raw.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            token = _TOKEN.match(value.lower())
            agents.add(token.group() if token else "")
        elif name in {"allow", "disallow", "crawl-delay"} and agents:
            lines.append((name, value))
    if agents:
        yield agents, lines


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _normal(path: str) -> str:
    """A path in the spelling in which paths are compared (RFC 9309, section 2.2.2): only what needs it is escaped."""
    return _ESCAPE.sub(_kept, quote(path, safe=_ASCII))


def _kept(escape: re.Match[str]) -> str:
    letter = chr(int(escape.group(1), 16))
    return letter if letter in _UNRESERVED else escape.group().upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits the beginning of a path: `*` is any text, a final `$` the end. Linear in its pieces."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, piece in enumerate(others):
        if anchored and number == len(others) - 1:
            return len(path) - len(piece) >= place and path.endswith(piece)
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return not anchored or place == len(path)
