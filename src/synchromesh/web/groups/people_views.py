"""Who is in a group: ask to join, let in, name leaders, leave."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.accounts.queries.people import find_person, list_memberships
from synchromesh.community.models import Group
from synchromesh.community.operations.groups import (
    accept_group_member,
    add_group_member,
    ask_to_join,
    leave_group,
    refuse_group_member,
    set_leader,
)
from synchromesh.community.permissions import is_in_group, may_edit_community, may_lead_group
from synchromesh.community.queries.groups import (
    get_group,
    get_group_member,
    get_own_place,
    list_group_people,
    list_group_requests,
)
from synchromesh.engine.errors import Conflict, InvalidInput, SynchromeshError
from synchromesh.web.community_pages import refuse_action, signed_page
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.members.manage_views import posted_uid
from synchromesh.web.people import signed_in


@require_POST
@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to work in a group, for the organisation that the form names."""
    person = signed_in(request)
    own = {row.organisation.slug: row.organisation for row in list_memberships(person, visible_to=person)}
    chosen = own.get(request.POST.get("organisation", "")) or (next(iter(own.values())) if len(own) == 1 else None)
    ask_to_join(by=person, group=get_group(slug, visible_to=person), organisation=chosen)
    messages.success(request, gettext("A leader of the group decides. You get a mail."))
    return redirect("groups:detail", slug=slug)


@signed_page
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of a group, for each other; each button sends its own small form."""
    person = signed_in(request)
    group = get_group(slug, visible_to=person)
    require(is_in_group(person, group), "Only people of the group see who is in it.")
    wrong: SynchromeshError | None = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, person, group))
            return redirect("groups:people" if is_in_group(person, group) else "groups:detail", slug=slug)
        except (InvalidInput, Conflict) as error:
            wrong = error
    context = {
        "group": group,
        "people": list_group_people(group, visible_to=person),
        "requests": list_group_requests(group, visible_to=person),
        "may_lead": may_lead_group(person, group),
        "may_add": may_edit_community(person),
        "wrong": sentence_of(wrong) if wrong else "",
    }
    return render(request, "groups/people.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User, group: Group) -> str:
    actions: dict[str, Callable[[HttpRequest, User, Group], str]] = {
        "let-in": _let_in,
        "refuse": _refuse,
        "lead": _lead,
        "no-leader": _lead,
        "take-out": _take_out,
        "leave": _leave,
        "add": _add,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person, group)


def _let_in(request: HttpRequest, person: User, group: Group) -> str:
    member = get_group_member(posted_uid(request, "person"), group, visible_to=person)
    accept_group_member(by=person, member=member)
    return gettext("The person is in the group now.")


def _refuse(request: HttpRequest, person: User, group: Group) -> str:
    refuse_group_member(by=person, member=get_group_member(posted_uid(request, "person"), group, visible_to=person))
    return gettext("The person was not taken in.")


def _lead(request: HttpRequest, person: User, group: Group) -> str:
    member = get_group_member(posted_uid(request, "person"), group, visible_to=person)
    set_leader(by=person, member=member, is_leader=request.POST["do"] == "lead")
    return gettext("Saved.")


def _take_out(request: HttpRequest, person: User, group: Group) -> str:
    leave_group(by=person, member=get_group_member(posted_uid(request, "person"), group, visible_to=person))
    return gettext("The person is not in the group any more.")


def _leave(request: HttpRequest, person: User, group: Group) -> str:
    leave_group(by=person, member=get_own_place(person, group))
    return gettext("You have left the group.")


def _add(request: HttpRequest, person: User, group: Group) -> str:
    found = find_person(request.POST.get("email", ""))
    if found is None:
        raise TranslatedInvalidInput(gettext("Nobody here signs in with this."), field="email")
    add_group_member(by=person, group=group, person=found, is_leader="leader" in request.POST)
    return gettext("The person is in the group now.")
