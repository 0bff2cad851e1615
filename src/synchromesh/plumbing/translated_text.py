"""One text in several languages: a JSON column `{"en": "...", "de": "..."}` and the rule of falling back visibly.

Why a column and not a table: a language is added without a migration, a partly translated text is natural and an
export is the column itself (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalText:
    """A text as shown to one reader: the words, their language, and whether another language was asked for."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def in_language(texts: Mapping[str, str], language: str) -> LocalText:
    """Pick the text in `language`, else English, else any; an empty text when there is none at all."""
    for candidate in (language, FALLBACK_LANGUAGE, *sorted(texts)):
        if texts.get(candidate):
            return LocalText(text=texts[candidate], language=candidate, is_fallback=candidate != language)
    return LocalText(text="", language=language, is_fallback=False)


def validate_texts(value: Any) -> None:
    """Refuse anything but a mapping of two-letter codes to texts."""
    good = isinstance(value, dict) and all(
        isinstance(code, str) and len(code) == 2 and isinstance(text, str) for code, text in value.items()
    )
    if not good:
        raise ValidationError("A translated text maps two-letter language codes to texts.")


class TranslatedField(models.JSONField):
    """A JSON column that holds one text per language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)
        self.validators = [*self.validators, validate_texts]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Give the languages in one order: databases keep the keys of JSON in orders of their own."""
        texts = super().from_db_value(value, expression, connection)
        return dict(sorted(texts.items())) if isinstance(texts, dict) else texts
