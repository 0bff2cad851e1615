"""The form of a practice, and of "we did this too"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.community.models import Practice, PracticeTheme
from synchromesh.community.operations.practices import PracticeDetails
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import list_topics
from synchromesh.places.models import Region
from synchromesh.places.queries import get_region
from synchromesh.web.templatetags.sharing import THEMES
from synchromesh.web.templatetags.synchromesh import plain


def _area(label: Any, hint: Any, *, required: bool = False, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=4000, widget=widget)


class PracticeForm(forms.Form):
    """The one form that all practices have. What is left empty is shown as unknown."""

    title = forms.CharField(label=_("Title"), help_text=_("What was done, in one line."), max_length=150)
    challenge = _area(_("Challenge"), _("What was the problem, and whose?"))
    action = _area(_("What was done"), _("Step by step, so that others can follow."), rows=6)
    result = _area(_("Result"), _("What came of it, also what did not work."))
    evidence = _area(_("Evidence"), _("How do you know? A count, a survey, a report."))
    conditions = _area(_("What others need to do it too"), _("People, money, partners, rules."))
    theme = forms.ChoiceField(label=_("What it is about"))
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    by_whom = forms.CharField(
        label=_("Who did it"), help_text=_("Where it was somebody else, or several."), max_length=200, required=False
    )
    region = forms.CharField(
        label=_("Region"), help_text=_("The NUTS code, such as DE11."), max_length=5, required=False
    )
    period = forms.CharField(label=_("When"), max_length=60, required=False)
    cost = forms.DecimalField(
        label=_("Cost in euros"),
        help_text=_("Leave it empty if it is not known. 0 means that it cost nothing."),
        min_value=Decimal(0),
        max_value=Decimal(10**10),
        decimal_places=2,
        required=False,
    )
    cost_words = forms.CharField(label=_("What the cost takes in"), max_length=200, required=False)
    url = forms.URLField(label=_("Web page"), assume_scheme="https", max_length=1000, required=False)
    topics = forms.MultipleChoiceField(label=_("Field"), required=False, widget=forms.CheckboxSelectMultiple)
    skills = forms.MultipleChoiceField(
        label=_("Skills"),
        help_text=_("Which skills people gained. Hold Ctrl or Cmd to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, data: Any = None, *, person: User, practice: Practice | None = None, language: str) -> None:
        self._language = language
        super().__init__(data, initial=_initial(practice, language) if practice else None)
        self._topics = {topic.slug: topic for topic in list_topics()}
        self._skills = {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}
        organisations = edited_organisations(person)
        if practice and practice.organisation and practice.organisation not in organisations:
            organisations.append(practice.organisation)
        self._organisations = {one.slug: one for one in organisations}
        self._choose("theme", [(theme.value, THEMES[theme]) for theme in PracticeTheme])
        self._choose("organisation", [("", "–"), *((slug, one.name) for slug, one in self._organisations.items())])
        self._choose("topics", [(slug, plain(topic.titles)) for slug, topic in self._topics.items()])
        named = sorted((plain(skill.titles), slug) for slug, skill in self._skills.items())
        self._choose("skills", [(slug, name) for name, slug in named])

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def details(self) -> PracticeDetails:
        """What was entered. Raises NotFound for a region that NUTS does not have."""
        said = self.cleaned_data
        region: Region | None = get_region(said["region"]) if said["region"].strip() else None
        return PracticeDetails(
            language=self._language,
            texts={name: said[name] for name in TEXTS},
            theme=said["theme"],
            organisation=self._organisations.get(said["organisation"]),
            by_whom=said["by_whom"],
            region=region,
            cost_cents=None if said["cost"] is None else int(said["cost"] * 100),
            cost_words=said["cost_words"],
            period=said["period"],
            url=said["url"],
            topics=[self._topics[slug] for slug in said["topics"]],
            skills=[self._skills[slug] for slug in said["skills"]],
        )


def _initial(practice: Practice, language: str) -> dict[str, Any]:
    texts = {name: getattr(practice, column).get(language, "") for name, column in TEXTS.items()}
    cost = practice.cost_cents
    return texts | {
        "theme": practice.theme,
        "organisation": practice.organisation.slug if practice.organisation else "",
        "by_whom": practice.by_whom,
        "region": practice.region.code if practice.region else "",
        "period": practice.period,
        "cost": None if cost is None else Decimal(cost) / 100,
        "cost_words": practice.cost_words,
        "url": practice.url,
        "topics": [topic.slug for topic in practice.topics.all()],
        "skills": [link.skill.slug for link in practice.skill_links.all()],
    }


def edited_organisations(person: User) -> list[Organisation]:
    """The organisations in whose name a person writes, by name."""
    found = person.memberships.filter(role__in=EDITING_ROLES).select_related("organisation")
    return [membership.organisation for membership in found.order_by("organisation__name", "pk")]


class ReuseForm(forms.Form):
    """An organisation that did this too."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    result = forms.CharField(
        label=_("What came of it"),
        help_text=_("Also what you did differently, and what did not work."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since_year = forms.IntegerField(label=_("Since which year"), min_value=1990, max_value=2100, required=False)

    def __init__(self, data: Any = None, *, organisations: list[Organisation]) -> None:
        super().__init__(data)
        self.organisations = {one.slug: one for one in organisations}
        choices = [(slug, one.name) for slug, one in self.organisations.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
