"""The forms of sources of courses: where a feed lies and what it does not say, its schedule, and what columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, ngettext

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import FeedSource
from synchromesh.catalogue.operations.feed_sources import LONGEST_ADDRESS, LONGEST_NAME, MOST_COLUMNS, SourceColumns
from synchromesh.engine.feeds.column_matching import propose_columns
from synchromesh.engine.feeds.template_columns import (
    COLUMNS,
    READ_ONLY_COLUMNS,
    TEXT_COLUMNS,
    split_text_column,
    text_column,
)
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.plumbing.imports import LONGEST_SOURCE
from synchromesh.web.templatetags.synchromesh import language_name

INTERVALS = (6, 12, 24, 72, 168, 336, 720)  # hours
_HOURS_OF_A_DAY = 24


def interval_words(hours: int | None) -> str:
    """How often a source is fetched."""
    if not hours:
        return gettext("only when somebody asks")
    if hours == 1:
        return gettext("every hour")
    if hours == _HOURS_OF_A_DAY:
        return gettext("every day")
    if hours == 7 * _HOURS_OF_A_DAY:
        return gettext("every week")
    days, rest = divmod(hours, _HOURS_OF_A_DAY)
    if rest:
        return ngettext("every %(count)d hour", "every %(count)d hours", hours) % {"count": hours}
    return ngettext("every %(count)d day", "every %(count)d days", days) % {"count": days}


class SourceForm(forms.Form):
    """Everything that can be said about a source but its columns."""

    url = forms.CharField(
        label=gettext_lazy("Address of the feed"),
        help_text=gettext_lazy("A page of data such as CSV, JSON, XML, RSS or a calendar, or a sitemap. Empty: files."),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    name = forms.CharField(label=gettext_lazy("Name of the source"), max_length=LONGEST_NAME)
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"),
        help_text=gettext_lazy("Holds where an entry names none. Its editors may see this page."),
        queryset=Organisation.objects.order_by("name", "pk"),
        to_field_name="slug",
        empty_label="–",
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the texts"),
        help_text=gettext_lazy("Holds where an entry says none."),
        required=False,
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as EUR. Holds where a price names none."),
        required=False,
        max_length=3,
    )
    every_hours = forms.TypedChoiceField(
        label=gettext_lazy("How often"), coerce=int, empty_value=None, required=False, choices=()
    )
    commits_by_itself = forms.BooleanField(
        label=gettext_lazy("Commit by itself what raises no alarm"),
        help_text=gettext_lazy("Otherwise each preview waits for somebody. Each commit can be undone."),
        required=False,
    )
    confirm_links = forms.BooleanField(
        label=gettext_lazy("The skill links of this source are checked"),
        help_text=gettext_lazy("Otherwise they are suggestions and count in no gap and no path."),
        required=False,
    )

    def __init__(self, data: Any = None, *, source: FeedSource | None = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial or (_initial(source) if source else None))
        self.fields["language"].choices = [("", "–"), *((code, language_name(code)) for code in OWN_NAMES)]  # type: ignore[attr-defined]
        hours = sorted({*INTERVALS, *([source.every_hours] if source and source.every_hours else [])})
        choices = [("", interval_words(None)), *((str(count), interval_words(count)) for count in hours)]
        self.fields["every_hours"].choices = choices  # type: ignore[attr-defined]

    def columns(self) -> SourceColumns:
        """What was entered, as the operations take it."""
        return cast(SourceColumns, {name: self.cleaned_data[name] for name in SourceForm.base_fields})


class NewSourceForm(SourceForm):
    """A source that is not there yet, and the series of files that it continues."""

    key = forms.CharField(
        label=gettext_lazy("Continue the imports named"),
        help_text=gettext_lazy("The name of the source under which its courses were imported before."),
        required=False,
        max_length=LONGEST_SOURCE,
    )


class FileForm(forms.Form):
    """The next file of a source."""

    file = forms.FileField(label=gettext_lazy("File"))


def _initial(source: FeedSource) -> dict[str, Any]:
    plain = ("url", "name", "language", "currency", "every_hours", "commits_by_itself", "confirm_links")
    return {name: getattr(source, name) for name in plain} | {
        "provider": source.provider.slug if source.provider else None
    }


def matching_choices(rows: Sequence[Mapping[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """What a heading can mean: nothing, a column of the template, or what a row names; and languages of its texts."""
    further = {row["meaning"] for row in rows} - {"", *COLUMNS, *READ_ONLY_COLUMNS}
    columns = (*COLUMNS, *READ_ONLY_COLUMNS, *sorted(further))
    return {
        "choices": [("", gettext("leave it out")), *((column, column) for column in columns)],
        "text_languages": [("", "–"), *((code, language_name(code)) for code in OWN_NAMES)],
    }


def heading_rows(headings: Sequence[str], columns: Mapping[str, str]) -> list[dict[str, str]]:
    """One row of the form for each heading, with what it means now: as a person has said, else as the words suggest."""
    known = list(dict.fromkeys([*headings, *columns]))[:MOST_COLUMNS]
    meanings = columns or propose_columns(known)
    return [{"heading": heading} | _parted(meanings.get(heading, "")) for heading in known]


def stated_columns(posted: QueryDict) -> dict[str, str]:
    """The matching that was sent: the fields `heading`, `meaning` and `meaning_language`, in their order."""
    lists = (posted.getlist(name) for name in ("heading", "meaning", "meaning_language"))
    rows = zip_longest(*lists, fillvalue="")
    return {heading: _in_language(meaning, language) for heading, meaning, language in rows if heading}


def _parted(meaning: str) -> dict[str, str]:
    """The column "title_de" as its text and its language, which stand in a field each."""
    text, language = split_text_column(meaning) or (meaning, "")
    return {"meaning": text if language else meaning, "language": language}


def _in_language(meaning: str, language: str) -> str:
    return text_column(meaning, language) if meaning in TEXT_COLUMNS and language in OWN_NAMES else meaning
