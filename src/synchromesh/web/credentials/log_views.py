"""The transparency log: as JSON for programs that audit it, and as a page for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from synchromesh.credentials.models import LogEntry
from synchromesh.credentials.queries import log
from synchromesh.credentials.queries.keys import log_did
from synchromesh.engine.credential_formats.log_entries import LoggedChange, read_entry
from synchromesh.engine.credential_formats.transparency import is_included
from synchromesh.engine.errors import InvalidInput, NotFound, SynchromeshError
from synchromesh.web.credentials.published import publish_json, refuse

NEWEST_SHOWN = 20
_LARGEST_NUMBER = 2**53  # what every reader of JSON holds exactly
_View = Callable[[HttpRequest], Mapping[str, Any]]


def _published(seconds: int) -> Callable[[_View], Callable[[HttpRequest], HttpResponse]]:
    """Answer with what the view returns, as JSON; an expected error as problem details."""

    def decorate(view: _View) -> Callable[[HttpRequest], HttpResponse]:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            try:
                return publish_json(request, view(request), seconds=seconds)
            except SynchromeshError as error:
                return refuse(error)

        return answer

    return decorate


@_published(60)
def head(request: HttpRequest) -> Mapping[str, Any]:
    """Where the log ends: the newest signed head, and where the rest is."""
    newest = log.find_newest_head()
    return {
        "log": _address("log-head"),
        "hashing": "RFC 9162, section 2.1, with SHA-256",
        "key": log_did(),
        "size": log.find_size(),
        "head": newest.signed if newest else None,
        "heads": _address("log-heads"),
        "entries": f"{_address('log-entries')}?start={{number}}",
        "inclusion": f"{_address('log-inclusion')}?index={{number}}&size={{number}}",
        "consistency": f"{_address('log-consistency')}?old={{number}}&new={{number}}",
    }


@_published(60)
def heads(request: HttpRequest) -> Mapping[str, Any]:
    """Signed heads, the newest first, a hundred at a time."""
    below = _number(request, "below", default=_LARGEST_NUMBER)
    found = log.list_heads(below=below)
    onward = f"{_address('log-heads')}?below={found[-1].size}" if len(found) == 100 else None
    return {"heads": [one.signed for one in found], "next": onward}


@_published(60)
def entries(request: HttpRequest) -> Mapping[str, Any]:
    """Entries in their order, a thousand at a time; the text of an entry is exactly what is hashed."""
    start = _number(request, "start", default=0)
    found = log.list_entries(start=start)
    end = found[-1].index + 1 if found else start
    return {
        "entries": [
            {"index": one.index, "entry": bytes(one.entry).decode(), "leaf_hash": bytes(one.leaf_hash).hex()}
            for one in found
        ],
        "next": f"{_address('log-entries')}?start={end}" if len(found) == log.MOST_ENTRIES else None,
    }


@_published(3600)
def inclusion(request: HttpRequest) -> Mapping[str, Any]:
    """The path from an entry to the root of the first `size` entries (RFC 9162, section 2.1.3)."""
    index, size = _number(request, "index"), _size(request, "size")
    if index >= size:
        raise NotFound(f"The first {size} entries have none with the number {index}.", field="index")
    proof = log.proof_of_inclusion(index, size)
    return {"index": index, "size": size, "proof": [one.hex() for one in proof]}


@_published(3600)
def consistency(request: HttpRequest) -> Mapping[str, Any]:
    """That the log of `new` entries begins with that of `old` (RFC 9162, section 2.1.4)."""
    old, new = _number(request, "old"), _size(request, "new")
    if old > new:
        raise InvalidInput("The older log cannot be the longer one.", field="old")
    return {"old": old, "new": new, "proof": [one.hex() for one in log.proof_of_consistency(old, new)]}


def _size(request: HttpRequest, name: str) -> int:
    """A size that the log has reached; the present one where none is given. Raises InvalidInput, NotFound."""
    present = log.find_size()
    size = _number(request, name, default=present)
    if size > present:
        raise NotFound(f"The log has {present} entries.", field=name)
    return size


def _number(request: HttpRequest, name: str, *, default: int | None = None) -> int:
    text = request.GET.get(name, "")
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise InvalidInput(f"Give {name} as a whole number.", field=name)
    return int(text)


def _address(name: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name)}"


@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """What the log is, where it ends, its newest entries; and of one entry whether the newest head holds it."""
    newest = log.find_newest_head()
    wanted = request.GET.get("entry", "")
    context: dict[str, Any] = {
        "newest": newest,
        "size": log.find_size(),
        "key": log_did(),
        "wanted": wanted,
        "entries": [_told(entry) for entry in log.list_newest_entries(most=NEWEST_SHOWN)],
    }
    if wanted:
        found = _find_entry(wanted)
        context["entry"] = found
        if found is not None:
            context["held"] = _is_held(found[0], newest)
            context["text"] = bytes(found[0].entry).decode()
    return render(request, "credentials/log.html", context)


def _find_entry(wanted: str) -> tuple[LogEntry, LoggedChange] | None:
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) <= 15 else None
    entry = log.find_entry(number) if number is not None else None
    return _told(entry) if entry is not None else None


def _told(entry: LogEntry) -> tuple[LogEntry, LoggedChange]:
    return entry, read_entry(bytes(entry.entry))


def _is_held(entry: LogEntry, newest: Any) -> bool:
    """Whether the newest signed head holds the entry: the proof is made and checked."""
    if newest is None or entry.index >= newest.size:
        return False
    proof = log.proof_of_inclusion(entry.index, newest.size)
    root = bytes.fromhex(newest.root)
    return is_included(bytes(entry.leaf_hash), index=entry.index, size=newest.size, proof=proof, root=root)
