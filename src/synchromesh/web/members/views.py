"""The directory of members, the page of one, and how to become one."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from synchromesh.accounts.models import User
from synchromesh.community.models import ValueChainArea
from synchromesh.community.operations.join_requests import request_join
from synchromesh.community.operations.member_applications import request_member_entry
from synchromesh.community.permissions import is_member, may_decide_members, may_join_by_address, may_manage_profile
from synchromesh.community.queries.agreements import list_agreements
from synchromesh.community.queries.groups import list_groups_of
from synchromesh.community.queries.members import (
    MemberFilter,
    find_join_state,
    find_statutes,
    get_member,
    list_member_countries,
    list_member_regions,
    list_members,
    list_members_to_join,
    list_organisations_to_apply_for,
    list_own_applications,
)
from synchromesh.community.queries.projects import list_projects
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.tables.writing import Values
from synchromesh.web.community_pages import csv_file, page_of, put_error, reader_of, signed_page
from synchromesh.web.members.forms import AREA_CHOICES, ApplicationForm
from synchromesh.web.members.member_map import draw_members
from synchromesh.web.people import signed_in

COLUMNS = (
    "id", "organisation", "country", "region", "joined_on", "is_founder", "area", "about", "language", "url", "source",
    "source_url", "source_on",
)  # fmt: skip


def _wanted(request: HttpRequest) -> MemberFilter:
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "country", "region", "area")}
    area = asked["area"] if asked["area"] in ValueChainArea.values else ""
    return MemberFilter(words=asked["q"], country=asked["country"].upper(), region=asked["region"].upper(), area=area)


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members narrowed by name, country, region and area of the value chain, as a list or on tiles by place."""
    wanted = _wanted(request)
    on_tiles = request.GET.get("view") == "tiles"
    context = {
        "page": page_of(request, list_members(wanted)),
        "wanted": wanted,
        "map": draw_members(wanted) if on_tiles else None,
        "countries": list_member_countries(),
        "regions": list_member_regions(),
        "areas": AREA_CHOICES,
        "may_decide": may_decide_members(reader_of(request)),
    }
    return render(request, "members/list.html", context)


@require_safe
def member_csv(request: HttpRequest) -> HttpResponse:
    """The same members as a table, without contacts; an import takes it back."""
    return csv_file("members.csv", COLUMNS, _rows(_wanted(request)))


def _rows(wanted: MemberFilter) -> Iterator[Values]:
    for profile in list_members(wanted):
        one = profile.organisation
        language, about = next(iter(profile.about.items()), ("", ""))
        yield {
            "id": profile.external_id or one.slug,
            "organisation": one.name,
            "country": one.country.code if one.country else "",
            "region": one.region.code if one.region else "",
            "joined_on": profile.joined_on,
            "is_founder": "yes" if profile.is_founder else "",
            "area": profile.value_chain_area,
            "about": about,
            "language": language,
            "url": one.url,
            "source": profile.source,
            "source_url": profile.source_url,
            "source_on": profile.source_on,
        }


@require_safe
def member_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One member. Contacts are there for members only, and the join button for people with an address there."""
    profile, reader = get_member(slug), reader_of(request)
    organisation = profile.organisation
    may_join = may_join_by_address(reader, organisation)
    context = {
        "profile": profile,
        "organisation": organisation,
        "for_members": is_member(reader),
        "may_manage": may_manage_profile(reader, profile),
        "join_state": find_join_state(reader, organisation) if isinstance(reader, User) else "",
        "may_join": may_join,
        "groups": list_groups_of(organisation, visible_to=reader),
        "projects": list_projects(organisation=organisation),
        "agreements": list_agreements(organisation=organisation),
    }
    return render(request, "members/detail.html", context)


@require_POST
@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to belong to a member."""
    request_join(by=signed_in(request), organisation=get_member(slug).organisation)
    messages.success(request, gettext("A manager of the organisation was told. You get a mail."))
    return redirect("members:detail", slug=slug)


@signed_page
def apply(request: HttpRequest) -> HttpResponse:
    """Apply for an organisation, and see what became of one's applications."""
    person, statutes = signed_in(request), find_statutes()
    sent = request.POST if request.method == "POST" else None
    form = ApplicationForm(sent, managed=list_organisations_to_apply_for(person), statutes=statutes)
    if form.is_valid():
        try:
            request_member_entry(
                by=person, applicant=form.applicant(), accepts=form.accepts, organisation=form.chosen_organisation
            )
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Thank you. Alliance staff look at it, and you get a mail."))
            return redirect("members:apply")
    context = {
        "form": form,
        "statutes": statutes,
        "applications": list_own_applications(person),
        "to_join": list_members_to_join(person),
        "above": (reverse("members:list"), gettext("Members")),
    }
    return render(request, "members/apply.html", context, status=422 if form.errors else 200)
