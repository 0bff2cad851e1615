"""Job roles and the main job: self-check, gap, path, and keeping the path."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from synchromesh.catalogue.models import Mode
from synchromesh.catalogue.queries.course_counts import count_courses
from synchromesh.framework.models import JobRole
from synchromesh.framework.queries.concepts import (
    get_family,
    get_role,
    get_skill,
    get_topic,
    list_anchors,
    list_families,
    list_requirements,
    list_roles,
    list_topics,
)
from synchromesh.framework.queries.nearness import list_near_roles
from synchromesh.pathways.operations.plans import save_plan, save_self_ratings
from synchromesh.pathways.queries.gaps import Gap, asked_in_check, find_gap
from synchromesh.pathways.queries.paths import TrainingPath, find_training_path
from synchromesh.web.kept_pages.public import public_page
from synchromesh.web.people import signed_in
from synchromesh.web.roles.headlines import gap_headline, path_summary, proof_sentence
from synchromesh.web.roles.path_calendar import render_path_calendar
from synchromesh.web.roles.path_pdf import render_path_pdf
from synchromesh.web.roles.wishes import held_levels, read_answers, read_wishes, store_answers
from synchromesh.web.wanted.counting import count_missing_course


@public_page
def role_list(request: HttpRequest) -> HttpResponse:
    """All roles, by field and family if asked."""
    slug, family_slug = request.GET.get("field", ""), request.GET.get("family", "")
    topic = get_topic(slug) if slug else None
    family = get_family(family_slug) if family_slug else None
    context = {
        "roles": list_roles(topic=topic, family=family),
        "topics": list_topics(),
        "topic": topic,
        "families": list_families(),
        "family": family,
        "course_counts": count_courses(today=timezone.localdate()),
    }
    return render(request, "roles/list.html", context)


def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What the role is, and the self-check on the same page."""
    role = get_role(slug)
    if role.slug != slug:
        return redirect("roles:detail", slug=role.slug, permanent=True)
    requirements = list_requirements(role)
    asked = asked_in_check(requirements)
    answers = read_answers(request)
    anchors = list_anchors([requirement.skill for requirement in asked])
    rows = [{"requirement": r, "answer": answers.get(str(r.skill.uid)), "anchors": anchors[r.skill_id]} for r in asked]
    context = {
        "role": role,
        "rows": rows,
        "answered": sum(row["answer"] is not None for row in rows),
        "left_out": len(requirements) - len(asked),
        "choices": (0, 1, 2, 3),
        "near_roles": list_near_roles(role),
    }
    return render(request, "roles/detail.html", context)


@require_POST
def role_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the answers into the session and show the gap."""
    role = get_role(slug)
    store_answers(request, asked_in_check(list_requirements(role)))
    return redirect("roles:gap", slug=role.slug)


def role_gap(request: HttpRequest, slug: str) -> HttpResponse:
    """Skill by skill: you, the job, what closes it."""
    role = get_role(slug)
    path = _path(request, role)
    _count_unreachable(request, path)
    rows = [
        {"row": row, "steps": path.closing_steps(row), "unreachable": path.is_unreachable(row)} for row in path.gap.rows
    ]
    return render(request, "roles/gap.html", _path_context(request, path) | {"rows": rows})


def role_path(request: HttpRequest, slug: str) -> HttpResponse:
    """The ordered courses, with wishes and swaps in the address."""
    role = get_role(slug)
    path = _path(request, role)
    steps = [{"step": step, "alternatives": path.alternatives_to(step)} for step in path.steps]
    languages = sorted(
        {code for course in path.courses.values() for code in course.languages} | set(path.wishes.languages)
    )
    context = _path_context(request, path) | {
        "steps": steps,
        "languages": languages,
        "modes": Mode.choices,
        "other_language_steps": 0 if path.wishes.languages else _steps_in_other_languages(path),
    }
    return render(request, "roles/path.html", context)


@login_required
def save_path(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep answers and path for the signed-in person; somebody who comes back from signing in sees the path first."""
    path = _path(request, get_role(slug))
    if request.method != "POST":
        return redirect(_address("roles:path", path))
    person = signed_in(request)
    save_self_ratings(by=person, gap=path.gap, answers=read_answers(request))
    plan = save_plan(by=person, path=path)
    messages.success(request, gettext("Your plan is saved."))
    return redirect("me:plan", uid=plan.uid)


@require_POST
def want_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Count the wish for a course that nobody offers yet."""
    role = get_role(slug)
    skill = get_skill(request.POST.get("skill", ""))
    level = request.POST.get("level", "")
    count_missing_course(request, skill, int(level) if level in {"1", "2", "3"} else None)
    messages.success(request, gettext("Thank you. Providers see that this course is wanted; nobody sees who wants it."))
    return redirect("roles:gap", slug=role.slug)


def path_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Gap and path as a printable file."""
    path = _path(request, get_role(slug))
    address = request.build_absolute_uri(_address("roles:path", path))
    pdf = render_path_pdf(path, headline=gap_headline(path.gap, path), address=address, today=timezone.localdate())
    return _file(pdf, "application/pdf", f"path-{path.gap.role.slug}.pdf")


def path_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dated runs of the path as a calendar file."""
    path = _path(request, get_role(slug))
    site = request.build_absolute_uri("/").rstrip("/")
    calendar = render_path_calendar(path, site_address=site, stamp=timezone.now())
    return _file(calendar, "text/calendar; charset=utf-8", f"path-{path.gap.role.slug}.ics")


def _steps_in_other_languages(path: TrainingPath) -> int:
    """How many courses are surely not in the reader's language; one that states no language is not counted."""
    reader = get_language() or "en"
    return sum(bool(step.course.languages) and reader not in step.course.languages for step in path.steps)


def _gap(request: HttpRequest, role: JobRole) -> Gap:
    return find_gap(role, answers=read_answers(request), held=held_levels(request, timezone.localdate()))


def _path(request: HttpRequest, role: JobRole) -> TrainingPath:
    return find_training_path(_gap(request, role), wishes=read_wishes(request.GET), today=timezone.localdate())


def _address(name: str, path: TrainingPath) -> str:
    """The address of this path with the wishes in it."""
    wishes = path.wishes
    pairs = [("hour", f"{wishes.hour_value_cents / 100:g}")] if wishes.hour_value_cents != 2000 else []
    for key in ("languages", "modes", "use", "without"):
        name_in_address = {"languages": "language", "modes": "mode"}.get(key, key)
        pairs += [(name_in_address, value) for value in getattr(wishes, key)]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return reverse(name, args=[path.gap.role.slug]) + query


def _path_context(request: HttpRequest, path: TrainingPath) -> dict[str, object]:
    return {
        "role": path.gap.role,
        "gap": path.gap,
        "path": path,
        "wishes": path.wishes,
        "headline": gap_headline(path.gap, path),
        "summary": path_summary(path),
        "proof": proof_sentence(path),
        "path_address": _address("roles:path", path),
        "pdf_address": _address("roles:pdf", path),
        "calendar_address": _address("roles:calendar", path),
        "save_address": _address("roles:save", path),
        "hour_value": f"{path.wishes.hour_value_cents / 100:g}",
        "has_dates": any(step.next_run and step.next_run.starts_on for step in path.steps),
    }


def _count_unreachable(request: HttpRequest, path: TrainingPath) -> None:
    """Count each gap that no course closes once per browser, when the person has answered something."""
    if not path.gap.answered:
        return
    counted = set(request.session.get("counted_gaps", []))
    found = {f"{skill.uid}:{level}": (skill, level) for skill, level in path.unreachable}
    new = found.keys() - counted
    languages = path.wishes.languages
    for key in sorted(new):
        skill, level = found[key]
        count_missing_course(request, skill, level, language=languages[0] if len(languages) == 1 else "")
    if new:
        request.session["counted_gaps"] = sorted(counted | new)[-200:]


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
