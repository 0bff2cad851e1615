"""What an issuer awards: write it, publish it, end it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Achievement, AchievementVersion, Issuer
from synchromesh.credentials.operations.achievements import (
    edit_achievement,
    end_achievement,
    make_achievement,
    publish_achievement,
    set_two_persons,
)
from synchromesh.credentials.operations.stacks import set_follows_parts
from synchromesh.credentials.permissions import may_edit_achievement, may_publish_achievement
from synchromesh.credentials.queries.awarding import (
    find_versions,
    get_achievement_to_award,
    get_issuer_to_award,
    list_achievements_to_award,
    list_issue_lists,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.queries.concepts import list_skills
from synchromesh.learning.queries.achievement_courses import list_courses_for
from synchromesh.web.award.achievement_forms import AchievementForm, SkillRows
from synchromesh.web.award.award_page import action_of, award_page, put_error
from synchromesh.web.award.elements import missing_names, missing_translations
from synchromesh.web.credentials.shown_credential import KIND_NAMES
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in


@award_page
def achievement(request: HttpRequest, slug: str) -> HttpResponse:
    """One achievement: what it says, what it lacks, its lists; buttons publish and end it."""
    person = signed_in(request)
    found = get_achievement_to_award(slug, visible_to=person)
    if request.method == "POST":
        messages.success(request, _done(request, person, found))
        return redirect("award:achievement", slug=slug)
    versions = find_versions(found)
    newest = versions.newest
    context = {
        "here": "achievement",
        "achievement": found,
        "issuer": found.issuer,
        "organisation": found.issuer.organisation,
        "versions": versions,
        "version": newest,
        "kind": KIND_NAMES.get(newest.kind, newest.kind),
        "missing": missing_names(newest),
        "untranslated": missing_translations(newest),
        "may_publish": may_publish_achievement(person, found.issuer),
        "lists": list_issue_lists(found)[:5],
        "courses": list_courses_for(found),
    }
    return render(request, "award/achievement.html", context)


def _done(request: HttpRequest, person: User, found: Achievement) -> str:
    """Do what the button says; returns what was done, in words."""
    action = action_of(request)
    if action == "publish":
        publish_achievement(by=person, achievement=found)
        return gettext("It is published. From now on it is awarded as it stands here.")
    if action == "end":
        end_achievement(by=person, achievement=found)
        return gettext("It is not awarded any more. What was awarded stays as it is.")
    if action in ("follow", "follow-not"):
        set_follows_parts(by=person, achievement=found, follows=action == "follow")
        return gettext("Saved.")
    if action in ("two", "one"):
        set_two_persons(by=person, achievement=found, needed=action == "two")
        return gettext("Saved.")
    raise TranslatedInvalidInput(gettext("Choose what to do with the achievement."), field="do")


@award_page
def new_achievement(request: HttpRequest, slug: str) -> HttpResponse:
    """A new achievement. It is a draft until somebody publishes it."""
    issuer = get_issuer_to_award(slug, visible_to=signed_in(request))
    return _written(request, issuer, None, None)


@award_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft of the next version; where there is none, it begins with what is published."""
    person = signed_in(request)
    found = get_achievement_to_award(slug, visible_to=person)
    require(may_edit_achievement(person, found.issuer), "Only editors and managers of the issuer see this page.")
    return _written(request, found.issuer, found, find_versions(found).newest)


def _written(
    request: HttpRequest, issuer: Issuer, found: Achievement | None, version: AchievementVersion | None
) -> HttpResponse:
    texts_in = _texts_in(request, version)
    others = [row.achievement for row in list_achievements_to_award(issuer) if row.achievement != found]
    sent = request.POST if request.method == "POST" else None
    form = AchievementForm(sent, issuer=issuer, others=others, version=version, texts_in=texts_in)
    rows = SkillRows(sent, skills=list_skills(), version=version)
    if sent is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            saved = _save(signed_in(request), issuer, found, form, rows)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The draft is saved."))
            return redirect("award:achievement", slug=saved.slug)
    return _form_page(request, issuer, found, form, rows)


def _form_page(
    request: HttpRequest, issuer: Issuer, found: Achievement | None, form: AchievementForm, rows: SkillRows
) -> HttpResponse:
    wrong: list[forms.Form] = [one for one in (form, *rows.forms) if one.errors]
    context = {
        "achievement": found,
        "issuer": issuer,
        "organisation": issuer.organisation,
        "form": form,
        "rows": rows.forms,
        "wrong": wrong,
        "texts_in": form.texts_in,
        "languages": list(OWN_NAMES),
    }
    return render(request, "award/achievement_form.html", context, status=422 if wrong else 200)


def _save(
    person: User, issuer: Issuer, found: Achievement | None, form: AchievementForm, rows: SkillRows
) -> Achievement:
    content = form.content(rows.chosen())
    if found is None:
        return make_achievement(by=person, issuer=issuer, content=content)
    edit_achievement(by=person, achievement=found, content=content)
    return found


def _texts_in(request: HttpRequest, version: AchievementVersion | None) -> str:
    """The language that was asked for; else the reader's, or the one in which the version has a title."""
    asked, own = request.GET.get("language", ""), get_language() or "en"
    if asked in OWN_NAMES:
        return asked
    if version is None or own in version.titles:
        return own
    return next(iter(version.titles), own)
