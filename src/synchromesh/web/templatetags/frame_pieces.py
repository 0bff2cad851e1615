"""The frame of a page, head and foot: kept like other pieces, with gaps where each page has its own address.

Texts of the interface, static files and links are the same on every page of a part of the site. Only the address of the
page differs, so that a piece is rendered once with a private character in its place, which is then replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_from_path

from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.web.templatetags.kept_pieces import kept_piece

register = template.Library()

ADDRESS, PATH, BEHIND = "\ue000", "\ue001", "\ue002"
"""What stands for the address of the page, its path as a value in an address, and what follows the language in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The pieces of one page."""

    right_to_left: bool
    files: SafeString
    head: SafeString
    foot: SafeString


@register.simple_tag(takes_context=True)
def frame_pieces(context: dict[str, Any]) -> Frame:
    """Files, head and foot of this page, for the reader's theme and language."""
    request: HttpRequest | None = context.get("request")
    section, theme = context.get("section", ""), context.get("theme", "")
    user = context.get("user")
    names = {"alliance_name": context.get("alliance_name", ""), "section": section, "theme": theme}
    languages, behind = language_addresses(request) if request else ((), "")
    gaps = {
        ADDRESS: escape(request.get_full_path()) if request else "",
        PATH: escape(quote(request.path, safe="/")) if request else "",
        BEHIND: escape(iri_to_uri(behind)),
    }
    is_signed_in = bool(user is not None and user.is_authenticated)
    head = kept_piece("components/site_head.html", signed_in=is_signed_in, address=ADDRESS, path=PATH, **names)
    foot = kept_piece(
        "components/site_foot.html",
        languages=languages,
        theme=theme,
        address=ADDRESS,
        contact_email=context.get("contact_email", ""),
    )
    return Frame(
        right_to_left=get_language_bidi(),
        files=_filled(kept_piece("components/site_files.html", languages=languages), gaps),
        head=_filled(head, gaps),
        foot=_filled(foot, gaps),
    )


def language_addresses(request: HttpRequest) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """This page in each offered language: code, own name and full address with a gap; and what belongs into the gap.

    A permanent address that speaks the reader's language, such as that of a credential, also has one for each language.
    """
    path = request.path
    said = get_language_from_path(path)
    if said is None and is_valid_path(f"/{get_language()}{path}"):
        said, path = get_language(), f"/{get_language()}{path}"
    site = request.build_absolute_uri("/")
    languages = tuple(
        (code, OWN_NAMES.get(code, code), f"{site}{code}/{BEHIND}" if said else f"{site}{BEHIND}")
        for code in settings.INTERFACE_LANGUAGES
    )
    return languages, path.removeprefix(f"/{said}/") if said else path.removeprefix("/")


def _filled(piece: SafeString, gaps: dict[str, str]) -> SafeString:
    text = str(piece)
    for gap, filling in gaps.items():
        text = text.replace(gap, filling)
    return SafeString(text)
