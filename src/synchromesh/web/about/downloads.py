"""Files of open data as answers: sent in parts from the disk, packed where the reader takes that, and never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext_lazy

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import FrameworkVersion
from synchromesh.site.open_data.files import framework_json, framework_zip
from synchromesh.site.open_data.published import PublishedFile, PublishedSet, find_published_set

MAX_AGE_SECONDS = 300
_SUBJECTS = {"courses": gettext_lazy("Courses"), "framework": gettext_lazy("Skills framework")}
_TITLES = {
    "courses.json": gettext_lazy("everything about each course, as JSON"),
    "courses.csv": gettext_lazy("a table that this kind of site can load"),
    "courses.jsonld": gettext_lazy("schema.org, as search engines read it"),
    "courses-moochub.json": gettext_lazy("MOOChub, for portals of online courses"),
    "courses-elm.xml": gettext_lazy("European Learning Model, for Europass"),
    "courses-elm.ttl": gettext_lazy("European Learning Model, as linked data"),
    "framework.json": gettext_lazy("roles and skills, as JSON"),
    "framework.zip": gettext_lazy("roles and skills, as tables"),
    "framework.ttl": gettext_lazy("roles and skills in SKOS, as Turtle"),
    "framework.jsonld": gettext_lazy("roles and skills in SKOS, as JSON-LD"),
    "framework-case.json": gettext_lazy("roles and skills as a CASE package"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that is made when it is asked for; a version says which framework, None is the one in force."""

    content_type: str
    make: Callable[[FrameworkVersion | None], bytes]


FRAMEWORKS: dict[str, Download] = {
    "json": Download(content_type="application/json", make=lambda version: framework_json(version=version)),
    "zip": Download(content_type="application/zip", make=lambda version: framework_zip(version=version)),
}


def etag_of(content: bytes) -> str:
    """A short fingerprint of the content, unquoted."""
    return hashlib.sha256(content).hexdigest()[:32]


def listed_files(found: PublishedSet) -> list[tuple[str | Promise, list[tuple[PublishedFile, str | Promise]]]]:
    """The files of a set by subject, each with what it is in the reader's language."""
    return [
        (title, [(file, _TITLES.get(file.name, file.title)) for file in found.files if file.subject == subject])
        for subject, title in _SUBJECTS.items()
    ]


def published_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of the set in force; 304 where the reader has it. Raises NotFound, which says when the files come."""
    found = find_published_set()
    if found is None:
        raise NotFound("The files of open data are written every night. The first ones are not ready yet.")
    file = found.find(name)
    if file is None:
        raise NotFound(f"There is no file '{name}'. The files are listed under Open data.")
    packed = file.gzip_bytes is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    etag = quote_etag(f"{file.sha256[:32]}{'-gzip' if packed else ''}")
    changed_at = int(found.made_at.timestamp())
    # Asked without an answer first, so that nothing is opened for a reader who has the file.
    conditional = get_conditional_response(request, etag=etag, last_modified=changed_at)
    response = conditional or _sent(found, file, packed=packed)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed_at)
    response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"  # open data may be read by the pages of any site
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _sent(found: PublishedSet, file: PublishedFile, *, packed: bool) -> FileResponse:
    charset = "; charset=utf-8" if file.media_type.startswith("text/") else ""
    try:
        content = found.open(file, packed=packed)
    except FileNotFoundError:
        raise NotFound(f"'{file.name}' is being replaced. Try again in a moment.") from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=f"{file.media_type}{charset}")
    if packed:
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(file.gzip_bytes)
    return response
