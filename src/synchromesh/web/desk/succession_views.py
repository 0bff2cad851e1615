"""Split and merge skills: choose, see what would move, have a second person confirm it, and take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound, SynchromeshError
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.drafts import list_editable_skills
from synchromesh.framework.queries.words_in_names import has_words
from synchromesh.plumbing import imports
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.plumbing.translated_text import in_language
from synchromesh.site.skill_changes import (
    SkillChangeImporter,
    commit_skill_change,
    count_touched,
    preview_skill_change,
    undo_skill_change,
    withdraw_skill_change,
)
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.people import name_people, signed_in

MERGE, SPLIT = "merge", "split"
SKILLS_SHOWN = 40
# What a row of a preview is about, in the order of the page; the position is the word the operations use.
PARTS = {
    "skill": gettext_lazy("Skills that retire"),
    "role": gettext_lazy("Requirements of job roles"),
    "anchor": gettext_lazy("Descriptions of levels"),
    "unit entry": gettext_lazy("Lines of skill cards"),
    "course": gettext_lazy("Skills of courses"),
    "ESCO link": gettext_lazy("Links to ESCO"),
    "field": gettext_lazy("Fields"),
    "question": gettext_lazy("Questions of tests"),
    "wish": gettext_lazy("Wanted training"),
    "ratings": gettext_lazy("Levels that people stated or were given"),
}


def _staff(request: HttpRequest) -> User:
    person = signed_in(request)
    require(may_edit_framework(person), "Only alliance staff can split or merge skills.")
    return person


@login_required
def skill_changes(request: HttpRequest) -> HttpResponse:
    """What waits to be confirmed, and what was done and can be undone."""
    person = _staff(request)
    batches = imports.list_batches(kinds=[SkillChangeImporter.kind])
    names = name_people((batch.actor for batch in batches), reader=person)
    rows = [(batch, _title(batch), names.get(batch.actor, "")) for batch in batches]
    context = {
        "waiting": [row for row in rows if row[0].status == BatchStatus.PREVIEWED],
        "past": [row for row in rows if row[0].status != BatchStatus.PREVIEWED],
    }
    return render(request, "desk/skill_changes.html", context)


@login_required
def prepare_skill_change(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose the skills; everything chosen is in the address. Posting it prepares the change and shows the preview."""
    person = _staff(request)
    if kind not in {MERGE, SPLIT}:
        raise NotFound("Skills can be merged or split.")
    stated, wrong, status = request.POST if request.method == "POST" else request.GET, "", 200
    several, one = _distinct(stated.getlist("several")), stated.get("one", "")
    touched: dict[str, int] | None = None
    try:
        if request.method == "POST":
            batch, _ = preview_skill_change(by=person, request=_request(kind, several, one))
            return redirect("desk:skill-change", uid=batch.uid)
        if request.GET.get("step") == "check":
            touched = count_touched(_request(kind, several, one))
    except (Conflict, InvalidInput, NotFound) as error:
        wrong, status = sentence_of(error), 409 if isinstance(error, Conflict) else 422
    context = _choice(request, kind, several, one) | {"wrong": wrong, "touched": touched}
    return render(request, "desk/skill_change_form.html", context, status=status)


def _request(kind: str, several: Sequence[str], one: str) -> dict[str, Any]:
    """The choice as the operation understands it (see `site.skill_requests`)."""
    if not several or not one:
        raise TranslatedInvalidInput(gettext("Choose the skills on both sides."), field="several")
    return (
        {MERGE: {"from": list(several), "into": one}}
        if kind == MERGE
        else {SPLIT: {"from": one, "into": list(several)}}
    )


def _choice(request: HttpRequest, kind: str, several: Sequence[str], one: str) -> dict[str, Any]:
    """The skills to choose from: those of the search and those chosen already; the other side is a plain list."""
    query = request.GET.get("q", "")[:100]
    skills = list_editable_skills()
    fitting = (
        [skill for skill in skills if skill.slug not in several and has_words(skill, query)] if query.strip() else []
    )
    by_slug = {skill.slug: skill for skill in skills}
    return {
        "kind": kind,
        "query": query,
        "chosen": [by_slug[slug] for slug in several if slug in by_slug],
        "found": fitting[:SKILLS_SHOWN],
        "more": max(0, len(fitting) - SKILLS_SHOWN),
        "one": one,
        "other": by_slug.get(one),
        "skills": sorted(skills, key=lambda skill: in_language(skill.titles, get_language() or "en").text.casefold()),
    }


@login_required
def skill_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One change: what it moves, in plain words, and the buttons that are possible for this person now."""
    person, batch = _staff(request), _batch(uid)
    wrong, status = "", 200
    if request.method == "POST":
        try:
            return _act(request, person, batch)
        except (Conflict, InvalidInput, NotAllowed, NotFound) as error:
            wrong, status = sentence_of(error), _status(error)
            batch = _batch(uid)
    context = {
        "batch": batch,
        "title": _title(batch),
        "is_own": batch.actor == person.public_id,
        "by": name_people([batch.actor], reader=person).get(batch.actor, ""),
        "touched": batch.options.get("touched", {}),
        "parts": _parts(batch.rows),
        "wrong": wrong,
    }
    return render(request, "desk/skill_change.html", context, status=status)


def _act(request: HttpRequest, person: User, batch: ImportBatch) -> HttpResponse:
    do = request.POST.get("do")
    if do == "commit":
        commit_skill_change(by=person, batch=batch)
        messages.success(request, gettext("The change is carried out. You can undo it here."))
    elif do == "undo":
        undo_skill_change(by=person, batch=batch)
        messages.success(request, gettext("The change is undone. Everything is as it was before."))
    elif do == "withdraw":
        withdraw_skill_change(by=person, batch=batch)
        messages.success(request, gettext("The change is withdrawn. Nothing was moved."))
        return redirect("desk:skill-changes")
    else:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    return redirect("desk:skill-change", uid=batch.uid)


def _status(error: SynchromeshError) -> int:
    return 403 if isinstance(error, NotAllowed) else 422 if isinstance(error, InvalidInput) else 409


def _parts(rows: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of the preview under their headings; a position that nobody foresaw comes last under its own word."""
    found: dict[str, list[dict[str, Any]]] = {position: [] for position in PARTS}
    for row in rows:
        found.setdefault(row["position"], []).append(row)
    return [(str(PARTS.get(position, position)), listed) for position, listed in found.items() if listed]


def _title(batch: ImportBatch) -> str:
    """What is split or merged, by the short names of the skills; else what the batch itself is called."""
    stated = batch.options.get("request", {})
    if stated.get(MERGE):
        words = {"before": ", ".join(stated[MERGE]["from"]), "after": stated[MERGE]["into"]}
        return gettext("Merge %(before)s into %(after)s") % words
    if stated.get(SPLIT):
        words = {"before": stated[SPLIT]["from"], "after": ", ".join(stated[SPLIT]["into"])}
        return gettext("Split %(before)s into %(after)s") % words
    return batch.name


def _distinct(slugs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(slug for slug in slugs if slug))


def _batch(uid: UUID) -> ImportBatch:
    return imports.find_batch(kind=SkillChangeImporter.kind, uid=str(uid))
