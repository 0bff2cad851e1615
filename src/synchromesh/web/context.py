"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The alliance's name, the chosen theme and where this page stands in the main navigation."""
    match = request.resolver_match
    return {
        "alliance_name": settings.ALLIANCE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "theme": theme_of(request),
        "section": match.namespace.split(":")[0] if match else "",
    }


def theme_of(request: HttpRequest) -> str:
    """The colours that the reader chose: "light", "dark" or, as the device has them, empty."""
    if "HTTP_COOKIE" not in request.META:
        return ""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in {"light", "dark"} else ""
