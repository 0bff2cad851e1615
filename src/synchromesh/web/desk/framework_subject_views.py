"""A skill or a job role in the editor: what is published beside what the draft says, and the forms to change it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.models import FrameworkVersion, JobRole, Skill
from synchromesh.framework.operations.drafting import (
    LEVELS,
    add_requirement,
    change_anchors,
    change_requirement,
    remove_requirement,
)
from synchromesh.framework.queries.comments import list_comments
from synchromesh.framework.queries.concepts import find_draft, find_published_version, get_role, get_skill
from synchromesh.framework.queries.drafts import (
    AnchorPair,
    NeedPair,
    compare_anchors,
    compare_needs,
    list_editable_skills,
)
from synchromesh.framework.queries.versions import Need
from synchromesh.web.desk.framework_differences import mark_words
from synchromesh.web.desk.framework_discussion import find_remarks, handle_comment
from synchromesh.web.desk.framework_forms import AnchorsForm, CommentForm, NeedForm, NewNeedForm
from synchromesh.web.desk.framework_views import editing_person
from synchromesh.web.error_sentences import sentence_of

Forms = dict[str, Any]


@login_required
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Each language of a skill: three levels, published and in the draft, and a form."""
    person, skill = editing_person(request), get_skill(slug)
    if skill.retired_at is not None:
        raise NotFound(f"The skill '{skill.slug}' is retired. A new version does not speak of it.")
    published, draft = find_published_version(), find_draft()
    wanted = request.POST.get("language") or request.GET.get("language", "")
    languages = ["en", *([wanted] if wanted in OWN_NAMES and wanted != "en" else [])]
    pairs = compare_anchors(skill, older=published, newer=draft, languages=languages)
    forms: Forms = {}
    if request.method == "POST":
        forms = _act_on_skill(request, person, skill, pairs)
        if not forms:
            return redirect(request.get_full_path())
    context = _surroundings(person, skill, published, draft) | {
        "skill": skill,
        "languages": [_language(code, rows, forms.get(f"anchors-{code}")) for code, rows in pairs.items()],
        "opened": wanted,
        "more_languages": [code for code in OWN_NAMES if code not in pairs],
    }
    return render(request, "desk/framework_skill.html", context | forms, status=forms.get("status", 200))


def _act_on_skill(request: HttpRequest, person: User, skill: Skill, pairs: dict[str, tuple[AnchorPair, ...]]) -> Forms:
    """Do what the button says; the forms again where something is wrong."""
    do, language = request.POST.get("do"), request.POST.get("language", "")
    if do in {"comment", "resolve"}:
        return _commented(handle_comment(request, person, about=skill))
    if do != "anchors" or language not in pairs:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    form = AnchorsForm(language, pairs[language], request.POST)
    seen = {level: request.POST.get(f"seen-{level}", "") for level in LEVELS}
    if form.is_valid():
        try:
            change_anchors(by=person, skill=skill, language=language, texts=form.texts(), seen=seen)
        except Conflict as error:
            form.add_error(None, sentence_of(error))
            return {f"anchors-{language}": form, "form": form, "status": 409}
        messages.success(request, gettext("The draft is changed."))
        return {}
    return {f"anchors-{language}": form, "form": form, "status": 422}


def _language(code: str, pairs: tuple[AnchorPair, ...], form: AnchorsForm | None) -> dict[str, Any]:
    """A language with its levels, marked word by word, and its form."""
    levels = []
    for pair in pairs:
        before, after = mark_words(pair.before, pair.after)
        levels.append({"pair": pair, "before": before, "after": after, "differs": pair.before != pair.after})
    return {
        "code": code,
        "levels": levels,
        "form": form or AnchorsForm(code, pairs),
        "differs": any(level["differs"] for level in levels),
        "open": form is not None,
    }


@login_required
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a job role needs, published and in the draft; `?skill=` opens the form of one requirement."""
    person, role = editing_person(request), get_role(slug)
    published, draft = find_published_version(), find_draft()
    pairs = compare_needs(role, older=published, newer=draft)
    asked = request.POST.get("needed") or request.GET.get("skill", "")
    chosen = next((pair for pair in pairs if pair.skill.slug == asked and pair.after is not None), None)
    forms: Forms = {}
    if request.method == "POST":
        forms = _act_on_role(request, person, role, chosen)
        if not forms:
            return redirect("desk:framework-role", slug=role.slug)
    needed = {pair.skill.pk for pair in pairs if pair.after is not None}
    free = [skill for skill in list_editable_skills() if skill.pk not in needed] if draft and not chosen else []
    need_form = NeedForm(need=chosen.after) if chosen else NewNeedForm(free)
    context = _surroundings(person, role, published, draft) | {
        "role": role,
        "pairs": pairs,
        "chosen": chosen,
        "need_form": need_form,
    }
    return render(request, "desk/framework_role.html", context | forms, status=forms.get("status", 200))


def _act_on_role(request: HttpRequest, person: User, role: JobRole, chosen: NeedPair | None) -> Forms:
    """Do what the button says; the forms again where something is wrong."""
    do = request.POST.get("do")
    if do in {"comment", "resolve"}:
        return _commented(handle_comment(request, person, about=role))
    if do == "add":
        return _add(request, person, role)
    if do not in {"change", "remove"}:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    skill = chosen.skill if chosen else get_skill(request.POST.get("needed", ""))
    if do == "remove":
        remove_requirement(by=person, role=role, skill=skill)
        messages.success(request, gettext("The requirement is taken out of the draft."))
        return {}
    form = NeedForm(request.POST)
    if not form.is_valid():
        return {"need_form": form, "form": form, "status": 422}
    seen, source = _seen(request.POST.get("seen", "")), form.cleaned_data["source"]
    change_requirement(by=person, role=role, skill=skill, need=form.need(), source=source, seen=seen)
    messages.success(request, gettext("The draft is changed."))
    return {}


def _add(request: HttpRequest, person: User, role: JobRole) -> Forms:
    form = NewNeedForm(list_editable_skills(), request.POST)
    if not form.is_valid():
        return {"need_form": form, "form": form, "status": 422}
    skill = get_skill(form.cleaned_data["skill"])
    add_requirement(by=person, role=role, skill=skill, need=form.need(), source=form.cleaned_data["source"])
    messages.success(request, gettext("The requirement is added to the draft."))
    return {}


def _seen(text: str) -> Need | None:
    """The requirement as the form was made from it: level, need and weight, such as "2 yes 5"."""
    parts = text.split(" ")
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[2].isdecimal()):
        return None
    return Need(level=int(parts[0]), essential=parts[1] == "yes", weight=int(parts[2]))


def _commented(form: CommentForm | None) -> Forms:
    return {"comment_form": form, "form": form, "status": 422} if form else {}


def _surroundings(
    person: User, about: Skill | JobRole, published: FrameworkVersion | None, draft: FrameworkVersion | None
) -> dict[str, Any]:
    """What both pages show around their subject: the versions and the discussion."""
    comments = list_comments(draft, visible_to=person, about=about) if draft else []
    return {
        "published": published,
        "draft": draft,
        "remarks": find_remarks(comments, person=person),
        "comment_form": CommentForm(),
    }
