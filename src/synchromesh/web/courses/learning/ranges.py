"""Send a file, or the part of it that a player asks for (RFC 9110, 14.2: one range of bytes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

from synchromesh.engine.errors import NotFound

CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def send_file(request: HttpRequest, place: Path, *, media_type: str, tag: str) -> HttpResponseBase:
    """The whole file, the asked part of it, or nothing where the browser has it. Raises NotFound where it is gone.

    `tag` names the content. What is no text goes out as it is: it is compressed already, and a part must stay a part.
    """
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    if not place.is_file():
        raise NotFound("This file is missing in the data folder. Whoever runs the platform can restore it.")
    asked = request.headers.get("Range", "")
    if asked or not media_type.startswith(("text/", "image/svg")):
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
    size = place.stat().st_size
    part = read_range(asked, size)
    response = _part(place, part, size) if asked and part else _whole(asked, place, size)
    response["Content-Type"] = media_type
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def read_range(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of `bytes=0-99`, `bytes=100-` or `bytes=-100`; None for what cannot be had."""
    match = _RANGE.fullmatch(asked)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) and size else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None


def _whole(asked: str, place: Path, size: int) -> HttpResponseBase:
    """The file; a single range that lies outside of it is refused, any other kind of range left aside."""
    if _RANGE.fullmatch(asked):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return FileResponse(place.open("rb"))


def _part(place: Path, part: tuple[int, int], size: int) -> HttpResponseBase:
    first, last = part
    response = StreamingHttpResponse(_read(place, first, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _read(place: Path, first: int, length: int) -> Iterator[bytes]:
    with place.open("rb") as file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
