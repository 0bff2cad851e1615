"""Our own picture of a badge, drawn from its words: no picture has to be made, bought or asked for.

Letters are drawn as shapes with the font inside the typst package, so that every machine shows the same picture, in
every alphabet of the Union. The level is told by bars, and in words wherever the picture is shown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

TEMPLATE = Path(__file__).with_suffix(".typ")
SIDE_IN_POINTS = 300
POINTS_PER_INCH = 72
LONGEST_TITLE = 160
LONGEST_NAME = 90


def badge_svg(*, title: str, issuer: str, level: int = 0, kind: str = "", language: str = "en") -> str:
    """Draw a badge as SVG with its title as the drawing's name.

    `level` is 1 to 3, or 0 for none; `kind` a short word above the title, in the reader's language; `language` a BCP 47
    tag that decides where words break. The same words give the same drawing.
    """
    drawing = _drawn("svg", title=title, issuer=issuer, level=level, kind=kind, language=language).decode("utf-8")
    name = ", ".join(word for word in (_plain(title, LONGEST_TITLE), _plain(issuer, LONGEST_NAME)) if word)
    start = re.match(r"<svg[^>]*>", drawing)
    if start is None:
        raise RuntimeError("The badge was not drawn as one svg element.")
    return f'<svg role="img"{start.group()[4:]}<title>{escape(name)}</title>{drawing[start.end() :]}'


def badge_png(
    *, title: str, issuer: str, level: int = 0, kind: str = "", language: str = "en", pixels: int = 600
) -> bytes:
    """Draw a badge as PNG, clear outside its outline, `pixels` wide and high (90 to 2,400). See `badge_svg`."""
    if not 90 <= pixels <= 2_400:
        raise ValueError("A badge is 90 to 2,400 pixels wide.")
    per_inch = pixels * POINTS_PER_INCH / SIDE_IN_POINTS
    return _drawn("png", per_inch, title=title, issuer=issuer, level=level, kind=kind, language=language)


def _drawn(file_format: Literal["svg", "png"], per_inch: float | None = None, **words: str | int) -> bytes:
    # Imported when needed: the library is large and most requests draw nothing.
    import typst

    level = int(words["level"])
    badge = {
        "title": _plain(str(words["title"]), LONGEST_TITLE),
        "issuer": _plain(str(words["issuer"]), LONGEST_NAME),
        "kind": _plain(str(words["kind"]), LONGEST_NAME),
        "level": max(0, min(3, level)),
        # Typst knows languages by two or three letters only.
        "language": str(words["language"]).split("-")[0].lower(),
    }
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"badge": json.dumps(badge)},
        format=file_format,
        ppi=per_inch,
    )


def _plain(words: str, longest: int) -> str:
    """Words that can be drawn: composed letters, single spaces, nothing invisible, not too many."""
    composed = " ".join(unicodedata.normalize("NFC", words).split())
    visible = "".join(char for char in composed if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return visible if len(visible) <= longest else visible[: longest - 1].rstrip() + "…"
