"""Which files of open data there are, and how each is made from the records."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from synchromesh.catalogue.queries.exports import write_catalogue
from synchromesh.engine.exchange.frameworks import (
    FrameworkDocument,
    case_package,
    csv_tables,
    skos_jsonld,
    skos_turtle,
)
from synchromesh.engine.feeds import elm_turtle
from synchromesh.engine.feeds.readers import csv_template, elm_opportunities, moochub, schema_org
from synchromesh.engine.feeds.records import CourseRecord, FileTerms
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.queries.documents import framework_document
from synchromesh.framework.queries.exports import export_framework

__all__ = ["FILES", "LICENCES", "Contents", "OpenFile", "framework_json", "framework_zip"]

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of the format: a fixed one keeps the bytes the same
LICENCES = {"framework": "EUPL-1.2", "courses": ""}
"""The SPDX name of the terms of a subject; "" where none fits, and the page about open data says what holds."""
_DCTERMS = "http://purl.org/dc/terms/"
_EUPL = "https://spdx.org/licenses/EUPL-1.2.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the files of one set are made from; `records` begins anew each time it is called.

    The skills of a record are addresses and its position is the address of the course (`public_records`); `slugs` gives
    the name of a skill within files that are made to be loaded again.
    """

    records: Callable[[], Iterator[CourseRecord]]
    slugs: dict[str, str]
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """One file: `subject` is "courses" or "framework", `standard` the address of what its format is described in."""

    name: str
    subject: str
    title: str
    media_type: str
    standard: str
    write: Callable[[Contents, BinaryIO, FileTerms], None]

    def terms(self, made_at: datetime) -> FileTerms:
        """What the file says about itself."""
        return FileTerms(
            title=f"{settings.ALLIANCE_NAME}: {self.title}",
            publisher=settings.ALLIANCE_NAME,
            licence=licence_address(self.subject),
            address=f"{settings.SITE_ADDRESS}/data/{self.name}",
            made_at=made_at,
        )


def licence_address(subject: str) -> str:
    """The address of the terms under which data about a subject may be used."""
    return _EUPL if LICENCES[subject] else f"{settings.SITE_ADDRESS}/en/about/data/#licences"


def _courses_json(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    write_catalogue(file, about=_about(terms))


def _courses_csv(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    csv_template.write(map(_with_slugs(contents), contents.records()), file, terms=terms)


def _courses_schema_org(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    schema_org.write(contents.records(), file, terms=terms)


def _courses_moochub(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    moochub.write(map(_under_uid, contents.records()), file, terms=terms)


def _courses_elm_xml(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    elm_opportunities.write(contents.records(), file, terms=terms)


def _courses_elm_turtle(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    elm_turtle.write(contents.records(), file, address_of=lambda record: record.position, terms=terms)


def _with_slugs(contents: Contents) -> Callable[[CourseRecord], CourseRecord]:
    def named(record: CourseRecord) -> CourseRecord:
        return replace(record, skills=tuple(replace(link, skill=contents.slugs[link.skill]) for link in record.skills))

    return named


def _under_uid(record: CourseRecord) -> CourseRecord:
    """The id of a course in this format is a UUID, and ours is the end of its address."""
    return replace(record, external_id=record.position.rpartition("/")[2])


def _framework_json(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    file.write(framework_json(about=_about(terms)))


def framework_json(*, version: FrameworkVersion | None = None, about: dict[str, str] | None = None) -> bytes:
    """The framework as the answer for programs, with what the file says about itself in front where that is given."""
    document = ({"about": about} if about else {}) | export_framework(version=version)
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _framework_zip(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    file.write(framework_zip(comment=" | ".join(_about(terms).values())))


def framework_zip(*, version: FrameworkVersion | None = None, comment: str = "") -> bytes:
    """The framework as tables, the same bytes for the same content; a comment belongs to the archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment.encode()[:60_000]
        for name, content in sorted(csv_tables.write(framework_document(version=version)).items()):
            entry = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()


def _framework_turtle(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    file.write(_only(skos_turtle.write, framework_document()))
    about = _about(terms)
    stated = {"license": f"<{about['licence']}>", "modified": f'"{about["made_at"]}"'}
    for name, value in stated.items():
        file.write(f"<{_framework_base()}> <{_DCTERMS}{name}> {value} .\n".encode())


def _framework_jsonld(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    document = json.loads(_only(skos_jsonld.write, framework_document()))
    scheme, about = document["@graph"][0], _about(terms)
    scheme[f"{_DCTERMS}license"] = {"@id": about["licence"]}
    scheme[f"{_DCTERMS}modified"] = about["made_at"]
    file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _framework_case(contents: Contents, file: BinaryIO, terms: FileTerms) -> None:
    document = json.loads(_only(case_package.write, framework_document()))
    licence = terms.licence
    document["CFDocument"] |= {
        "publisher": terms.publisher,
        "licenseURI": {
            "title": LICENCES["framework"],
            "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, licence)),
            "uri": licence,
        },
    }
    file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _only(write: Callable[..., dict[str, bytes]], document: FrameworkDocument) -> bytes:
    return next(iter(write(document, base=_framework_base()).values()))


def _framework_base() -> str:
    return f"{settings.SITE_ADDRESS}/framework/"


def _about(terms: FileTerms) -> dict[str, Any]:
    made_at = terms.made_at.isoformat(timespec="seconds")
    return {"title": terms.title, "publisher": terms.publisher, "licence": terms.licence, "made_at": made_at}


def _of(
    name: str, title: str, media_type: str, standard: str, write: Callable[[Contents, BinaryIO, FileTerms], None]
) -> OpenFile:
    subject = name.partition(".")[0].partition("-")[0]
    return OpenFile(name=name, subject=subject, title=title, media_type=media_type, standard=standard, write=write)


_JSON, _JSON_LD, _XML = "application/json", "application/ld+json", "application/xml"
_TURTLE, _CSV = "text/turtle", "text/csv"
_ELM = "https://github.com/european-commission-empl/European-Learning-Model"
_MOOCHUB, _SCHEMA_ORG = "https://github.com/MOOChub/schema", "https://schema.org/Course"
_SKOS, _CASE = "https://www.w3.org/TR/skos-reference/", "https://www.imsglobal.org/spec/CASE/v1p1"
FILES = (
    _of("courses.json", "Courses as JSON", _JSON, "", _courses_json),
    _of("courses.csv", "Courses as CSV", _CSV, "", _courses_csv),
    _of("courses.jsonld", "Courses as JSON-LD (schema.org)", _JSON_LD, _SCHEMA_ORG, _courses_schema_org),
    _of("courses-moochub.json", "Courses as MOOChub feed", _JSON, _MOOCHUB, _courses_moochub),
    _of("courses-elm.xml", "Courses in the European Learning Model (XML)", _XML, _ELM, _courses_elm_xml),
    _of("courses-elm.ttl", "Courses in the European Learning Model (RDF)", _TURTLE, _ELM, _courses_elm_turtle),
    _of("framework.json", "Framework as JSON", _JSON, "", _framework_json),
    _of("framework.zip", "Framework as CSV (ZIP)", "application/zip", "", _framework_zip),
    _of("framework.ttl", "Framework as SKOS (Turtle)", _TURTLE, _SKOS, _framework_turtle),
    _of("framework.jsonld", "Framework as SKOS (JSON-LD)", _JSON_LD, _SKOS, _framework_jsonld),
    _of("framework-case.json", "Framework as CASE package", _JSON, _CASE, _framework_case),
)
