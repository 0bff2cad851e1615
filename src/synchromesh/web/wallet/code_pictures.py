"""QR codes as addresses of pictures, so that a page needs no second request and no secret is kept for one."""

from __future__ import annotations

from urllib.parse import quote

from synchromesh.engine.credential_formats.qr import qr_svg


def code_picture(text: str) -> str:
    """A `data:` address of the code."""
    return f"data:image/svg+xml;utf8,{quote(qr_svg(text, level='l'))}"
