"""The form of an achievement: everything that a version says, its texts in one language at a time, and its skills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.credentials.models import Achievement, AchievementKind, AchievementVersion, Issuer
from synchromesh.credentials.operations.achievements import AchievementContent
from synchromesh.framework.models import Skill
from synchromesh.web.award.elements import ELEMENT_NAMES
from synchromesh.web.credentials.shown_credential import KIND_NAMES
from synchromesh.web.templatetags.synchromesh import level_name, plain

TEXTS = (
    "titles", "descriptions", "criteria", "assessments", "participations", "quality_assurances", "identity_checks",
    "renewal",
)  # fmt: skip
PLAIN = ("kind", "minutes", "level", "eqf", "eqf_source", "ects", "months_valid")
BLANK_SKILLS = 2
LEVELS = (1, 2, 3)
_LONGEST = 5000


def _text(column: str, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=ELEMENT_NAMES[column],
        help_text=help_text,
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AchievementForm(forms.Form):
    """One version. `texts_in` is the language of the texts that are shown; those in other languages stay."""

    MANDATORY: ClassVar = tuple(column for column in ELEMENT_NAMES if column != "titles")
    """Fields that may stay empty in a draft and say something once it is published."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    titles = forms.CharField(label=ELEMENT_NAMES["titles"], max_length=300)
    descriptions = _text("descriptions")
    outcomes = _text("outcomes", gettext_lazy("One thing on each line."), 4)
    criteria = _text("criteria", gettext_lazy("Such as: the exam passed with at least 70 %."))
    assessments = _text("assessments", gettext_lazy("Such as: practical test under supervision."))
    participations = _text("participations", gettext_lazy("Such as: online, on site, or both."), 2)
    quality_assurances = _text("quality_assurances", gettext_lazy("Who looks at it, and how often."), 2)
    identity_checks = _text("identity_checks", gettext_lazy("Such as: identity card shown to the supervisor."), 2)
    minutes = forms.IntegerField(
        label=gettext_lazy("Workload in minutes"),
        help_text=gettext_lazy("All that a learner needs for it on average, such as 1500 for 25 hours."),
        min_value=1,
        max_value=10_000_000,
    )
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), coerce=int, required=False)
    eqf = forms.TypedChoiceField(
        label=gettext_lazy("EQF level"),
        help_text=gettext_lazy("Only where a qualification or a regulation states one; name it below."),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "–"), *((str(level), str(level)) for level in range(1, 9))],
    )
    eqf_source = forms.CharField(label=gettext_lazy("Who states the EQF level"), required=False, max_length=500)
    ects = forms.DecimalField(
        label=gettext_lazy("ECTS points"), required=False, min_value=0, max_digits=5, decimal_places=2
    )
    months_valid = forms.IntegerField(
        label=gettext_lazy("Valid for how many months"),
        help_text=gettext_lazy("Empty: it does not expire."),
        required=False,
        min_value=1,
        max_value=600,
    )
    renewal = forms.CharField(
        label=gettext_lazy("How it is renewed"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Made up of"),
        help_text=gettext_lazy("Other achievements that count towards this one."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        issuer: Issuer,
        others: Sequence[Achievement],
        version: AchievementVersion | None = None,
        texts_in: str,
    ) -> None:
        super().__init__(data, initial=_initial(version, texts_in) if version else None)
        self.version, self.texts_in, self._others = version, texts_in, {one.slug: one for one in others}
        self._choose("kind", [(kind, KIND_NAMES[kind]) for kind in AchievementKind.values])
        self._choose("level", [("", gettext("not stated")), *((str(level), level_name(level)) for level in LEVELS)])
        self._choose("parts", [(one.slug, _title(one)) for one in others])
        for name in ("titles", "descriptions", "outcomes", "criteria", "renewal"):
            self.fields[name].widget.attrs["lang"] = texts_in
        if not issuer.is_higher_education:
            del self.fields["ects"]
        if not others:
            del self.fields["parts"]

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def content(self, skills: Sequence[tuple[Skill, int]]) -> AchievementContent:
        """What was entered, beside what is stored in other languages."""
        entered, version = self.cleaned_data, self.version
        texts: dict[str, Any] = {
            name: _merged(getattr(version, name, {}), self.texts_in, entered[name]) for name in TEXTS
        }
        plain_values = {name: entered.get(name) for name in PLAIN} | {"level": entered["level"] or 0}
        lines = [line.strip() for line in entered["outcomes"].splitlines() if line.strip()]
        return AchievementContent(
            **texts,
            **plain_values,
            outcomes=_merged_lines(version.outcomes if version else [], self.texts_in, lines),
            skills=skills,
            parts=[self._others[slug] for slug in entered.get("parts", ())],
        )


class SkillForm(forms.Form):
    """A skill that the achievement proves; both empty means none."""

    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    level = forms.TypedChoiceField(label=gettext_lazy("Level"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, skills: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["skill"].choices = [("", gettext("Choose a skill")), *skills]  # type: ignore[attr-defined]
        levels = [("", "–"), *((str(level), level_name(level)) for level in LEVELS)]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a skill without its level."""
        entered: dict[str, Any] = super().clean() or {}
        if entered.get("skill") and not entered.get("level") and "level" not in self.errors:
            self.add_error("level", gettext("Say up to which level it is proved."))
        return entered


class SkillRows:
    """The skills of an achievement as forms, one for each and some for new ones."""

    def __init__(self, data: Any, *, skills: Sequence[Skill], version: AchievementVersion | None) -> None:
        self._skills = {skill.slug: skill for skill in skills}
        proved = list(version.skills.all()) if version else []
        for link in proved:
            self._skills.setdefault(link.skill.slug, link.skill)  # one that has retired since
        choices = [(slug, plain(skill.titles)) for slug, skill in self._skills.items()]
        known: list[dict[str, Any]] = [{"skill": link.skill.slug, "level": link.level} for link in proved]
        self.forms = [
            SkillForm(data, prefix=f"skill-{number}", initial=values, skills=choices)
            for number, values in enumerate([*known, *[{}] * BLANK_SKILLS])
        ]

    def is_valid(self) -> bool:
        """Whether every row can be used."""
        wrong = [form.errors for form in self.forms]
        return not any(wrong)

    def chosen(self) -> list[tuple[Skill, int]]:
        """The skills with their levels."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("skill")]
        return [(self._skills[row["skill"]], row["level"]) for row in rows]


def _title(achievement: Achievement) -> str:
    newest = next(iter(achievement.versions.all()), None)
    return plain(newest.titles) if newest else achievement.slug


def _initial(version: AchievementVersion, texts_in: str) -> dict[str, Any]:
    return (
        {name: getattr(version, name) for name in PLAIN}
        | {name: getattr(version, name).get(texts_in, "") for name in TEXTS}
        | {
            "outcomes": "\n".join(outcome[texts_in] for outcome in version.outcomes if outcome.get(texts_in)),
            "parts": [link.part.slug for link in version.parts.all()],
        }
    )


def _merged(stored: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    """The texts with this one in its language; an empty one takes the language away."""
    others = {code: said for code, said in stored.items() if code != language}
    return others | {language: text.strip()} if text.strip() else others


def _merged_lines(stored: Sequence[Mapping[str, str]], language: str, lines: Sequence[str]) -> list[dict[str, str]]:
    """The same line by line, by their places; one that is left without any words is dropped."""
    merged = [
        _merged(stored[place] if place < len(stored) else {}, language, lines[place] if place < len(lines) else "")
        for place in range(max(len(stored), len(lines)))
    ]
    return [texts for texts in merged if texts]
