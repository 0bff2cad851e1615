"""Commands about sources of courses."""

from __future__ import annotations

import argparse
from typing import Any, cast

from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.catalogue.models import FeedFetch, FeedSource
from synchromesh.catalogue.operations.feed_fetching import fetch_feed_source
from synchromesh.catalogue.operations.feed_looking import look_at_feed
from synchromesh.catalogue.operations.feed_sources import (
    SourceColumns,
    add_feed_source,
    change_feed_source,
    pause_feed_source,
    remove_feed_source,
    resume_feed_source,
    settle_alarm,
)
from synchromesh.catalogue.queries.feed_sources import find_feed_source, list_feed_sources, list_fetches
from synchromesh.engine.errors import InvalidInput
from synchromesh.plumbing.audit import Actor

_FETCHES_SHOWN = 20


def add_source_commands(group: Any, *, add_json: Any) -> None:
    """Attach `feed source ...`."""
    source = group.add_parser("source", help="addresses that are fetched again and again, and series of files")
    commands = source.add_subparsers(dest="source_command", required=True, metavar="COMMAND", parser_class=type(source))
    look = commands.add_parser("look", help="what lies at an address; writes nothing")
    look.add_argument("url", help="address of the feed")
    look.set_defaults(run=source_look)
    add = commands.add_parser("add", help="add an address, or a series of files")
    add.add_argument("name", help="what people call it")
    add.add_argument(
        "--key", default="", help="name of the series of imports that it continues; default: from the name"
    )
    add.set_defaults(run=source_add)
    change = commands.add_parser("change", help="say something else about a source; what is not named stays")
    change.add_argument("source", help="key or uid of the source")
    change.add_argument("--name", help="what people call it")
    change.set_defaults(run=source_change)
    for parser in (add, change):
        _add_columns(parser)
    commands.add_parser("list", help="all sources").set_defaults(run=source_list)
    for name, function, help_text in (
        ("show", source_show, "one source with its last fetches"),
        ("fetch", source_fetch, "fetch it now, and preview or commit what is new"),
        ("pause", source_pause, "fetch nothing by itself until it is resumed"),
        ("resume", source_resume, "fetch by itself again"),
        ("settle", source_settle, "end its alarm"),
        ("remove", source_remove, "forget it; its courses stay"),
    ):
        parser = commands.add_parser(name, help=help_text)
        parser.add_argument("source", help="key or uid of the source")
        if name == "settle":
            words = "the feed is right as it is now, so that this is what is usual from now on"
            parser.add_argument("--is-right", action="store_true", help=words)
        parser.set_defaults(run=function)
    for parser in commands.choices.values():
        add_json(parser)


def _add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="address of the feed; empty for files")
    parser.add_argument("--every-hours", type=int, metavar="HOURS", help="how often to fetch; 0: only when asked")
    parser.add_argument("--provider", metavar="SLUG", help="provider where an entry names none; empty: none")
    parser.add_argument("--language", metavar="CODE", help="language where an entry says none")
    parser.add_argument("--currency", metavar="CODE", help="currency where a price names none")
    parser.add_argument("--origin", choices=("real", "starter", "example"))
    parser.add_argument(
        "--column", action="append", metavar="HEADING=COLUMN", help="what a heading of a table means; may be repeated"
    )
    parser.add_argument("--commit", action=argparse.BooleanOptionalAction, help="commit by itself without an alarm")
    parser.add_argument("--confirm-links", action=argparse.BooleanOptionalAction, help="its skill links are checked")


def source_look(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What lies at an address."""
    look = look_at_feed(by=by, url=arguments.url)
    return {
        "format": look.format,
        "documents": look.documents,
        "courses": look.course_count,
        "is_part": look.is_part,
        "titles": [course.title for course in look.courses],
        "headings": list(look.headings),
        "refusal": look.refusal,
        "problems": [
            {"position": problem.position, "field": problem.field, "message": problem.message}
            for problem in look.problems
        ],
    }


def source_add(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Add a source."""
    return _answer(add_feed_source(by=by, key=arguments.key, **_columns(arguments)))


def source_change(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Change a source."""
    return _answer(change_feed_source(by=by, source=_found(arguments, by), **_columns(arguments)))


def source_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """All sources."""
    del arguments
    return {"sources": [_answer(source) for source in list_feed_sources(visible_to=by)]}


def source_show(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """One source with its last fetches, newest first."""
    source = _found(arguments, by)
    return _answer(source) | {"fetches": [_fetch(one) for one in list_fetches(source, limit=_FETCHES_SHOWN)]}


def source_fetch(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Fetch a source here and now."""
    return _fetch(fetch_feed_source(by=by, source=_found(arguments, by)))


def source_pause(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Pause a source."""
    return _answer(pause_feed_source(by=by, source=_found(arguments, by)))


def source_resume(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Resume a source."""
    return _answer(resume_feed_source(by=by, source=_found(arguments, by)))


def source_settle(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Settle the alarm of a source."""
    return _answer(settle_alarm(by=by, source=_found(arguments, by), is_right_now=arguments.is_right))


def source_remove(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Remove a source."""
    return {"courses_that_stay": remove_feed_source(by=by, source=_found(arguments, by))}


def _found(arguments: argparse.Namespace, by: Actor) -> FeedSource:
    return find_feed_source(arguments.source, visible_to=by)


def _columns(arguments: argparse.Namespace) -> SourceColumns:
    """What the arguments name; what they do not name is left out."""
    plain = ("name", "url", "language", "currency", "origin", "confirm_links")
    stated: dict[str, Any] = {name: getattr(arguments, name) for name in plain}
    stated |= {"commits_by_itself": arguments.commit}
    named = {name: value for name, value in stated.items() if value is not None}
    if arguments.every_hours is not None:
        named["every_hours"] = arguments.every_hours or None
    if arguments.provider is not None:
        named["provider"] = get_organisation(arguments.provider) if arguments.provider else None
    if arguments.column is not None:
        named["columns"] = dict(_pair(text) for text in arguments.column)
    return cast(SourceColumns, named)


def _pair(text: str) -> tuple[str, str]:
    heading, sign, column = text.rpartition("=")
    if not sign:
        raise InvalidInput(f"Write '{text[:60]}' as HEADING=COLUMN.", field="column")
    return heading, column


def _answer(source: FeedSource) -> dict[str, Any]:
    plain = (
        "key", "name", "url", "language", "currency", "columns", "origin", "confirm_links", "commits_by_itself",
        "every_hours", "next_fetch_at", "paused_at", "failures", "alarm", "alarmed_at",
    )  # fmt: skip
    return {
        "source": str(source.uid),
        "provider": source.provider.slug if source.provider else None,
        **{name: getattr(source, name) for name in plain},
    }


def _fetch(fetch: FeedFetch) -> dict[str, Any]:
    return {
        "at": fetch.at,
        "outcome": str(fetch.outcome),
        "batch": str(fetch.batch_uid) if fetch.batch_uid else None,
        "courses": fetch.courses,
        "problems": fetch.problems,
        "message": fetch.message,
    }
