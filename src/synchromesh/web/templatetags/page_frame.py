"""Template tags of the frame: words of an address, sentences of errors, names of course facts."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.utils.translation import gettext, gettext_noop

from synchromesh.engine.errors import SynchromeshError
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.web.error_sentences import sentence_of

register = template.Library()

MODE_NAMES = {
    "online": gettext_noop("Online"),
    "on-site": gettext_noop("On site"),
    "blended": gettext_noop("Online and on site"),
    "self-study": gettext_noop("Self-study"),
    "in-company": gettext_noop("In your company"),
}
CERTIFICATE_NAMES = {
    "none": gettext_noop("No certificate"),
    "attendance": gettext_noop("Certificate of attendance"),
    "certificate": gettext_noop("Certificate after a test"),
    "micro-credential": gettext_noop("Micro-credential"),
    "qualification": gettext_noop("Qualification"),
}
ACCESSIBILITY_NAMES = {
    "captions": gettext_noop("Captions"),
    "transcript": gettext_noop("Transcripts"),
    "sign-language": gettext_noop("Sign language"),
    "audio-description": gettext_noop("Audio description"),
    "screen-reader": gettext_noop("Works with a screen reader"),
    "keyboard": gettext_noop("Works with the keyboard alone"),
    "easy-language": gettext_noop("Easy language"),
    "step-free": gettext_noop("Step-free rooms"),
}
_WORD = re.compile(r"[^\W\d_]{2,}")


@register.filter
def error_sentence(error: SynchromeshError) -> str:
    """The sentence of an expected error, marked as English where the page is in another language."""
    return sentence_of(error)


@register.filter
def address_words(path: str) -> str:
    """The words of an address without the language prefix: "/en/roles/cell-operator/" gives "cell operator"."""
    parts = [part for part in path.split("/") if part and part not in OWN_NAMES]
    return " ".join(_WORD.findall(" ".join(parts[-1:] if len(parts) > 1 else parts)))[:80]


@register.filter
def mode_name(mode: str) -> str:
    """Where learning happens, in the reader's language; plainly unknown when the source does not say it."""
    return gettext(MODE_NAMES[mode]) if mode in MODE_NAMES else gettext("place not stated")


@register.filter
def certificate_name(certificate: str) -> str:
    """What a learner gets at the end, in the reader's language; empty when the source does not say it."""
    return gettext(CERTIFICATE_NAMES[certificate]) if certificate in CERTIFICATE_NAMES else ""


@register.filter
def accessibility_names(codes: list[str]) -> str:
    """What makes a course usable for more people, in one line in the reader's language."""
    return ", ".join(gettext(ACCESSIBILITY_NAMES.get(code, code)) for code in codes or [])


@register.filter
def language_names(codes: list[str]) -> str:
    """Own names of languages in one line: "English, Deutsch"."""
    return ", ".join(OWN_NAMES.get(code, code) for code in codes or [])


@register.filter
def page_numbers(paginator: Paginator[Any], current: int) -> list[int]:
    """Which pages to link: first, last and two on each side of the current one; 0 stands for a gap."""
    wanted = [n for n in paginator.page_range if n in (1, paginator.num_pages) or abs(n - current) <= 2]
    shown: list[int] = []
    for number in wanted:
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown
