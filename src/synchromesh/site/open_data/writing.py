"""Write a new set of files and put it in force in one step."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import gzip
import hashlib
import json
import pickle
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.queries.exports import stream_courses
from synchromesh.engine.errors import Conflict
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import find_published_version, list_roles, list_skills
from synchromesh.plumbing import audit
from synchromesh.site.open_data.dcat import catalogue_document
from synchromesh.site.open_data.files import FILES, Contents, OpenFile
from synchromesh.site.open_data.public_records import public_record, stable_address
from synchromesh.site.open_data.published import (
    CATALOGUE,
    CURRENT,
    MANIFEST,
    PublishedFile,
    PublishedSet,
    find_published_set,
)

_PACKED = frozenset({"application/zip"})  # what gzip would not make smaller
_GZIP_LEVEL = 6


def write_open_data(*, by: audit.Actor) -> PublishedSet:
    """Write all files from the records of now and put them in force; the set before stays until the next time.

    Raises NotAllowed, and Conflict while another process is writing.
    """
    require(is_alliance_staff(by), "Only alliance staff can have the open data written.")
    root = Path(settings.OPEN_DATA_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with _only_one(root):
        before = find_published_set()
        made_at = timezone.now().replace(microsecond=0)
        folder = root / f"set-{timezone.now():%Y%m%dT%H%M%S%f}"
        folder.mkdir()
        try:
            _write_set(folder, made_at)
            _put_in_force(root, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _tidy(root, kept={folder} | ({before.folder} if before else set()))
        found = find_published_set()
    if found is None:
        raise Conflict("The open data were written and taken away again by somebody else.")
    audit.record(by=by, action="write_open_data", kind="site", uid="open-data", counts=found.counts["courses"])
    return found


@contextlib.contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """The operating system gives the lock back when a process ends in any way."""
    with (root / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("The open data are being written. Try again in a few minutes.") from None
        yield


def _write_set(folder: Path, made_at: datetime) -> None:
    counts = {"courses": Counter[str](), "roles": Counter[str](), "skills": Counter[str]()}
    skills = list(list_skills())
    counts["skills"].update(skill.origin for skill in skills)
    counts["roles"].update(role.origin for role in list_roles())
    with _Spool(folder / "records") as spool:
        for course in stream_courses():
            counts["courses"][course.origin] += 1
            spool.add(public_record(course))
        contents = Contents(
            records=spool.records,
            slugs={stable_address("skill", uid): slug for uid, slug in Skill.objects.values_list("uid", "slug")},
            made_at=made_at,
        )
        written = [_write_file(folder, file, contents) for file in FILES]
    version = find_published_version()
    manifest = {
        "publisher": settings.ALLIANCE_NAME,
        "address": f"{settings.SITE_ADDRESS}/data/{MANIFEST}",
        "generated_at": made_at.isoformat(timespec="seconds"),
        "framework_version": version.number if version else 0,
        "counts": {kind: dict(sorted(found.items())) for kind, found in counts.items()},
        "files": [
            dataclasses.asdict(file) | {"address": f"{settings.SITE_ADDRESS}/data/{file.name}"} for file in written
        ],
    }
    _write_json(folder / MANIFEST, manifest)
    _write_json(folder / CATALOGUE, catalogue_document(written, made_at=made_at))


class _Spool:
    """Records on the disk: read from the database once, gone through once for each format, never all in memory."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._file = place.open("wb")

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        self._place.unlink(missing_ok=True)

    def add(self, record: CourseRecord) -> None:
        pickle.dump(record, self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def records(self) -> Iterator[CourseRecord]:
        self._file.flush()
        with self._place.open("rb") as file, contextlib.suppress(EOFError):
            while True:
                yield pickle.load(file)  # noqa: S301 - our own file, written a moment ago


def _write_file(folder: Path, file: OpenFile, contents: Contents) -> PublishedFile:
    place = folder / file.name
    terms = file.terms(contents.made_at)
    with place.open("wb") as target:
        file.write(contents, target, terms)
    with place.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return PublishedFile(
        name=file.name,
        subject=file.subject,
        title=file.title,
        media_type=file.media_type,
        standard=file.standard,
        licence=terms.licence,
        bytes=place.stat().st_size,
        gzip_bytes=None if file.media_type in _PACKED else _pack(place),
        sha256=sha256,
    )


def _pack(place: Path) -> int:
    """Write the packed copy beside a file, once for everybody; the same bytes for the same content."""
    packed = place.with_name(f"{place.name}.gz")
    with (
        place.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=target, mtime=0) as writer,
    ):
        shutil.copyfileobj(source, writer)
    return packed.stat().st_size


def _write_json(place: Path, document: dict[str, Any]) -> None:
    place.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _put_in_force(root: Path, folder: Path) -> None:
    new = root / f"{CURRENT}.new"
    new.write_text(folder.name, encoding="utf-8")
    new.replace(root / CURRENT)


def _tidy(root: Path, *, kept: set[Path]) -> None:
    """Take out older sets, and what a process that was killed has left."""
    for folder in sorted(root.glob("set-*")):
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)
