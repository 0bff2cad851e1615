"""Add files to a course and take them out. A file never changes: other bytes get another name."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.exchange.course_files.media_files import LONGEST_NAME, media_type_of
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.learning.models import Media
from synchromesh.learning.operations.drafts import ONLY_AUTHORS
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.media import get_media, media_path, where_shown
from synchromesh.plumbing import audit

MOST_BYTES_OF_A_COURSE = 1024**3


def add_media(*, by: audit.Actor, course: Course, name: str, content: bytes) -> Media:
    """Add a file; the same file again is the one that is there, other bytes of the same name get a numbered name.

    Raises NotAllowed, InvalidInput for a name or file that a course cannot show, and Conflict where the course has as
    many bytes as it may have.
    """
    require(may_edit_content(by, course), ONLY_AUTHORS)
    tidy = tidy_name(name)
    media_type = media_type_of(tidy, content)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
        same = _same_file(course, tidy, digest)
        if same is not None:
            return same
        _check_space(course, len(content))
        media = Media(
            course=course,
            name=_free_name(course, tidy),
            media_type=media_type,
            bytes=len(content),
            sha256=digest,
            uploaded_by=by.public_id,
        )
        _write(media_path(media), content)
        try:
            media.save(force_insert=True)
            audit.record(by=by, action="add_media", kind="media", uid=media.uid, course=course.slug, name=media.name)
        except BaseException:
            media_path(media).unlink(missing_ok=True)
            raise
    return media


def remove_media(*, by: audit.Actor, course: Course, name: str) -> None:
    """Take a file out that no version shows. Raises NotAllowed, NotFound, Conflict."""
    require(may_edit_content(by, course), ONLY_AUTHORS)
    with transaction.atomic():
        Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
        media = get_media(course, name)
        if places := where_shown(course, name):
            raise Conflict(f"This file is shown in: {', '.join(places[:5])}. Take it out there first.")
        path = media_path(media)
        audit.record(by=by, action="remove_media", kind="media", uid=media.uid, course=course.slug, name=name)
        media.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def tidy_name(name: str) -> str:
    """A file's name as an address holds it: "C:\\\\Bilder\\\\Mein Bild.PNG" becomes mein-bild.png."""
    stem, _, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    return f"{(slugify(stem) or 'file')[: LONGEST_NAME - 20].strip('-')}.{slugify(ending)}"


def find_same_media(course: Course, name: str, content: bytes) -> Media | None:
    """The file of a course with these bytes whose name is this one, tidied, or a numbered one of it."""
    return _same_file(course, tidy_name(name), hashlib.sha256(content).hexdigest())


def _same_file(course: Course, name: str, digest: str) -> Media | None:
    stem, _, ending = name.rpartition(".")
    numbered = re.compile(rf"{re.escape(stem)}(?:-[0-9]+)?\.{re.escape(ending)}")
    found = Media.objects.filter(course=course, sha256=digest).order_by("id")
    return next((media for media in found if numbered.fullmatch(media.name)), None)


def _free_name(course: Course, name: str) -> str:
    taken = set(Media.objects.filter(course=course).values_list("name", flat=True))
    stem, _, ending = name.rpartition(".")
    return next(
        candidate
        for number in range(1, len(taken) + 2)
        if (candidate := name if number == 1 else f"{stem}-{number}.{ending}") not in taken
    )


def _check_space(course: Course, more: int) -> None:
    used = Media.objects.filter(course=course).aggregate(total=Sum("bytes"))["total"] or 0
    if used + more > MOST_BYTES_OF_A_COURSE:
        raise Conflict("The files of this course take up a gigabyte already. Remove some that nothing shows.")


def _write(path: Path, content: bytes) -> None:
    """Write the bytes so that only the owner reads them and a half-written file is never taken for a whole one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    try:
        half.touch(mode=0o600)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise InvalidInput(f"The file could not be stored: {error.strerror}.", field="media") from error
