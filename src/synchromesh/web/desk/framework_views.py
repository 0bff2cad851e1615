"""The framework at the desk: how things stand, the steps from a draft to its publication, and what can be edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import InvalidInput
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.operations.drafting import change_note, discard_draft, start_draft
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.framework.operations.publishing import publish_draft, request_publication, withdraw_request
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.comments import list_comments
from synchromesh.framework.queries.concepts import find_draft, find_published_version
from synchromesh.framework.queries.drafts import list_editable_roles, list_editable_skills, list_steps
from synchromesh.framework.queries.versions import VersionDifference, compare_versions
from synchromesh.plumbing import imports
from synchromesh.web.desk.framework_discussion import find_remarks, handle_comment
from synchromesh.web.desk.framework_forms import CommentForm, NoteForm
from synchromesh.web.framework.sentences import sentences
from synchromesh.web.people import name_people, signed_in

STEPS_SHOWN = 10
ROWS_ON_A_PAGE = 50
# What a button does, and what the page says afterwards.
_STEPS: dict[str, tuple[Callable[..., FrameworkVersion], str]] = {
    "start": (start_draft, gettext_noop("The draft is there. Choose a skill or a job role to change.")),
    "request": (request_publication, gettext_noop("You have asked to publish the draft. Somebody else publishes it.")),
    "withdraw": (withdraw_request, gettext_noop("The request to publish is withdrawn.")),
    "publish": (publish_draft, gettext_noop("The version is published.")),
    "discard": (discard_draft, gettext_noop("The draft is discarded. You can take that back below.")),
}


def editing_person(request: HttpRequest) -> User:
    """The signed-in person, who must be of the alliance's staff."""
    person = signed_in(request)
    require(may_edit_framework(person), "Only alliance staff can edit the framework.")
    return person


@login_required
def framework(request: HttpRequest) -> HttpResponse:
    """How the framework stands, with a button for each step that is possible now."""
    person = editing_person(request)
    forms: dict[str, Any] = {}
    if request.method == "POST":
        forms = _act(request, person)
        if not forms:
            return redirect("desk:framework")
    return render(request, "desk/framework.html", _state(person) | forms, status=422 if forms else 200)


def _act(request: HttpRequest, person: User) -> dict[str, Any]:
    """Do what the button says; the form again where something is wrong with it."""
    do = request.POST.get("do", "")
    if do in _STEPS:
        step, words = _STEPS[do]
        step(by=person)
        messages.success(request, gettext(words))
        return {}
    if do == "undo":
        batch = imports.find_batch(kind=FrameworkImporter.kind, uid=request.POST.get("step", "-"))
        imports.undo(FrameworkImporter(), by=person, batch=batch)
        messages.success(request, gettext("The step is taken back."))
        return {}
    if do in {"comment", "resolve"}:
        comment_form = handle_comment(request, person)
        return {"comment_form": comment_form, "form": comment_form} if comment_form else {}
    if do == "note":
        return _note(request, person)
    raise InvalidInput("Use one of the buttons of the page.", field="do")


def _note(request: HttpRequest, person: User) -> dict[str, Any]:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return {"note_form": form, "form": form}
    change_note(by=person, note=form.cleaned_data["note"])
    messages.success(request, gettext("The note is saved."))
    return {}


def _state(person: User) -> dict[str, Any]:
    """Everything that the page shows."""
    published, draft, steps = find_published_version(), find_draft(), list_steps(limit=STEPS_SHOWN)
    comments = list_comments(draft, visible_to=person) if draft else []
    names = name_people([*(step.actor for step in steps), draft.requested_by if draft else ""], reader=person)
    found = compare_versions(published, draft) if draft else None
    return {
        "published": published,
        "draft": draft,
        "asked_by_reader": draft is not None and draft.requested_by == person.public_id,
        "asked_by": names.get(draft.requested_by, "") if draft else "",
        "found": found,
        "sentences": sentences(found) if found else [],
        "touched": _touched(found) if found else {},
        "steps": [(step, names.get(step.actor, "")) for step in steps],
        "remarks": find_remarks(comments, person=person, with_subjects=True),
        "open_comments": sum(row.resolved_at is None for row in comments),
        "comment_form": CommentForm(),
        "note_form": NoteForm(initial={"note": draft.note if draft else ""}),
        "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }


def _touched(found: VersionDifference) -> dict[str, list[Any]]:
    """The skills and job roles about which the draft says something else, each once, in the order of their slugs."""
    skills = {row.skill.pk: row.skill for row in found.anchors}
    roles = {row.role.pk: row.role for row in found.needs} | {row.role.pk: row.role for row in found.units}
    return {"skills": list(skills.values()), "roles": sorted(roles.values(), key=lambda role: role.slug)}


@login_required
def skill_list(request: HttpRequest) -> HttpResponse:
    """Skills to choose from."""
    return _choose(request, "skill", list_editable_skills)


@login_required
def role_list(request: HttpRequest) -> HttpResponse:
    """Job roles to choose from."""
    return _choose(request, "role", list_editable_roles)


def _choose(request: HttpRequest, kind: str, find: Callable[..., list[Any]]) -> HttpResponse:
    editing_person(request)
    words = request.GET.get("q", "")[:100]
    draft = find_draft()
    touched = _touched(compare_versions(find_published_version(), draft)) if draft else {"skills": [], "roles": []}
    page = Paginator(find(words=words), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "draft": draft,
        "words": words,
        "page": page,
        "touched": {record.pk for record in touched[f"{kind}s"]},
    }
    return render(request, "desk/framework_choose.html", context)
