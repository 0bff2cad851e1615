"""The question bank of a course: a list, one question to edit, and the questions of an exercise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.assessment.models import Question, QuestionBank
from synchromesh.assessment.operations.questions import open_bank, retire_question, save_question
from synchromesh.assessment.queries.banks import find_bank, list_questions
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.framework.models import Skill
from synchromesh.learning.models import Unit
from synchromesh.learning.operations.outline_editing import save_unit_content
from synchromesh.learning.queries.authored_courses import (
    AuthoredCourse,
    get_question_to_edit,
    list_tests_asking,
)
from synchromesh.learning.queries.media import media_names
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_fields import Setting
from synchromesh.web.teach.authoring_page import about_field, authoring_page, page_of
from synchromesh.web.teach.authoring_preview import question_preview
from synchromesh.web.teach.authoring_question_forms import QuestionForms
from synchromesh.web.teach.authoring_question_specs import KIND_NAMES

_NEW = "new"
_PRACTICE_KINDS = [kind for kind in KIND_NAMES if kind not in {"file", "scale"}]


@authoring_page
def questions(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """The questions of the course, found by words and kind."""
    bank, words, kind = find_bank(authored.course), request.GET.get("q", ""), request.GET.get("kind", "")
    kinds = [kind] if kind in KIND_NAMES else []
    found = list_questions(bank, visible_to=signed_in(request), kinds=kinds, words=words) if bank else []
    rows = [(question, KIND_NAMES.get(question.kind, question.kind)) for question in found]
    shown = {"rows": rows, "words": words, "kind": kind, "kinds": KIND_NAMES.items()}
    return render(request, "teach/authoring/questions.html", page_of(authored, "questions", **shown))


@authoring_page
def question(request: HttpRequest, authored: AuthoredCourse, key: str) -> HttpResponse:
    """One question to edit, or a new one of the kind that the address asks for."""
    person = signed_in(request)
    stored = {"kind": _kind(request, list(KIND_NAMES))} if key == _NEW else get_question_to_edit(authored, key)
    forms = QuestionForms(
        request.POST if request.method == "POST" else None,
        stored=stored.document if isinstance(stored, Question) else stored,
        setting=_setting(authored),
        skills=_skills(authored.course),
    )
    if request.method != "POST":
        return _page(request, authored, forms, question=stored if isinstance(stored, Question) else None)
    bank = open_bank(by=person, course=authored.course)
    if request.POST.get("do") == "retire" and isinstance(stored, Question):
        retire_question(by=person, bank=bank, key=stored.key)
        messages.success(request, gettext("The question is taken out of the bank."))
        return redirect("teach:questions", authored.course.slug)
    return _save(request, authored, bank, forms, stored)


def _save(
    request: HttpRequest, authored: AuthoredCourse, bank: QuestionBank, forms: QuestionForms, stored: Any
) -> HttpResponse:
    person = signed_in(request)
    taken = [_NEW, *(one.key for one in list_questions(bank, visible_to=person))] if forms.is_new else []
    present = stored if isinstance(stored, Question) else None
    is_right = forms.is_valid(taken)
    if request.POST.get("do") == "preview" and all(form.is_bound for form in forms.all_forms):
        return _page(request, authored, forms, question=present, status=200 if is_right else 422)
    if is_right:
        try:
            saved = save_question(by=person, bank=bank, document=forms.document(taken))
        except InvalidInput as error:
            forms.last.add_error(
                about_field(error) if about_field(error) in forms.last.fields else None, sentence_of(error)
            )
        else:
            messages.success(request, gettext("The question is saved."))
            return redirect("teach:question", authored.course.slug, saved.key)
    return _page(request, authored, forms, question=present, status=422)


def exercise_question(request: HttpRequest, authored: AuthoredCourse, unit: Unit) -> HttpResponse:
    """One question of an exercise to edit: it stands in the unit itself, not in the bank."""
    stored = unit.content.get("questions")
    documents = [one for one in stored if isinstance(one, dict)] if isinstance(stored, list) else []
    asked = request.GET["question"]
    place = next((place for place, one in enumerate(documents) if one.get("key") == asked), len(documents))
    if place == len(documents) and asked != _NEW:
        raise NotFound("There is no such question in this exercise.")
    present = (
        {"kind": "single"} | documents[place] if place < len(documents) else {"kind": _kind(request, _PRACTICE_KINDS)}
    )
    data = request.POST if request.method == "POST" else None
    forms = QuestionForms(
        data, stored=present, setting=_setting(authored), skills=_skills(authored.course), for_practice=True
    )
    if data is None:
        return _page(request, authored, forms, unit=unit)
    action, keys = request.POST.get("do", "save"), [_NEW, *(str(one.get("key")) for one in documents)]
    is_removed = action == "retire"
    if not is_removed and (not forms.is_valid(keys) or action == "preview"):
        return _page(request, authored, forms, unit=unit, status=422 if _wrong(forms) else 200)
    changed = [] if is_removed else [forms.document(keys)]
    content = {**unit.content, "questions": [*documents[:place], *changed, *documents[place + 1 :]]}
    save_unit_content(by=signed_in(request), unit=unit, content=content)
    messages.success(request, gettext("The exercise is saved."))
    return redirect("teach:unit-edit", authored.course.slug, unit.key)


def _kind(request: HttpRequest, known: list[str]) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in known else "single"


def _wrong(forms: QuestionForms) -> list[Any]:
    return [form for form in forms.all_forms if form.is_bound and form.errors]


def _page(
    request: HttpRequest,
    authored: AuthoredCourse,
    forms: QuestionForms,
    *,
    question: Question | None = None,
    unit: Unit | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = _wrong(forms)
    shown = page_of(
        authored,
        "questions" if unit is None else "outline",
        forms=forms,
        kind_name=KIND_NAMES.get(forms.kind, forms.kind),
        question=question,
        unit=unit,
        used=list_tests_asking(question) if question else [],
        preview=None if wrong else _preview(authored, forms),
        wrong_forms=wrong,
        may_save=authored.may_edit,
    )
    return render(request, "teach/authoring/question.html", shown, status=status)


def _preview(authored: AuthoredCourse, forms: QuestionForms) -> dict[str, Any] | None:
    """The question as a learner sees it: as it is stored, or as it was sent."""
    document = forms.document() if forms.first.is_bound else forms.stored
    language = authored.version.source_language if authored.version else "en"
    return question_preview(document, slug=authored.course.slug, language=language)


def _setting(authored: AuthoredCourse) -> Setting:
    """Both languages side by side; without a version those of the course."""
    version = authored.version
    languages = version.languages if version else authored.course.languages or ["en"]
    source = version.source_language if version else languages[0]
    ordered = [source, *(code for code in languages if code != source)]
    return Setting(shown=ordered, languages=ordered, media=sorted(media_names(authored.course)))


def _skills(course: Course) -> list[tuple[str, str]]:
    """The skills that the course teaches."""
    found = Skill.objects.filter(course_links__course=course, course_links__confirmed_at__isnull=False).distinct()
    return [(skill.slug, str(skill)) for skill in found.order_by("slug")]
