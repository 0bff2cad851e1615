"""The words that are printed on a credential, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_noop as _

from synchromesh.credentials.models import Credential
from synchromesh.engine.credential_formats.wording import LABELS, Wording, plain_number
from synchromesh.plumbing.translated_text import in_language

# The labels of `engine.credential_formats.wording`, word for word, where translators find them.
TRANSLATED = frozenset(
    (
        _("Micro-credential"),
        _("Certificate"),
        _("Badge"),
        _("Course certificate"),
        _("Certificate of competence"),
        _("Certificate of membership"),
        _("Credential"),
        _("Awarded to"),
        _("Awarded by"),
        _("Country of the issuer"),
        _("Awarded on"),
        _("Valid from"),
        _("Valid until"),
        _("Valid"),
        _("without an end"),
        _("Workload"),
        _("Level"),
        _("{level} of 3: {name}"),
        _("EQF level"),
        _("{level}, as stated by {source}"),
        _("ECTS credits"),
        _("Result"),
        _("Passed"),
        _("What the holder can do"),
        _("Proved skills"),
        _("Skill"),
        _("How it was earned"),
        _("Criteria"),
        _("Type of assessment"),
        _("Form of participation"),
        _("Identity check"),
        _("Quality assurance"),
        _("Evidence"),
        _("Made up of"),
        _("Counts towards"),
        _("Check it"),
        _("Scan the code, or open the address. No account is needed."),
        _("QR code that leads to {address}"),
        _("The signed file is attached to this PDF: {names}"),
        _("Number"),
        _("Page {page} of {pages}"),
        _("A white square stands for characters that cannot be printed here."),
    )
)
_LEVELS = (_("Awareness"), _("Practitioner"), _("Expert"))
_Value = TypeVar("_Value", date, int, Decimal)


def wording_of(credential: Credential, language: str) -> Wording:
    """The words around a credential's own texts in this language; what is not translated is English."""
    with override(language):
        labels = {key: gettext(english) for key, english in LABELS.items()}
        first, second, third = (gettext(name) for name in _LEVELS)
    return Wording(
        language=language,
        labels=labels,
        day=_in(language, _day),
        country=_country(credential, language),
        hours=_in(language, _hours),
        number=_in(language, _number),
        levels=(first, second, third),
    )


def _in(language: str, write: Callable[[_Value], str]) -> Callable[[_Value], str]:
    def written(value: _Value) -> str:
        with override(language):
            return write(value)

    return written


def _day(value: date) -> str:
    return str(date_format(value, "DATE_FORMAT"))


def _number(value: Decimal) -> str:
    return str(number_format(plain_number(value)))


def _hours(minutes: int) -> str:
    """Minutes under an hour and a half, else hours with at most one decimal: as on the pages."""
    if minutes < 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    value = round(minutes / 60, 1)
    shown = number_format(int(value) if value == int(value) else value)
    return ngettext("%(count)s hour", "%(count)s hours", int(value + 0.5)) % {"count": shown}


def _country(credential: Credential, language: str) -> Callable[[str], str]:
    country = credential.version.achievement.issuer.organisation.country
    return lambda code: in_language(country.names, language).text if country and country.code == code else code
