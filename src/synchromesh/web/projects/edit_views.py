"""Change a project and its parts, for editors of the coordinator and alliance staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.community.models import Project
from synchromesh.community.operations.projects import (
    add_deliverable,
    add_project_partner,
    add_work_package,
    change_project,
    complete_deliverable,
    create_project,
    link_result,
    remove_project_partner,
    unlink_result,
)
from synchromesh.community.permissions import may_edit_community, may_edit_project
from synchromesh.community.queries.projects import get_deliverable, get_project, get_result, list_results
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.community_pages import (
    form_page,
    named_organisation,
    put_error,
    refuse_action,
    signed_page,
    text_language,
)
from synchromesh.web.members.manage_views import posted_uid
from synchromesh.web.people import signed_in
from synchromesh.web.projects.forms import DeliverableForm, PartnerForm, ProjectForm, ResultForm, WorkPackageForm
from synchromesh.web.projects.named_records import find_record
from synchromesh.web.uploads import check_upload


@signed_page
def new_project(request: HttpRequest) -> HttpResponse:
    """Enter a project."""
    require(may_edit_community(signed_in(request)), "Only alliance staff enter projects.")
    return _written(request, None, (reverse("projects:list"), gettext("Projects")), gettext("Enter a project"))


@signed_page
def edit_project(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a project."""
    project = _editable(request, slug)
    above = (reverse("projects:detail", args=[slug]), project.name)
    return _written(request, project, above, gettext("What is said of the project"))


def _editable(request: HttpRequest, slug: str) -> Project:
    project = get_project(slug)
    allowed = may_edit_project(signed_in(request), project)
    require(allowed, "Only editors of the coordinator and alliance staff can change this project.")
    return project


def _written(request: HttpRequest, project: Project | None, above: tuple[str, str], title: str) -> HttpResponse:
    person, language = signed_in(request), text_language(request)
    sent = request.POST if request.method == "POST" else None
    form = ProjectForm(sent, project=project, language=language, is_staff=may_edit_community(person))
    if form.is_valid():
        try:
            saved = _save(person, project, form)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("projects:detail", slug=saved.slug)
    return form_page(request, form, title=title, button=gettext("Save"), above=above)


def _save(person: User, project: Project | None, form: ProjectForm) -> Project:
    details, coordinator = form.details(), form.chosen_coordinator()
    if project is None:
        return create_project(by=person, details=details, coordinator=coordinator)
    return change_project(by=person, project=project, details=details, coordinator=coordinator)


@signed_page
def parts(request: HttpRequest, slug: str) -> HttpResponse:
    """Partners, work packages, deliverables and results; each part has a form of its own."""
    project, person = _editable(request, slug), signed_in(request)
    check_upload(request)
    action = request.POST.get("do", "") if request.method == "POST" else ""
    made = _forms(request, project, action)
    if action in made and made[action].is_valid():
        try:
            messages.success(request, _add(person, project, action, made[action]))
            return redirect("projects:parts", slug=slug)
        except (InvalidInput, Conflict) as error:
            put_error(made[action], error)
    elif action and action not in made:
        messages.success(request, _change(request, person, project, action))
        return redirect("projects:parts", slug=slug)
    wrong = made[action] if action else None
    context = {
        "project": project,
        "forms": made,
        "form": wrong,
        "results": list_results(project, visible_to=person),
        "today": timezone.localdate(),
    }
    return render(request, "projects/parts.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, project: Project, action: str) -> dict[str, forms.Form]:
    """A form for each part; the one that was sent has what was entered."""
    sent = {name: request.POST if name == action else None for name in ("partner", "package", "deliverable", "result")}
    files = request.FILES if action == "deliverable" else None
    packages = list(project.work_packages.all())
    return {
        "partner": PartnerForm(sent["partner"], prefix="partner"),
        "package": WorkPackageForm(sent["package"], prefix="package"),
        "deliverable": DeliverableForm(sent["deliverable"], files, work_packages=packages),
        "result": ResultForm(sent["result"], prefix="result"),
    }


def _add(person: User, project: Project, action: str, form: Any) -> str:
    entered = form.cleaned_data
    if action == "partner":
        found = named_organisation(entered["organisation"], field="organisation")
        if found is not None:
            add_project_partner(by=person, project=project, organisation=found, task=entered["task"])
    elif action == "package":
        lead = named_organisation(entered["lead"], field="lead")
        add_work_package(by=person, project=project, number=entered["number"], title=entered["title"], lead=lead)
    elif action == "deliverable":
        add_deliverable(by=person, project=project, details=form.details())
    else:
        link_result(by=person, project=project, record=find_record(entered["address"], visible_to=person))
    return gettext("Saved.")


def _change(request: HttpRequest, person: User, project: Project, action: str) -> str:
    actions: dict[str, Callable[[HttpRequest, User, Project], None]] = {
        "remove-partner": _remove_partner,
        "done": _done,
        "unlink": _unlink,
    }
    if action not in actions:
        raise refuse_action()
    actions[action](request, person, project)
    return gettext("Saved.")


def _remove_partner(request: HttpRequest, person: User, project: Project) -> None:
    organisation = get_organisation(request.POST.get("organisation", ""))
    remove_project_partner(by=person, project=project, organisation=organisation)


def _done(request: HttpRequest, person: User, project: Project) -> None:
    deliverable = get_deliverable(posted_uid(request, "deliverable"), project)
    complete_deliverable(by=person, deliverable=deliverable, done_on=timezone.localdate())


def _unlink(request: HttpRequest, person: User, project: Project) -> None:
    unlink_result(by=person, result=get_result(posted_uid(request, "result"), project))
