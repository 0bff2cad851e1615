"""The forms of the outline: the languages of a first draft, a section, a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.catalogue.models import Course
from synchromesh.engine.vocabulary.languages import OWN_NAMES, parse_language
from synchromesh.learning.models import ContentVersion, Section
from synchromesh.web.templatetags.learning import UNIT_KINDS
from synchromesh.web.templatetags.synchromesh import language_name


class BeginForm(forms.Form):
    """In which language a first draft is written, and into which it is translated."""

    source_language = forms.ChoiceField(label=gettext_lazy("I write it in"))
    languages = forms.CharField(
        label=gettext_lazy("It is translated into"),
        help_text=gettext_lazy("Separated by commas, such as English, Deutsch. Empty if it is not translated."),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any = None, *, course: Course) -> None:
        known = [code for code in course.languages if code in OWN_NAMES] or ["en"]
        others = ", ".join(OWN_NAMES[code] for code in known[1:])
        super().__init__(data, initial={"source_language": known[0], "languages": others})
        self.fields["source_language"].choices = [(code, language_name(code)) for code in OWN_NAMES]  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        """The codes. Refuses a word that is no language."""
        return language_codes(self.cleaned_data["languages"])

    def languages_given(self) -> dict[str, Any]:
        """What was chosen, as `create_draft` takes it."""
        source = self.cleaned_data["source_language"]
        others = [code for code in self.cleaned_data["languages"] if code != source]
        return {"source_language": source, "languages": [source, *others]}


class SectionForm(forms.Form):
    """The title of a section in the source language, and in the languages into which the course is translated."""

    title = forms.CharField(label=gettext_lazy("Title of the section"), max_length=200)

    def __init__(self, data: Any = None, *, version: ContentVersion, section: Section | None = None) -> None:
        titles = section.titles if section else {}
        others = [code for code in version.languages if code != version.source_language]
        initial = {"title": titles.get(version.source_language, "")}
        initial |= {f"title_{code}": titles.get(code, "") for code in others}
        super().__init__(data, auto_id=f"section-{section.key}-%s" if section else "new-section-%s", initial=initial)
        self.fields["title"].widget.attrs["lang"] = version.source_language
        for code in others:
            label = gettext("Title of the section: %(language)s") % {"language": language_name(code)}
            self.fields[f"title_{code}"] = forms.CharField(label=label, max_length=200, required=False)
            self.fields[f"title_{code}"].widget.attrs["lang"] = code


class UnitForm(forms.Form):
    """Title and kind of a unit to add."""

    title = forms.CharField(label=gettext_lazy("Title of the unit"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("What learners do there"), choices=list(UNIT_KINDS.items()))

    def __init__(self, data: Any = None, *, version: ContentVersion, section: Section) -> None:
        super().__init__(data, auto_id=f"unit-in-{section.key}-%s")
        self.fields["title"].widget.attrs["lang"] = version.source_language


def titles_of(form: forms.Form, version: ContentVersion, before: Mapping[str, str] | None = None) -> dict[str, str]:
    """The titles with those that were typed; one that was emptied is gone."""
    typed = {code: form.cleaned_data.get(f"title_{code}") for code in version.languages}
    typed[version.source_language] = form.cleaned_data["title"]
    kept = {code: text for code, text in (before or {}).items() if typed.get(code) is None}
    return kept | {code: text for code, text in typed.items() if text}


def language_codes(text: str) -> list[str]:
    """Languages as words or codes, separated by commas, to codes. Raises ValidationError for a word that is none."""
    words = [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]
    codes = [parse_language(word) for word in words]
    for word, code in zip(words, codes, strict=True):
        if not code:
            raise forms.ValidationError(gettext("“%(word)s” is not a language.") % {"word": word[:40]})
    return list(dict.fromkeys(code for code in codes if code))
