"""QR codes: the one printed on a credential, and those found in a picture that somebody sends for a check.

Source: ISO/IEC 18004. Written by segno, read by zxing-cpp.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from synchromesh.engine.credential_formats.pictures import open_grey
from synchromesh.engine.errors import InvalidInput

if TYPE_CHECKING:
    import segno

LEVELS = ("l", "m", "q", "h")
"""How much of the code may be lost: 7, 15, 25 or 30 of a hundred."""
QUIET_ZONE = 4
"""Empty modules around the code, as the standard asks."""


def qr_svg(text: str, *, title: str = "", level: str = "m") -> str:
    """Draw the code of a text as one `svg` element that scales, dark on white in every theme.

    `title` names it for who does not see it; without one it is hidden from readers of screens. Raises InvalidInput for
    a text that is too long for a code (2,331 bytes at level m).
    """
    out = BytesIO()
    _code(text, level).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        nl=False,
        omitsize=True,
        light="#fff",
        svgclass=None,
        lineclass=None,
        title=title or None,
    )
    role = 'role="img"' if title else 'aria-hidden="true"'
    return out.getvalue().decode("utf-8").replace("<svg ", f"<svg {role} ", 1)


def qr_png(text: str, *, scale: int = 8, level: str = "m") -> bytes:
    """Draw the code of a text as PNG, `scale` pixels for each module. The same text gives the same bytes."""
    out = BytesIO()
    _code(text, level).save(out, kind="png", border=QUIET_ZONE, scale=scale)
    return out.getvalue()


def _code(text: str, level: str) -> segno.QRCode:
    import segno

    if level not in LEVELS or not text:
        raise ValueError("A code needs a text and one of the levels l, m, q, h.")
    try:
        return segno.make_qr(text, error=level, encoding="ascii" if text.isascii() else "utf-8")
    except segno.DataOverflowError as error:
        raise InvalidInput("The text is too long for a QR code.") from error


def read_qr(picture: bytes) -> tuple[str, ...]:
    """Read the texts of the QR codes in a PNG, JPEG, WebP or GIF picture, each once; empty where there are none.

    Raises InvalidInput for what is no picture, or is too large (`pictures.open_grey`).
    """
    import zxingcpp

    found = zxingcpp.read_barcodes(open_grey(picture), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(dict.fromkeys(code.text for code in found if code.text))
