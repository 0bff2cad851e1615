"""Files of a credential to take away: which there are, what each is good for, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from synchromesh.credentials.models import Credential
from synchromesh.credentials.operations.envelopes import take_envelope, written_formats
from synchromesh.credentials.operations.offline_files import take_offline_file
from synchromesh.credentials.operations.printing import take_pdf
from synchromesh.engine.credential_formats.envelopes import offline_bundle
from synchromesh.engine.errors import NotFound
from synchromesh.web.credentials.shown_credential import FORMAT_NAMES

PRINTED = "pdf"
OFFLINE = "offline"
# The first two are for everybody; the others for programs, each with what it is good for.
_HINTS: Mapping[str, Any] = {
    PRINTED: _("In the language of this page. To print, or to send with an application."),
    OFFLINE: _("Holds everything that a check needs, as it is today. Keep it: it works when this site is gone."),
    "open_badge": _("For badge wallets and other sites."),
    "baked_png": _("A picture of the badge. Some mail programs and messengers cut the credential out."),
    "european_learning_model": _("For Europass and other European services."),
    "selective_jwt": _("For digital wallets. You can leave parts out when you show it."),
    "open_badge_jwt": _("Short, for programs."),
    "open_badge_jcs": _("For programs that sign JSON as it stands."),
    "baked_svg": _("A picture of the badge that can be made larger."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that can be had: its name in addresses, what it is called and what it is good for."""

    format: str
    title: Any
    hint: Any


def list_downloads() -> list[Download]:
    """All of them, those for people first."""
    written = written_formats()
    order = [*_HINTS, *sorted(set(written) - set(_HINTS))]
    names = {name: FORMAT_NAMES.get(name, module.TITLE) for name, module in written.items()}
    names[OFFLINE] = _("One file that can be checked without internet")
    return [Download(format=name, title=names[name], hint=_HINTS.get(name, "")) for name in order if name in names]


def send_credential(credential: Credential, format_name: str) -> HttpResponse:
    """The credential as a file; the PDF in the language of the page. Raises NotFound for an unknown format.

    Whether who asks may have it, the caller has made sure.
    """
    written = written_formats()
    if format_name == OFFLINE:
        return send_file(credential, take_offline_file(credential), offline_bundle)
    if format_name not in written:
        raise NotFound("There is no file of this format.")
    envelope = _TAKEN.get(format_name, take_envelope)(credential, format_name)
    return send_file(credential, bytes(envelope.data), written[format_name])


def send_file(credential: Credential, data: bytes, module: Any) -> HttpResponse:
    """Bytes of an envelope under a name that says what it is."""
    response = HttpResponse(data, content_type=module.MEDIA_TYPE)
    slug = credential.version.achievement.slug[:60]
    response["Content-Disposition"] = f'attachment; filename="{slug}-{credential.code[:6].lower()}.{module.ENDING}"'
    return keep_private(response)


def keep_private(response: HttpResponse) -> HttpResponse:
    """Nothing may find, keep or pass on what a secret address shows."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not "no-referrer": browsers then send forms of the page, such as the one for its colours, with the origin "null".
    response["Referrer-Policy"] = "same-origin"
    return response


def _printed(credential: Credential, format_name: str) -> Any:
    return take_pdf(credential, get_language() or "en")


_TAKEN: Mapping[str, Callable[[Credential, str], Any]] = {PRINTED: _printed}
