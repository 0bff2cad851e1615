"""The crosswalk desk: to which ESCO concepts our skills and job roles correspond; proposed here, decided by people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.operations import crosswalk as operations
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.crosswalk import Subject, propose_esco_matches, search_esco_concepts
from synchromesh.framework.queries.crosswalk_desk import (
    DONE,
    MOVED,
    REJECTED,
    ROLE,
    SKILL,
    STATES,
    TO_CHECK,
    TO_DO,
    find_next,
    get_subject,
    list_crosswalk,
)
from synchromesh.framework.queries.esco import find_active_version, find_names, same_address
from synchromesh.framework.queries.esco_moves import GONE, list_moved_links
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import name_people, signed_in

STATE_NAMES = {
    TO_DO: gettext_lazy("To do"),
    TO_CHECK: gettext_lazy("Not confirmed yet"),
    MOVED: gettext_lazy("Moved in the new version"),
    DONE: gettext_lazy("Done"),
    REJECTED: gettext_lazy("Rejected"),
}
STATE_HINTS = {
    TO_DO: gettext_lazy("No link to ESCO yet."),
    TO_CHECK: gettext_lazy("A file brought a link that nobody has confirmed."),
    MOVED: gettext_lazy("A link was confirmed under another version of ESCO, and its concept is not what it was."),
    DONE: gettext_lazy("Somebody has confirmed every link."),
    REJECTED: gettext_lazy("Concepts that somebody rejected. They are not proposed again."),
}
# What a button does, and what the page says afterwards.
_DEEDS: dict[str, tuple[Callable[..., Any], str]] = {
    "confirm": (operations.confirm_esco_match, gettext_noop("The link is confirmed.")),
    "change": (operations.change_esco_match, gettext_noop("The link is changed.")),
    "remove": (operations.remove_esco_match, gettext_noop("The link is removed.")),
    "reject": (operations.reject_esco_match, gettext_noop("The concept is rejected. It is not proposed again.")),
    "withdraw": (operations.withdraw_rejection, gettext_noop("The concept may be proposed again.")),
}
_WITH_MATCH = ("confirm", "change")


def _staff(request: HttpRequest) -> User:
    person = signed_in(request)
    require(may_edit_framework(person), "Only alliance staff can link skills and job roles to ESCO.")
    return person


@login_required
def crosswalk(request: HttpRequest) -> HttpResponse:
    """Skills or job roles in one state; kind, state and page are in the address. `after` leads on to the next one."""
    _staff(request)
    kind = request.GET.get("kind", SKILL)
    state = request.GET.get("state", TO_DO)
    kind, state = kind if kind in {SKILL, ROLE} else SKILL, state if state in STATES else TO_DO
    if request.GET.get("after"):
        return _to_next(kind, state, get_subject(kind, request.GET["after"]))
    found = list_crosswalk(kind=kind, state=state, page=request.GET.get("page"))
    context = {
        "found": found,
        "kind": kind,
        "state": state,
        "hint": STATE_HINTS[state],
        "states": [(name, STATE_NAMES[name], found.counts[name]) for name in STATES],
        "matches": operations.MATCHES,
    }
    return render(request, "desk/crosswalk.html", context)


def _to_next(kind: str, state: str, subject: Subject) -> HttpResponse:
    following = find_next(kind, state, subject)
    if following is None:
        return redirect(f"{reverse('desk:crosswalk')}?kind={kind}&state={state}")
    return redirect(f"{reverse('desk:crosswalk-subject', args=[kind, following.slug])}?state={state}")


@login_required
def crosswalk_subject(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """One skill or job role: its links, what is proposed and why, what was rejected; each with its buttons."""
    person, subject = _staff(request), get_subject(kind, slug)
    wrong, status = "", 200
    if request.method == "POST":
        try:
            _act(request, person, subject)
            return redirect(request.get_full_path())
        except (Conflict, InvalidInput) as error:
            wrong, status = sentence_of(error), 409 if isinstance(error, Conflict) else 422
    context = {"subject": subject, "kind": kind, "wrong": wrong, **_shown(request, person, subject)}
    return render(request, "desk/crosswalk_subject.html", context, status=status)


def _act(request: HttpRequest, person: User, subject: Subject) -> None:
    do, uri = request.POST.get("do", ""), request.POST.get("uri", "")
    if do not in _DEEDS:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    deed, words = _DEEDS[do]
    stated = {"match": request.POST.get("match", "")} if do in _WITH_MATCH else {}
    try:
        deed(by=person, subject=subject, uri=uri, **stated)
    except NotFound as error:  # somebody else was quicker, or another version is active by now
        raise Conflict(error.message, field=error.field) from None
    messages.success(request, gettext(words))


def _shown(request: HttpRequest, person: User, subject: Subject) -> dict[str, Any]:
    links = list(subject.esco_links.order_by("uri", "pk"))
    rejections = list(subject.esco_rejections.order_by("-rejected_at", "pk"))
    addresses = {row.uri for row in links} | {row.uri for row in rejections}
    names = find_names(addresses)
    people = name_people({row.confirmed_by for row in links} | {row.rejected_by for row in rejections}, reader=person)
    changes = {entry.link.pk: entry.changes for entry in list_moved_links(links)} if links else {}
    query = request.GET.get("q", "")[:200]
    state = request.GET.get("state", TO_DO)
    return {
        "version": find_active_version(),
        "links": [
            {
                "link": link,
                "name": names.get(link.uri),
                "by": people.get(link.confirmed_by, ""),
                "changes": changes.get(link.pk, ()),
                "is_gone": any(change.kind == GONE for change in changes.get(link.pk, ())),
            }
            for link in links
        ],
        "rejections": [(row, names.get(row.uri), people.get(row.rejected_by, "")) for row in rejections],
        "query": query,
        "state": state if state in STATES else TO_DO,
        "found": search_esco_concepts(subject, query, language=get_language() or "en") if query else (),
        "proposals": () if query else propose_esco_matches(subject),
        "matches": operations.MATCHES,
        "has_exact": any(link.match == "exact" for link in links),
        "settled": {same_address(uri) for uri in addresses},
    }
