"""A zipped course folder is opened without trusting it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.engine.exchange.course_files.course_documents import files_of

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files import open_course_file, read
from synchromesh.engine.exchange.course_files.course_folders import read_folder


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"no zip",
        _zip(),
        _zip(**{"../course.yaml": b"x"}),
        _zip(**{"/course.yaml": b"x"}),
        _zip(**{"media/pack.svg": bytes(2 * 1024 * 1024)}),
    ],
)
def test_a_zip_that_is_broken_leads_outside_or_explodes_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        open_course_file(data)


def test_an_archive_inside_is_a_file_that_a_course_cannot_show() -> None:
    files = open_course_file(_zip(**files_of(), **{"media/inner.zip": _zip(a=b"x")}))
    assert [problem.position for problem in read(files).problems] == ["media/inner.zip"]


def test_a_folder_is_read_without_hidden_files_and_links(tmp_path: Path) -> None:
    for path, content in files_of().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "link.md").symlink_to("/etc/hosts")
    assert read_folder(tmp_path) == files_of()
