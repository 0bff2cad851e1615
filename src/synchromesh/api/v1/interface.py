"""Version 1 as one interface: its areas, its errors and what each of its addresses takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ninja import NinjaAPI

from synchromesh.api.problems import add_exception_handlers
from synchromesh.api.v1 import (
    courses,
    esco,
    events,
    fields,
    groups,
    lessons,
    matching,
    news,
    organisations,
    passports,
    practices,
    projects,
    regions,
    roles,
    runs,
    search,
    skills,
    verification,
    versions,
    wanted,
)

DESCRIPTION = """JSON for programs. No account, no key and no cookie is needed; other websites may call it from the
browser, without credentials. Everything that is published here can be read, and nothing can be changed. What stands
here keeps its form within version 1; new fields may be added to answers.

Records have a uid that never changes. Texts are maps by language: all languages come at once, and the header
Accept-Language changes nothing. What is not known is null, never 0 and never an empty text. Prices are whole cents with
a currency. Records and the links between them say where they come from.

Lists come in portions of `limit` (1 to 100, 20 where nothing is said). `next` is the address of the next portion, also
in the header Link; null means that this was the last. Several values of one parameter (`language=en&language=de`) are
alternatives; different parameters add up. A parameter that an address does not have is refused.

Every answer has an ETag. Send it back in If-None-Match, and you get 304 without a body while nothing has changed. HEAD
works wherever GET does. A request costs one unit of your allowance; RateLimit-Limit, RateLimit-Remaining and
RateLimit-Reset say how many units a minute you have, how many are left, and in how many seconds all are there again.

Errors are problem details (RFC 9457): `code` is a word for programs, `detail` a sentence for people, and `errors` names
each wrong parameter or place in the body."""

interface = NinjaAPI(
    title="Synchromesh",
    version="1.3.0",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    openapi_url=None,  # served by `documentation`, which also takes care of methods
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
AREAS = (
    roles,
    skills,
    fields,
    versions,
    courses,
    runs,
    wanted,
    organisations,
    groups,
    regions,
    projects,
    practices,
    lessons,
    events,
    news,
    search,
    esco,
    matching,
    verification,
    passports,
)
for area in AREAS:
    interface.add_router("", area.router)
add_exception_handlers(interface)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an address takes: methods, and the names behind the question mark; `lists` may come several times."""

    methods: tuple[str, ...]
    parameters: frozenset[str]
    lists: frozenset[str]


@cache
def schema_text() -> str:
    """What ninja derives from the types, as JSON. It takes a while and never changes while a process runs."""
    return json.dumps(interface.get_openapi_schema())


@cache
def taken_by_name() -> Mapping[str, Taken]:
    """What each address of the interface takes, by the name of the address."""
    return {
        operation["operationId"]: Taken(
            methods=(method.upper(), "HEAD") if method == "get" else (method.upper(),),
            parameters=frozenset(parameter["name"] for parameter in _query(operation)),
            lists=frozenset(p["name"] for p in _query(operation) if p["schema"].get("type") == "array"),
        )
        for methods in json.loads(schema_text())["paths"].values()
        for method, operation in methods.items()
    }


def _query(operation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (parameter for parameter in operation["parameters"] if parameter["in"] == "query")
