"""The list of groups, one group, and its details."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.accounts.queries.people import list_memberships
from synchromesh.community.models import Group, GroupKind
from synchromesh.community.operations.groups import change_group, create_group
from synchromesh.community.permissions import is_in_group, is_member, may_edit_community, may_lead_group
from synchromesh.community.queries.groups import (
    find_group_state,
    get_group,
    list_documents,
    list_group_people,
    list_groups,
    list_meetings,
    list_own_groups,
    list_parts,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.community_pages import form_page, page_of, put_error, reader_of, signed_page, text_language
from synchromesh.web.groups.forms import KIND_CHOICES, GroupForm
from synchromesh.web.people import signed_in
from synchromesh.web.templatetags.synchromesh import plain

MEETINGS_SHOWN = 20


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups of which the reader may know, by kind."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in GroupKind.values else ""
    with_ended = "ended" in request.GET
    reader = reader_of(request)
    context = {
        "page": page_of(request, list_groups(visible_to=reader, kind=kind, with_ended=with_ended)),
        "kind": kind,
        "kinds": KIND_CHOICES,
        "with_ended": with_ended,
        "may_open": may_edit_community(reader),
        "own": list_own_groups(reader) if isinstance(reader, User) else [],
    }
    return render(request, "groups/list.html", context)


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One group, as much of it as the reader may see."""
    reader = reader_of(request)
    group = get_group(slug, visible_to=reader)
    inside, today = is_in_group(reader, group), timezone.localdate()
    context = {
        "group": group,
        "parts": list_parts(group, visible_to=reader),
        "inside": inside,
        "may_lead": may_lead_group(reader, group),
        "people": list_group_people(group, visible_to=reader),
        "meetings": list(list_meetings(group, visible_to=reader)[:MEETINGS_SHOWN]),
        "documents": list_documents(group, visible_to=reader),
        "state": find_group_state(reader, group) if isinstance(reader, User) else "",
        "has_ended": group.ends_on is not None and group.ends_on < today,
        "may_ask": isinstance(reader, User) and is_member(reader),
        "memberships": list_memberships(reader, visible_to=reader) if isinstance(reader, User) else [],
        "now": timezone.now(),
    }
    return render(request, "groups/detail.html", context)


@signed_page
def new_group(request: HttpRequest) -> HttpResponse:
    """Open a group."""
    require(may_edit_community(signed_in(request)), "Only alliance staff open groups.")
    above = (reverse("groups:list"), gettext("Groups"))
    return _written(request, None, above, gettext("Open a group"))


@signed_page
def edit_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a group."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    require(may_lead_group(person, group), "Only leaders of the group can do this.")
    above = (reverse("groups:detail", args=[slug]), plain(group.names))
    return _written(request, group, above, gettext("What is said of the group"))


def _written(request: HttpRequest, group: Group | None, above: tuple[str, str], title: str) -> HttpResponse:
    person = signed_in(request)
    others = [one for one in list_groups(visible_to=person) if one != group]
    sent = request.POST if request.method == "POST" else None
    is_staff = may_edit_community(person)
    form = GroupForm(sent, group=group, language=text_language(request), others=others, is_staff=is_staff)
    if form.is_valid():
        try:
            details = form.details()
            saved = change_group(by=person, group=group, details=details) if group else None
            saved = saved or create_group(by=person, details=details)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("groups:detail", slug=saved.slug)
    return form_page(request, form, title=title, button=gettext("Save"), above=above)
