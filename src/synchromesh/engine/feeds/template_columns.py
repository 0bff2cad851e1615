"""The columns of the course template: what a table of courses can say, by the headings that we give it.

Texts stand in the language that `text_language` names; further languages have a column each, such as `title_de`.
"""

from __future__ import annotations

import re

from synchromesh.engine.vocabulary.languages import ISO_639_1

COURSE_COLUMNS = (
    "id", "title", "text_language", "provider", "provider_country", "provider_url", "record_type", "topics", "keywords",
    "summary", "description", "outcomes", "languages", "subtitles", "mode", "minutes", "workload_text", "price",
    "currency", "price_text", "certificate", "eqf_min", "eqf_max", "eqf_text", "ects", "url", "skills",
    "accessibility",
)  # fmt: skip
RUN_COLUMNS = (
    "run_id", "run_starts_on", "run_ends_on", "run_dates_text", "run_country", "run_nuts", "run_place", "run_language",
    "run_mode", "run_deadline_on", "run_seats", "run_url",
)  # fmt: skip
SOURCE_COLUMNS = ("source", "source_url", "source_on", "licence", "origin")
COLUMNS = (*COURSE_COLUMNS, *RUN_COLUMNS, *SOURCE_COLUMNS)
# Other systems tell with yes or no whether there is nothing to pay; we write it as the price.
READ_ONLY_COLUMNS = ("free",)
# What the sheet of left out rows adds; such a sheet is imported again when it is mended.
IGNORED_COLUMNS = ("problem", "problem_column")
TEXT_COLUMNS = ("title", "summary", "description", "outcomes")

_UNDETERMINED = "und"  # ISO 639-2, for a text whose language is not stated beside one whose language is
_KNOWN = frozenset((*COLUMNS, *READ_ONLY_COLUMNS))
_IN_LANGUAGE = re.compile(rf"({'|'.join(TEXT_COLUMNS)})_([a-z]{{2}}|{_UNDETERMINED})")


def is_template_column(column: str) -> bool:
    """Tell whether this is a column of the template, texts in further languages included."""
    return column in _KNOWN or split_text_column(column) is not None


def split_text_column(column: str) -> tuple[str, str] | None:
    """Return ("title", "de") for "title_de" and None for a column that holds no text in a language of its own.

    The language is "" for "title_und": a text whose language nobody states.
    """
    match = _IN_LANGUAGE.fullmatch(column)
    if match is None or (match[2] not in ISO_639_1 and match[2] != _UNDETERMINED):
        return None
    return match[1], "" if match[2] == _UNDETERMINED else match[2]


def text_column(text: str, language: str) -> str:
    """Return the column of a text in a further language, from which `split_text_column` gives both back."""
    return f"{text}_{language or _UNDETERMINED}"
