"""Opening pictures that strangers send: only known kinds, only up to a size, and never more than one frame.

Whoever only wants to pass a picture on has no need of this; see `baked.py`, which does not unpack the pixels.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from synchromesh.engine.errors import InvalidInput

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
LARGEST_FILE = 12_000_000
"""Bytes; a photo of a telephone has 2 to 8 million."""
MOST_PIXELS = 50_000_000
WORKING_SIDE = 3_000
"""Pixels of the longer side that a picture is brought down to before anything looks at it."""


def open_grey(data: bytes) -> Image:
    """Open a picture in shades of grey, laid on white, at most 3,000 pixels wide and high.

    Raises InvalidInput for what is no picture of these kinds, is damaged, or is larger than a camera makes.
    """
    # Imported when needed: most requests have no picture.
    from PIL import Image

    if len(data) > LARGEST_FILE:
        raise InvalidInput(f"The picture is larger than {LARGEST_FILE // 1_000_000} megabytes.")
    too_large = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        picture = Image.open(BytesIO(data), formats=KINDS)
        _refuse_too_many_pixels(picture)
        # A JPEG is unpacked at a fraction of its size straight away; other kinds take no notice.
        picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
        return _on_white(picture)
    except too_large as error:
        raise InvalidInput(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError, MemoryError) as error:
        raise InvalidInput(f"This is no picture that can be read ({', '.join(KINDS)}).") from error


def _refuse_too_many_pixels(picture: Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise InvalidInput(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.")


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        clear.thumbnail((WORKING_SIDE, WORKING_SIDE))
        return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("L")
    grey = picture.convert("L")
    grey.thumbnail((WORKING_SIDE, WORKING_SIDE))
    return grey
