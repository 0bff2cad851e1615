"""The forms of the framework editor: texts of levels, requirements, comments and the note of a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from synchromesh.framework.models import Skill
from synchromesh.framework.operations.comments import LONGEST_COMMENT
from synchromesh.framework.operations.drafting import LEVELS, LONGEST_ANCHOR, LONGEST_NOTE, LONGEST_SOURCE
from synchromesh.framework.queries.drafts import AnchorPair
from synchromesh.framework.queries.versions import Need
from synchromesh.web.templatetags.synchromesh import language_name, level_name, plain


class AnchorsForm(forms.Form):
    """What the three levels look like in one language. An empty field takes the words away."""

    def __init__(self, language: str, pairs: Sequence[AnchorPair], data: Any = None) -> None:
        super().__init__(data, prefix=language, initial={f"level_{pair.level}": pair.after for pair in pairs})
        self.language = language
        for level in LEVELS:
            self.fields[f"level_{level}"] = forms.CharField(
                label=f"{level_name(level)} ({language_name(language)})",
                required=False,
                max_length=LONGEST_ANCHOR,
                widget=forms.Textarea(attrs={"lang": language, "rows": 3}),
            )

    def texts(self) -> dict[int, str]:
        """The words that were entered, by level."""
        return {level: str(self.cleaned_data[f"level_{level}"]) for level in LEVELS}


class NeedForm(forms.Form):
    """Level, need and weight of a requirement, and who states it."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int)
    essential = forms.TypedChoiceField(
        label=_("Need"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("essential")), ("no", _("optional"))],
    )
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        help_text=_("5 is the heaviest: the self-check asks about it first."),
        coerce=int,
        choices=[(weight, str(weight)) for weight in (5, 4, 3, 2, 1)],
    )
    source = forms.CharField(
        label=_("Who states it"),
        help_text=_("Such as a group of experts with the day of its meeting."),
        required=False,
        max_length=LONGEST_SOURCE,
    )

    def __init__(self, data: Any = None, *, need: Need | None = None) -> None:
        start = need or Need(level=2, essential=True, weight=3)
        initial = {"level": start.level, "essential": "yes" if start.essential else "no", "weight": start.weight}
        super().__init__(data, initial=initial)
        self.fields["level"].choices = [(level, level_name(level)) for level in LEVELS]  # type: ignore[attr-defined]

    def need(self) -> Need:
        """What was entered."""
        return Need(**{name: self.cleaned_data[name] for name in ("level", "essential", "weight")})


class NewNeedForm(NeedForm):
    """The same for a skill that the role does not need yet."""

    skill = forms.ChoiceField(label=_("Skill"))
    field_order = ("skill", "level", "essential", "weight", "source")

    def __init__(self, skills: Sequence[Skill], data: Any = None) -> None:
        super().__init__(data)
        self.fields["skill"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a skill")),
            *((skill.slug, plain(skill.titles) or skill.slug) for skill in skills),
        ]


class CommentForm(forms.Form):
    """One comment."""

    text = forms.CharField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(forms.Form):
    """What is new in the version, in one line."""

    note = forms.CharField(
        label=_("What is new in this version"),
        help_text=_("One line. Everybody reads it in the list of versions."),
        required=False,
        max_length=LONGEST_NOTE,
    )
