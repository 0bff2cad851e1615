"""A verdict as a page shows it: one word first, then three lines, each with its reason and what would mend it.

Each word has a picture and a colour of its own, so that nobody has to tell colours apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    IssuerWord,
    LogWord,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.web.credentials.verdict_words import reason_words, remedy_words

# How it looks: good, warn (do not rely on it yet), bad (do not rely on it).
_GOOD, _WARN, _BAD = "good", "warn", "bad"
_UNCHECKED = (_WARN, pgettext_lazy("verdict", "Could not check"))
_LINES: dict[str, tuple[Any, Any, dict[str, tuple[str, Any]]]] = {
    "signature": (
        _("Signature"),
        _("Is it the document that was signed?"),
        {
            SignatureWord.GOOD: (_GOOD, pgettext_lazy("verdict on a signature", "Good")),
            SignatureWord.ALTERED: (_BAD, pgettext_lazy("verdict on a signature", "Altered")),
        },
    ),
    "status": (
        _("Status"),
        _("Does it hold today?"),
        {
            StatusWord.VALID: (_GOOD, pgettext_lazy("verdict on a status", "Valid")),
            StatusWord.EXPIRED: (_WARN, pgettext_lazy("verdict on a status", "Expired")),
            StatusWord.WITHDRAWN: (_BAD, pgettext_lazy("verdict on a status", "Withdrawn")),
            StatusWord.SUSPENDED: (_WARN, pgettext_lazy("verdict on a status", "Suspended")),
        },
    ),
    "issuer": (
        _("Issuer"),
        _("Is the issuer in the registry?"),
        {
            IssuerWord.KNOWN: (_GOOD, pgettext_lazy("verdict on an issuer", "Known")),
            IssuerWord.UNKNOWN: (_WARN, pgettext_lazy("verdict on an issuer", "Unknown")),
        },
    ),
    "log": (
        _("Transparency log"),
        _("Does the log hold it, as it says itself?"),
        {
            LogWord.RECORDED: (_GOOD, pgettext_lazy("verdict of a log", "Recorded")),
            LogWord.CONTRADICTED: (_BAD, pgettext_lazy("verdict of a log", "Contradicted")),
        },
    ),
}
# By state: colour, picture, the word, and what follows from it for the reader.
_STATES: dict[str, tuple[str, str, Any, Any]] = {
    "valid": (
        _GOOD,
        "badge-check",
        pgettext_lazy("verdict", "Valid"),
        _("It is as it was signed, it holds today, and its issuer is known."),
    ),
    "unknown_issuer": (
        _WARN,
        "badge-question-mark",
        pgettext_lazy("verdict", "Valid, issuer unknown"),
        _("It is as it was signed and holds today. Find out for yourself who the issuer is."),
    ),
    "expired": (_WARN, "calendar-x", pgettext_lazy("verdict", "Expired"), _("It was good once and has run out.")),
    "suspended": (
        _WARN,
        "circle-pause",
        pgettext_lazy("verdict", "Suspended"),
        _("It does not hold at the moment. Ask the issuer, or check it again later."),
    ),
    "withdrawn": (
        _BAD,
        "ban",
        pgettext_lazy("verdict", "Withdrawn"),
        _("Its issuer has taken it back. Do not rely on it."),
    ),
    "altered": (
        _BAD,
        "shield-x",
        pgettext_lazy("verdict", "Altered"),
        _("This is not what the issuer signed. Do not rely on anything in it."),
    ),
    "not_yet_valid": (
        _WARN,
        "calendar-clock",
        pgettext_lazy("verdict", "Not valid yet"),
        _("It is as it was signed, but holds only later."),
    ),
    "last_known": (
        _WARN,
        "clock-alert",
        pgettext_lazy("verdict", "Signature good, status from earlier"),
        _("It is as it was signed. Whether it still holds today is not known."),
    ),
    "contradicted": (
        _BAD,
        "octagon-alert",
        pgettext_lazy("verdict", "Contradicted by the log"),
        _("What it says of itself does not fit the transparency log. Ask the issuer before you rely on it."),
    ),
    "could_not_check": (
        _WARN,
        "shield-question-mark",
        pgettext_lazy("verdict", "Could not check"),
        _("Something is missing for a verdict. That says nothing against it; the lines below say what would help."),
    ),
}
_UNPROVED = _("The signature was not found good, so nothing below is proved.")
_ICONS = {_GOOD: "circle-check", _WARN: "triangle-alert", _BAD: "circle-x"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One of the lines: `tone` is good, warn or bad; `remedy` is empty where nothing is to mend."""

    name: str
    label: str
    question: str
    word: str
    tone: str
    icon: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVerdict:
    """The word above all lines, what follows from it, and the lines."""

    state: str
    tone: str
    icon: str
    title: str
    sentence: str
    lines: tuple[ShownLine, ...]

    @property
    def is_trusted(self) -> bool:
        """Whether what the document says may be read as what its issuer signed."""
        return self.state not in ("altered", "contradicted") and self.lines[0].tone == _GOOD


def show_verdict(checked: CheckedCredential) -> ShownVerdict:
    """Put a check into the reader's words."""
    state = state_of(checked)
    tone, icon, title, sentence = _STATES[state]
    if state == "could_not_check" and checked.signature.word != SignatureWord.GOOD:
        sentence = _UNPROVED
    named = [("signature", checked.signature), ("status", checked.status), ("issuer", checked.issuer)]
    if checked.log is not None:
        named.append(("log", checked.log))
    lines = tuple(_line(name, verdict) for name, verdict in named)
    return ShownVerdict(state=state, tone=tone, icon=icon, title=str(title), sentence=str(sentence), lines=lines)


def state_of(checked: CheckedCredential) -> str:
    """The one word for all lines: the gravest first."""
    if checked.signature.word == SignatureWord.ALTERED:
        return "altered"
    if checked.status.word == StatusWord.WITHDRAWN:
        return "withdrawn"
    if checked.log is not None and checked.log.word == LogWord.CONTRADICTED:
        return "contradicted"
    if checked.status.word in (StatusWord.EXPIRED, StatusWord.SUSPENDED):
        return str(checked.status.word)
    if checked.signature.word != SignatureWord.GOOD:
        return "could_not_check"
    if checked.status.word != StatusWord.VALID:
        named = {Reason.NOT_YET_VALID: "not_yet_valid", Reason.STATUS_LAST_KNOWN: "last_known"}
        return named.get(Reason(checked.status.reason), "could_not_check")
    if checked.issuer.word == IssuerWord.UNKNOWN:
        return "unknown_issuer"
    return "valid" if checked.issuer.word == IssuerWord.KNOWN else "could_not_check"


def _line(name: str, verdict: Verdict) -> ShownLine:
    label, question, words = _LINES[name]
    tone, word = words.get(verdict.word, _UNCHECKED)
    return ShownLine(
        name=name,
        label=str(label),
        question=str(question),
        word=str(word),
        tone=tone,
        icon=_ICONS[tone],
        reason=reason_words(verdict),
        remedy=remedy_words(verdict),
    )
