"""Zip files of strangers."""

from __future__ import annotations

import io
import zipfile

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.archives import open_archive
from synchromesh.engine.tables.limits import Limits


def zipped(files: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_files_come_back_by_name_without_folders_and_clutter() -> None:
    files: dict[str, bytes | str] = {
        "a.csv": "1",
        "sub/": "",
        "sub/b.csv": "2",
        "__MACOSX/._a.csv": "x",
        "sub/.DS_Store": "x",
    }
    assert open_archive(zipped(files)) == {"a.csv": b"1", "sub/b.csv": b"2"}


@pytest.mark.parametrize(
    "name", ["../a", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "a//b", "./a", "a\x01b", "a\x00b"]
)
def test_a_name_that_could_leave_the_archive_is_refused(name: str) -> None:
    data = zipped({"N" * len(name.encode()): "x"}).replace(b"N" * len(name.encode()), name.encode())
    with pytest.raises(InvalidInput, match=r"unsafe name|damaged"):
        open_archive(data)


def test_a_link_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(InvalidInput, match="link"):
        open_archive(target.getvalue())


def test_two_files_whose_names_differ_only_in_case_are_refused() -> None:
    with pytest.raises(InvalidInput, match="two files"):
        open_archive(zipped({"a.csv": "1", "A.CSV": "2"}))


def test_an_archive_inside_the_archive_is_refused_but_a_workbook_is_not() -> None:
    inner = zipped({"x": "1"})
    assert open_archive(zipped({"table.xlsx": inner})) == {"table.xlsx": inner}
    for name, content in (("inner.zip", inner), ("inner.txt", b"\x1f\x8b\x08\x00")):
        with pytest.raises(InvalidInput, match="another archive"):
            open_archive(zipped({name: content}))


def test_a_password_is_named_as_the_reason() -> None:
    data = bytearray(zipped({"a.csv": "1"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InvalidInput, match="password"):
        open_archive(bytes(data))


def test_members_that_share_their_bytes_are_refused() -> None:
    data = zipped({"a.csv": b"x" * 500, "b.csv": b"y"}, compression=zipfile.ZIP_STORED)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    overlapping = data[: second + 20] + (500).to_bytes(4, "little") * 2 + data[second + 28 :]
    with pytest.raises(InvalidInput, match=r"overlap|damaged"):
        open_archive(overlapping)


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(bytes=50), "bytes"), (Limits(members=1), "2 files"), (Limits(unpacked_bytes=2_000_000), "unpack")],
)
def test_each_limit_is_kept(limits: Limits, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        open_archive(zipped({"a": b"\0" * 3_000_000, "b": "1"}), limits=limits)


def test_a_file_that_packs_a_thousand_to_one_is_refused() -> None:
    with pytest.raises(InvalidInput, match="200 times"):
        open_archive(zipped({"a": b"\0" * 3_000_000}))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"no zip at all", zipped({"a": "1"})[:-10]], ids=["empty", "head", "text", "cut"]
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        open_archive(data)


def test_a_changed_byte_in_the_content_is_found_by_the_check_sum() -> None:
    data = bytearray(zipped({"a": b"hello world"}, compression=zipfile.ZIP_STORED))
    data[data.index(b"hello")] ^= 1
    with pytest.raises(InvalidInput, match="not what the directory says"):
        open_archive(bytes(data))
