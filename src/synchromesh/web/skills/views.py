"""Skills: the list by field and one skill with its level ladder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from synchromesh.catalogue.queries.courses import list_courses_for_skill
from synchromesh.framework.models import EscoLink, Skill, SkillKind
from synchromesh.framework.queries.concepts import (
    find_published_version,
    get_skill,
    get_topic,
    list_anchors,
    list_requirements_of_skill,
    list_skills,
    list_topics,
)
from synchromesh.framework.queries.esco import ConceptName, find_names
from synchromesh.web.kept_pages.public import public_page


@public_page
def skill_list(request: HttpRequest) -> HttpResponse:
    """All skills, by field and kind if asked."""
    slug, kind = request.GET.get("field", ""), request.GET.get("kind", "")
    topic = get_topic(slug) if slug else None
    kind = kind if kind in SkillKind.values else ""
    context = {
        "skills": list_skills(topic=topic, kind=kind),
        "topics": list_topics(),
        "topic": topic,
        "kind": kind,
        "kinds": SkillKind.choices,
    }
    return render(request, "skills/list.html", context)


@public_page
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, what each level looks like, who needs it, how to learn it."""
    skill = get_skill(slug)
    if skill.slug != slug:
        return redirect("skills:detail", slug=skill.slug, permanent=True)
    anchors = list_anchors([skill])[skill.pk]
    courses = list_courses_for_skill(skill, today=timezone.localdate())
    ladder = [
        {
            "level": level,
            "anchor": anchors.get(level),
            "courses": [course for course in courses if course.links_to_skill[0].level == level],  # type: ignore[attr-defined]
        }
        for level in (1, 2, 3)
    ]
    requirements = list_requirements_of_skill(skill)
    context = {
        "skill": skill,
        "ladder": ladder,
        "requirements": requirements,
        "version": requirements[0].version if requirements else find_published_version(),
        "esco": _esco(skill),
    }
    return render(request, "skills/detail.html", context)


def _esco(skill: Skill) -> list[tuple[EscoLink, ConceptName | None]]:
    """The links to ESCO, each with the name of the concept where it is loaded here."""
    links = list(skill.esco_links.all())
    names = find_names([link.uri for link in links]) if links else {}
    return [(link, names.get(link.uri)) for link in links]
