"""How an address that is read is offered: its answers, its problems, its name and examples that work as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from ninja import Router
from pydantic import BaseModel

from synchromesh.api.problems import Problem

READ_PROBLEMS = (404, 406, 422, 429)
REQUESTS = "x-requests"
"""The field of an operation that holds its examples as whole requests; OpenAPI has a place for single values only."""

View = TypeVar("View", bound=Callable[..., Any])


class Example:
    """One request: what it shows, the values in its path and those behind the question mark."""

    def __init__(self, summary: str, *, path: Mapping[str, str] | None = None, **query: str | int | Sequence[str]):
        self.summary = summary
        self.path = dict(path or {})
        self.query = query

    def address(self, template: str) -> str:
        """The address with the values put in."""
        filled = template
        for name, value in self.path.items():
            filled = filled.replace(f"{{{name}}}", quote(value, safe=""))
        return f"{filled}?{urlencode(self.query, doseq=True)}" if self.query else filled


def offer(
    router: Router,
    path: str,
    *,
    answer: type[BaseModel],
    name: str,
    summary: str,
    description: str,
    examples: Sequence[Example],
    moved: bool = False,
    also: Mapping[str, Any] | None = None,
) -> Callable[[View], View]:
    """Let the router answer GET at `path`; `moved` where a record may have been merged into another one, `also` for
    what else the OpenAPI document says of it.

    `name` is both the operation's name in the OpenAPI document and that of its address.
    """
    template = f"/api/v1{path}"
    requests = [{"summary": example.summary, "address": example.address(template)} for example in examples]
    responses: dict[Any, Any] = {200: answer, READ_PROBLEMS: Problem}
    if moved:
        responses[308] = None
    register: Callable[[View], View] = router.get(
        path,
        response=responses,
        operation_id=name,
        url_name=name,
        summary=summary,
        description=description,
        openapi_extra={REQUESTS: requests, **(also or {})},
    )
    return register
