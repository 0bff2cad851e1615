"""What a region's desk and alliance staff do: name a region, keep its profile, facts, sites and contacts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import RegionProfile
from synchromesh.community.operations.regions import (
    add_region_contact,
    add_region_fact,
    add_region_site,
    change_region_desk,
    create_region_profile,
    edit_region_profile,
    remove_region_contact,
    remove_region_fact,
    remove_region_site,
)
from synchromesh.community.permissions import may_be_contact, may_edit_region, may_name_regions
from synchromesh.community.queries.regions import (
    find_network,
    get_contact,
    get_fact,
    get_profile,
    get_site,
    list_facts,
    list_sites,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.places.queries import get_region
from synchromesh.web.community_pages import (
    form_page,
    named_organisation,
    put_error,
    refuse_action,
    signed_page,
    text_language,
)
from synchromesh.web.people import signed_in
from synchromesh.web.regions.forms import ContactForm, FactForm, NewRegionForm, ProfileForm, SiteForm

ONLY_DESK = "Only the region's desk and alliance staff change its profile."


@signed_page
def add(request: HttpRequest) -> HttpResponse:
    """Name a region that takes part; for one that has a profile, its network and desk are changed."""
    person = signed_in(request)
    require(may_name_regions(person), "Only alliance staff say which regions take part.")
    form = NewRegionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            profile = _name_region(person, form.cleaned_data)
        except (InvalidInput, NotFound, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("regions:detail", code=profile.region.code)
    return form_page(
        request,
        form,
        title=gettext("Name a region that takes part"),
        button=gettext("Save"),
        above=(reverse("regions:list"), gettext("Regions")),
        lede=gettext("A region that has a profile gets another network and desk."),
    )


def _name_region(person: User, said: dict[str, Any]) -> RegionProfile:
    region, network = get_region(said["region"]), find_network(said["network"])
    desk = named_organisation(said["desk"], field="desk")
    try:
        profile = get_profile(region.code)
    except NotFound:
        return create_region_profile(by=person, region=region, name=said["name"], network=network, desk=desk)
    return change_region_desk(by=person, profile=profile, network=network, desk=desk)


def _own(person: User, code: str) -> RegionProfile:
    profile = get_profile(code)
    require(may_edit_region(person, profile), ONLY_DESK)
    return profile


@signed_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What a region says of itself, in one language."""
    person, language = signed_in(request), text_language(request)
    profile = _own(person, code)
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile, language=language)
    if form.is_valid():
        try:
            edit_region_profile(by=person, profile=profile, details=form.details())
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("regions:detail", code=code)
    return form_page(
        request,
        form,
        title=gettext("Change: %(title)s") % {"title": profile.name},
        button=gettext("Save"),
        above=(reverse("regions:detail", args=[code]), profile.name),
    )


@signed_page
def facts(request: HttpRequest, code: str) -> HttpResponse:
    """Facts and employers' sites of a region, each with its source; every button sends its own form."""
    person, wanted = signed_in(request), request.POST.get("do", "")
    profile = _own(person, code)
    fact_form = FactForm(request.POST if wanted == "add-fact" else None)
    site_form = SiteForm(request.POST if wanted == "add-site" else None)
    if request.method == "POST" and _change(request, person, profile, fact_form=fact_form, site_form=site_form):
        messages.success(request, gettext("Saved."))
        return redirect("regions:facts", code=code)
    context = {
        "profile": profile,
        "region": profile.region,
        "facts": list_facts(profile),
        "sites": list_sites(profile),
        "fact_form": fact_form,
        "site_form": site_form,
    }
    wrong = fact_form.errors or site_form.errors
    return render(request, "regions/facts.html", context, status=422 if wrong else 200)


def _change(
    request: HttpRequest, person: User, profile: RegionProfile, *, fact_form: FactForm, site_form: SiteForm
) -> bool:
    """Do what the button says; False where a form has to be shown again."""
    wanted = request.POST.get("do", "")
    if wanted == "add-fact":
        return _added(fact_form, lambda: add_region_fact(by=person, profile=profile, **_stated(fact_form)))
    if wanted == "add-site":
        return _added(site_form, lambda: add_region_site(by=person, profile=profile, **_stated(site_form)))
    uid = _uid(request.POST.get("uid", ""))
    if wanted == "remove-fact":
        remove_region_fact(by=person, fact=get_fact(profile, uid))
    elif wanted == "remove-site":
        remove_region_site(by=person, site=get_site(profile, uid))
    else:
        raise refuse_action()
    return True


def _stated(form: FactForm | SiteForm) -> dict[str, Any]:
    return {"stated": form.stated(), **form.said()}


def _added(form: forms.Form, add_it: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        add_it()
    except (InvalidInput, Conflict) as error:
        put_error(form, error)
        return False
    return True


@signed_page
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Let members ask oneself about the region, or end that."""
    person = signed_in(request)
    profile = get_profile(code)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_region_contact(by=person, contact=get_contact(profile, _uid(request.POST.get("contact", ""))))
        messages.success(request, gettext("Members do not see the contact any more."))
        return redirect("regions:detail", code=code)
    require(may_be_contact(person, profile), "Only people of the region's desk can be asked about it.")
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_region_contact(by=person, profile=profile, task=form.cleaned_data["task"])
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Members of the alliance see your name and e-mail here."))
            return redirect("regions:detail", code=code)
    return form_page(
        request,
        form,
        title=gettext("Be a contact for this region"),
        button=gettext("Show me to members"),
        above=(reverse("regions:detail", args=[code]), profile.name),
        lede=gettext("Members of the alliance see your name and e-mail. You can end it at any time."),
    )


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such entry.") from None
