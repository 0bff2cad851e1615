"""Addresses of pages in one spelling, so that two links to the same page are seen as one.

Only what cannot matter to the reader is changed. Source of the parts: RFC 3986, section 6 (normalisation); the names
of parameters that only count visits are those that their makers document (Google, Meta, Microsoft, Matomo, HubSpot,
Mailchimp, Adobe).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from synchromesh.engine.vocabulary.languages import ISO_639_1

_COUNTING = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "gclsrc", "igshid",
    "jsessionid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "phpsessid", "wbraid", "yclid",
})  # fmt: skip
_COUNTING_BEGINNINGS = ("utm_", "mtm_", "matomo_", "pk_", "hsa_")
_LANGUAGE = re.compile(
    rf"(?i)/(?:{'|'.join(sorted(ISO_639_1))})(?:[-_][a-z]{{2}})?(?=/)|(?<=[?&])(?:lang|language|l)=[a-z_-]+"
)
_LONGEST = 2000  # characters; longer ones are no address that a reader could use
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """`site` is the host without "www."; `page` is what follows in one spelling, "" for the front page.

    `neutral` is the page without a part that names its language ("/de/kurse/7" and "/en/kurse/7" are one page in two
    languages), "" where no part does or nothing else is left.
    """

    site: str
    page: str
    neutral: str


NO_ADDRESS = PageAddress(site="", page="", neutral="")


def read_address(text: str) -> PageAddress:
    """Take an address apart; what is none gives `NO_ADDRESS`.

    Lower-case host, no scheme, no counting parameters, the others in order, no slash at the end, no fragment. A
    fragment that begins with "/" or "!" is kept: some sites put the page there.
    """
    try:
        parts = urlsplit(text.strip()[:_LONGEST])
        host, port = (parts.hostname or "").removeprefix("www.").rstrip("."), parts.port
    except ValueError:
        return NO_ADDRESS
    if not host:
        return NO_ADDRESS
    site = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    page = _path(parts.path) + _query(parts.query) + _route(parts.fragment)
    return PageAddress(site=site, page=page, neutral=_neutral(page))


def _neutral(page: str) -> str:
    left = _LANGUAGE.sub("", page)
    return left if left != page and any(map(str.isalnum, left)) else ""


def _path(path: str) -> str:
    plain = unquote(path).split(";jsessionid", 1)[0]
    return plain.rstrip("/")


def _query(query: str) -> str:
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower() not in _COUNTING and not name.lower().startswith(_COUNTING_BEGINNINGS)
    )
    return "?" + "&".join(f"{name}={value}" for name, value in kept) if kept else ""


def _route(fragment: str) -> str:
    return f"#{fragment}" if fragment.startswith(("/", "!")) else ""
