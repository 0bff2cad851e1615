"""One unit of a draft: its settings and its content, in one form that works without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.assessment.operations.instruments import save_instrument
from synchromesh.assessment.operations.questions import open_bank
from synchromesh.assessment.queries.instruments import list_instruments
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.learning.models import Unit
from synchromesh.learning.operations.outline_editing import change_unit, delete_unit, save_unit_content
from synchromesh.learning.queries.authored_courses import AuthoredCourse, get_unit_to_edit, list_draft_tests
from synchromesh.learning.queries.authoring import content_digest
from synchromesh.learning.queries.media import media_names
from synchromesh.learning.queries.versions import list_remarks
from synchromesh.learning.unit_kinds import get_unit_kind
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_contents import (
    BLOCK_NAMES,
    ContentForms,
    content_forms,
    moved_blocks,
    new_block,
)
from synchromesh.web.teach.authoring_fields import Setting
from synchromesh.web.teach.authoring_page import about_field, authoring_page, other_languages_of, page_of
from synchromesh.web.teach.authoring_preview import preview_state
from synchromesh.web.teach.authoring_question_forms import prompts_of
from synchromesh.web.teach.authoring_question_views import exercise_question
from synchromesh.web.teach.authoring_unit_forms import UnitSettingsForm, asks_a_test

_FIELDS = {"titles": "title"}


@authoring_page
def unit_edit(request: HttpRequest, authored: AuthoredCourse, key: str) -> HttpResponse:
    """Settings and content; whoever may not change them sees the preview."""
    if not authored.may_change:
        get_unit_to_edit(authored.shown_version(), key)
        if request.method == "POST":
            authored.draft_to_edit()
        return redirect("teach:preview", authored.course.slug, key)
    unit = get_unit_to_edit(authored.draft_to_edit(), key)
    if unit.kind == "exercise" and "question" in request.GET:
        return exercise_question(request, authored, unit)
    setting = _setting(authored, unit)
    tests = list_draft_tests(authored) if asks_a_test(unit) else []
    data = request.POST if request.method == "POST" else None
    settings = UnitSettingsForm(data, unit=unit, instruments=tests)
    content = content_forms(unit, data, setting)
    if data is None:
        return _page(request, authored, unit, settings, content)
    return _act(request, authored, unit, settings, content)


def _act(
    request: HttpRequest, authored: AuthoredCourse, unit: Unit, settings: UnitSettingsForm, content: ContentForms
) -> HttpResponse:
    action, _, rest = request.POST.get("do", "save").partition(":")
    is_right = all([settings.is_valid(), content.is_valid()])
    if action == "preview":
        return _preview(request, authored, unit, settings, content)
    if action == "delete":
        delete_unit(by=signed_in(request), unit=unit)
        messages.success(request, gettext("The unit is deleted."))
        return redirect("teach:outline", authored.course.slug)
    if not is_right:
        return _page(request, authored, unit, settings, content, status=422)
    document, place = _document(content, action, rest)
    refused = _save(request, authored, unit, settings, content, document)
    if refused is not None:
        return refused
    if action == "make-test":
        return _make_test(request, authored, unit)
    if action == "save":
        messages.success(request, gettext("The unit is saved."))
    return redirect(reverse("teach:unit-edit", args=[authored.course.slug, unit.key]) + place)


def _save(
    request: HttpRequest,
    authored: AuthoredCourse,
    unit: Unit,
    settings: UnitSettingsForm,
    content: ContentForms,
    document: dict[str, Any],
) -> HttpResponse | None:
    """Store content and settings; a page that says why not, with everything that was typed, where it is refused."""
    person = signed_in(request)
    try:
        save_unit_content(by=person, unit=unit, content=document, seen=request.POST.get("seen", ""))
        change_unit(by=person, unit=unit, **settings.changes())
    except InvalidInput as error:
        name = _FIELDS.get(about_field(error), about_field(error))
        settings.add_error(name if name in settings.fields else None, sentence_of(error))
        return _page(request, authored, unit, settings, content, status=422)
    except Conflict as error:
        unit.refresh_from_db(fields=["content"])
        return _page(request, authored, unit, settings, content, status=409, conflict=error)
    return None


def _document(content: ContentForms, action: str, rest: str) -> tuple[dict[str, Any], str]:
    """The content after a button was pushed, and the place on the page to go on at."""
    document = content.document()
    if content.unit.kind != "text":
        return document, ""
    blocks = document["blocks"]
    if action == "add":
        return {"blocks": [*blocks, new_block(rest)]}, f"#block-{len(blocks)}"
    if action in {"up", "down", "remove"} and rest.isascii() and rest.isdigit():
        blocks, place = moved_blocks(blocks, action, int(rest))
        return {"blocks": blocks}, f"#block-{place}"
    return document, ""


def _make_test(request: HttpRequest, authored: AuthoredCourse, unit: Unit) -> HttpResponse:
    """A test of the unit's own, to be filled with questions."""
    person = signed_in(request)
    bank = open_bank(by=person, course=authored.course)
    taken = {one.key for one in list_instruments(bank, visible_to=person)}
    stem = slugify(unit.key)[:70] or "test"
    key = next(name for number in range(1, len(taken) + 2) if (name := _numbered(stem, number)) not in taken)
    purpose = "assignment" if unit.kind == "assignment" else "quiz"
    made = save_instrument(by=person, bank=bank, key=key, purpose=purpose, titles=unit.titles)
    change_unit(by=person, unit=unit, instrument=made)
    return redirect("teach:test", authored.course.slug, made.key)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _preview(
    request: HttpRequest, authored: AuthoredCourse, unit: Unit, settings: UnitSettingsForm, content: ContentForms
) -> HttpResponse:
    state = preview_state(unit, language=unit.version.source_language, content=content.document())
    if request.headers.get("HX-Request") == "true":
        return render(request, "teach/authoring/_preview.html", page_of(authored, "outline") | state)
    return _page(request, authored, unit, settings, content, previewed=state)


def _page(
    request: HttpRequest,
    authored: AuthoredCourse,
    unit: Unit,
    settings: UnitSettingsForm,
    content: ContentForms,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
    previewed: dict[str, Any] | None = None,
) -> HttpResponse:
    shown = page_of(authored, "outline", unit=unit, settings=settings, content=content, conflict=conflict)
    shown |= {
        "wrong_forms": [form for form in (settings, *content.all_forms) if form.is_bound and form.errors],
        "is_previewed": previewed is not None,
        **_beside(unit),
        **_problems(unit, content.form.setting),
        **(previewed or {}),
    }
    return render(request, "teach/authoring/unit.html", shown, status=status)


def _beside(unit: Unit) -> dict[str, Any]:
    """What stands around the forms."""
    return {
        "blocks": BLOCK_NAMES.items(),
        "edit_template": f"units/{unit.kind}/edit.html",
        "seen": content_digest(unit.content),
        "translations": other_languages_of(unit.version),
        "remarks": [one for one in list_remarks(unit.version, unit_key=unit.key) if one.settled_at is None],
        "exercise_questions": _exercise_questions(unit),
    }


def _problems(unit: Unit, setting: Setting) -> dict[str, Any]:
    """What is to be mended before publishing: here, and by translating."""
    kind, source = get_unit_kind(unit.kind), unit.version.source_language
    here = kind.check(unit.content, languages=[source], media=setting.media)
    everywhere = kind.check(unit.content, languages=unit.version.languages, media=setting.media)
    missing = len(everywhere) > len(here) or any(not unit.titles.get(code) for code in unit.version.languages)
    return {"problems": here, "is_untranslated": missing}


def _exercise_questions(unit: Unit) -> list[dict[str, Any]]:
    """Key and prompts of the questions of an exercise."""
    stored = unit.content.get("questions") if unit.kind == "exercise" else None
    documents = [one for one in stored if isinstance(one, dict)] if isinstance(stored, list) else []
    return [{"key": str(one.get("key", "")), "prompts": prompts_of(one)} for one in documents]


def _setting(authored: AuthoredCourse, unit: Unit) -> Setting:
    version = unit.version
    return Setting(
        shown=[version.source_language], languages=version.languages, media=sorted(media_names(authored.course))
    )
