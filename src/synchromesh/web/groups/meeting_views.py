"""Meetings of a group: call, change and cancel them, answer, note who was there, write the minutes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Meeting
from synchromesh.community.operations.meetings import (
    cancel_meeting,
    change_meeting,
    create_meeting,
    record_answer,
    record_attendance,
    write_minutes,
)
from synchromesh.community.permissions import is_in_group, may_lead_group
from synchromesh.community.queries.groups import (
    get_group,
    get_meeting,
    list_attendance,
    list_documents,
    list_group_people,
)
from synchromesh.engine.errors import Conflict, InvalidInput, SynchromeshError
from synchromesh.web.community_pages import form_page, put_error, reader_of, refuse_action, signed_page
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.groups.forms import READER_CHOICES, MeetingForm
from synchromesh.web.groups.meeting_calendar import render_meeting
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import plain

_LEADERS_ONLY = "Only leaders of the group can do this."


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One meeting: everything for people of the group; the minutes alone for others who may read them."""
    reader = reader_of(request)
    group = get_group(slug, visible_to=reader)
    found = get_meeting(uid, group, visible_to=reader)
    wrong: SynchromeshError | None = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, signed_in(request), found))
            return redirect("groups:meeting", slug=slug, uid=uid)
        except (InvalidInput, Conflict) as error:
            wrong = error
    attendance = list_attendance(found, visible_to=reader)
    people = list_group_people(group, visible_to=reader)
    documents = list_documents(group, visible_to=reader)
    context = {
        "group": group,
        "meeting": found,
        "inside": is_in_group(reader, group),
        "may_lead": may_lead_group(reader, group),
        "people": [(one, attendance.get(one.person_id)) for one in people],
        "own": attendance.get(reader.pk) if isinstance(reader, User) else None,
        "documents": [one for one in documents if one.meeting_id == found.pk],
        "readers": READER_CHOICES,
        "now": timezone.now(),
        "wrong": sentence_of(wrong) if wrong else "",
    }
    return render(request, "groups/meeting.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User, found: Meeting) -> str:
    actions: dict[str, Callable[[HttpRequest, User, Meeting], str]] = {
        "answer": _answer,
        "attendance": _attendance,
        "minutes": _minutes,
        "cancel": _cancel,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person, found)


def _answer(request: HttpRequest, person: User, found: Meeting) -> str:
    record_answer(by=person, meeting=found, state=request.POST.get("state", ""))
    return gettext("Your answer is noted.")


def _attendance(request: HttpRequest, person: User, found: Meeting) -> str:
    there = set(request.POST.getlist("present"))
    everybody = list_group_people(found.group, visible_to=person)
    count = record_attendance(by=person, meeting=found, present={one.uid: str(one.uid) in there for one in everybody})
    return gettext("Noted: %(count)s were there.") % {"count": count}


def _minutes(request: HttpRequest, person: User, found: Meeting) -> str:
    minutes, readers = request.POST.get("minutes", "")[:50_000], request.POST.get("readers", "")
    write_minutes(by=person, meeting=found, minutes=minutes, readers=readers)
    return gettext("The minutes are saved.")


def _cancel(request: HttpRequest, person: User, found: Meeting) -> str:
    del request
    cancel_meeting(by=person, meeting=found)
    return gettext("The meeting is cancelled, and the people of the group get a mail.")


@signed_page
def new_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    require(may_lead_group(person, group), _LEADERS_ONLY)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = create_meeting(by=person, group=group, details=form.details())
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The people of the group get a mail."))
            return redirect("groups:meeting", slug=slug, uid=made.uid)
    above = (reverse("groups:detail", args=[slug]), plain(group.names))
    return form_page(request, form, title=gettext("Call a meeting"), button=gettext("Call it"), above=above)


@signed_page
def edit_meeting(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change a meeting."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    require(may_lead_group(person, group), _LEADERS_ONLY)
    found = get_meeting(uid, group, visible_to=person)
    form = MeetingForm(request.POST if request.method == "POST" else None, meeting=found)
    if form.is_valid():
        try:
            change_meeting(by=person, meeting=found, details=form.details())
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("groups:meeting", slug=slug, uid=uid)
    above = (reverse("groups:meeting", args=[slug, uid]), found.title)
    return form_page(request, form, title=gettext("Change the meeting"), button=gettext("Save"), above=above)


@require_safe
@signed_page
def meeting_calendar(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One meeting as a calendar file, for people of the group."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    found = get_meeting(uid, group, visible_to=person)
    require(is_in_group(person, group), "Only people of the group see this.")
    address = request.build_absolute_uri(reverse("groups:meeting", args=[slug, uid]))
    content = render_meeting(found, name=plain(group.names), address=address)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
