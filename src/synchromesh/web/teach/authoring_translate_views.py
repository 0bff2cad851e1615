"""Translate a unit side by side: on the left what is written, on the right the other language."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.translating import save_unit_texts
from synchromesh.learning.queries.authored_courses import AuthoredCourse, get_unit_to_edit
from synchromesh.learning.queries.authoring import TextToTranslate, list_texts
from synchromesh.learning.queries.outline import course_outline
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import about_field, authoring_page, other_languages_of, page_of


@authoring_page
def translate(request: HttpRequest, authored: AuthoredCourse, key: str, lang: str) -> HttpResponse:
    """Every text of the unit, its test and the questions of that."""
    version = authored.shown_version()
    if lang not in other_languages_of(version):
        raise NotFound("The course is not translated into this language. Add it to the settings of the draft first.")
    unit = get_unit_to_edit(version, key)
    texts = list_texts(unit, language=lang)
    if request.method != "POST":
        return _page(request, authored, key, lang, _rows(texts, {}))
    typed = {
        text.path: request.POST[f"text-{number}"].strip()
        for number, text in enumerate(texts)
        if request.POST.get(f"path-{number}") == text.path and f"text-{number}" in request.POST
    }
    try:
        save_unit_texts(by=signed_in(request), unit=unit, language=lang, texts=typed)
    except InvalidInput as error:
        rows = _rows(texts, typed)
        wrong = [row | {"error": sentence_of(error) if row["text"].path == about_field(error) else ""} for row in rows]  # type: ignore[attr-defined]
        return _page(request, authored, key, lang, wrong, error=error)
    messages.success(request, gettext("The translation is saved."))
    after = course_outline(version).after(key)
    if request.POST.get("do") == "next" and after is not None:
        return redirect("teach:translate", authored.course.slug, after.key, lang)
    return redirect("teach:translate", authored.course.slug, key, lang)


def _rows(texts: list[TextToTranslate], typed: dict[str, str]) -> list[dict[str, object]]:
    """A text with its number and what stands in its field; a long one gets a high field."""
    return [
        {
            "number": number,
            "text": text,
            "value": typed.get(text.path, text.text),
            "rows": min(max(2, len(text.source) // 60 + text.source.count("\n") + 1), 20),
            "is_long": text.is_markdown or "\n" in text.source or len(text.source) > 120,
            "error": "",
        }
        for number, text in enumerate(texts)
    ]


def _page(
    request: HttpRequest,
    authored: AuthoredCourse,
    key: str,
    lang: str,
    rows: list[dict[str, object]],
    error: InvalidInput | None = None,
) -> HttpResponse:
    version = authored.shown_version()
    unit = course_outline(version).unit(key)
    missing = sum(not row["value"] for row in rows)
    shown = page_of(authored, "outline", unit=unit, lang=lang, rows=rows, error=error, missing=missing)
    shown["languages"] = other_languages_of(version)
    return render(request, "teach/authoring/translate.html", shown, status=422 if error else 200)
