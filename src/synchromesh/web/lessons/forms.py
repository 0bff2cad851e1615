"""The form of a lesson."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import User
from synchromesh.community.models import Lesson, Licence
from synchromesh.community.operations.lessons import LessonDetails
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import list_topics
from synchromesh.web.practices.forms import edited_organisations
from synchromesh.web.templatetags.sharing import LICENCE_WORDS, licence_name
from synchromesh.web.templatetags.synchromesh import LEVEL_NAMES, level_name, plain

_UNKNOWN = ("", "–")


class LessonForm(forms.Form):
    """What a teacher says of a lesson. What is left empty is unknown."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("What learners do and can do afterwards."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("The lesson"),
        help_text=_("As Markdown: # for headings, - for lists. Files can be added in the next step."),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(OWN_NAMES.items()))
    licence = forms.ChoiceField(label=_("Licence"), widget=forms.RadioSelect)
    credit = forms.CharField(label=_("Whom others must name"), max_length=300, required=False)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, empty_value=None, required=False)
    eqf_min = forms.IntegerField(label=_("EQF from"), min_value=1, max_value=8, required=False)
    eqf_max = forms.IntegerField(label=_("EQF to"), min_value=1, max_value=8, required=False)
    age_from = forms.IntegerField(label=_("Learners from the age of"), min_value=10, max_value=99, required=False)
    minutes = forms.IntegerField(label=_("Minutes in class"), min_value=1, max_value=100_000, required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    topics = forms.MultipleChoiceField(label=_("Field"), required=False, widget=forms.CheckboxSelectMultiple)
    skills = forms.MultipleChoiceField(
        label=_("Skills"),
        help_text=_("Hold Ctrl or Cmd to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, data: Any = None, *, person: User, lesson: Lesson | None = None, language: str = "en") -> None:
        initial = (
            _initial(lesson) if lesson else {"language": language, "licence": Licence.CC_BY, "credit": person.name}
        )
        super().__init__(data, initial=initial)
        self._topics = {topic.slug: topic for topic in list_topics()}
        self._skills = {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}
        organisations = edited_organisations(person)
        if lesson and lesson.organisation and lesson.organisation not in organisations:
            organisations.append(lesson.organisation)
        self._organisations = {one.slug: one for one in organisations}
        self._choose("licence", [(one, f"{licence_name(one)}: {LICENCE_WORDS[one]}") for one in Licence.values])
        self._choose("level", [_UNKNOWN, *((str(level), level_name(level)) for level in LEVEL_NAMES)])
        self._choose("organisation", [_UNKNOWN, *((slug, one.name) for slug, one in self._organisations.items())])
        self._choose("topics", [(slug, plain(topic.titles)) for slug, topic in self._topics.items()])
        named = sorted((plain(skill.titles), slug) for slug, skill in self._skills.items())
        self._choose("skills", [(slug, name) for name, slug in named])

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def details(self) -> LessonDetails:
        """What was entered."""
        said = dict(self.cleaned_data)
        organisation = self._organisations.get(said.pop("organisation"))
        topics = [self._topics[slug] for slug in said.pop("topics")]
        skills = [self._skills[slug] for slug in said.pop("skills")]
        return LessonDetails(**said, organisation=organisation, topics=topics, skills=skills)


def _initial(lesson: Lesson) -> dict[str, Any]:
    columns = (
        "title", "summary", "text", "language", "licence", "credit", "level", "eqf_min", "eqf_max", "age_from",
        "minutes",
    )  # fmt: skip
    return {name: getattr(lesson, name) for name in columns} | {
        "organisation": lesson.organisation.slug if lesson.organisation else "",
        "topics": [topic.slug for topic in lesson.topics.all()],
        "skills": [link.skill.slug for link in lesson.skill_links.all()],
    }
