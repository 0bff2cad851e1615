"""The embedded index on disk: switching, damage, killed rebuilds, several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.search.sample_documents import document

from synchromesh.engine.errors import ExternalFailure
from synchromesh.search.backends import _tantivy_answers, open_index, tantivy
from synchromesh.search.contract import Document, IndexUnusableError, Wanted
from synchromesh.search.indexing import index_lock
from synchromesh.search.operations import rebuild, update
from synchromesh.search.queries import search

List = Callable[..., None]

_REBUILDER = """
import resource, signal, sys, time
from django.conf import settings
from pathlib import Path
settings.configure(SEARCH_BACKEND="tantivy", SEARCH_DIR=Path(sys.argv[1]))
from synchromesh.search.backends import open_index, tantivy
from synchromesh.search.contract import Document
from synchromesh.search.indexing import index_lock
tantivy._READ_FIRST = 10  # so that the others are written while they are read

def documents():
    for number in range(30):
        yield Document(kind="role", uid=str(number), slug=f"battery-{number}", titles={"en": "Battery"})
    if sys.argv[2] == "hang":
        print("half", flush=True)
        time.sleep(600)

if sys.argv[2] == "put":
    sys.argv[2] = "hang"
    open_index().put(documents())
if sys.argv[2] == "limited":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        open_index().replace_all(documents())
    except Exception as error:
        print(type(error).__name__, flush=True)
    sys.exit()
for turn in range(8):
    with index_lock(wait_seconds=60):
        open_index().replace_all(documents())
print("done", flush=True)
"""


def _start_rebuilder(root: Path, mode: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _REBUILDER, str(root), mode]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir())


def _found(word: str) -> list[str]:
    return [hit.slug for hit in open_index().search(Wanted(words=(word,))).hits]


def test_a_rebuild_switches_to_a_new_folder_and_removes_the_old_one(tantivy_backend: Path, listed: List) -> None:
    listed(document("one", "Battery"))
    assert rebuild() == {"role": 1}
    (before,) = _folders(tantivy_backend)
    listed(document("two", "Battery"), document("three", "Battery", kind="skill"))
    assert rebuild() == {"role": 1, "skill": 1}
    (after,) = _folders(tantivy_backend)
    assert after != before
    assert (tantivy_backend / "current").read_text() == after.name
    assert _found("battery") == ["two", "three"]


def test_what_killed_rebuilds_left_behind_is_removed(tantivy_backend: Path, listed: List) -> None:
    left = f"v{tantivy.VERSION}-{'0' * 32}"
    (tantivy_backend / left).mkdir(parents=True)
    (tantivy_backend / f"current-{left}").write_text(left)
    listed()
    rebuild()
    (folder,) = _folders(tantivy_backend)
    assert sorted(path.name for path in tantivy_backend.iterdir()) == ["current", "lock", folder.name]


def test_files_that_are_not_the_search_s_own_are_left_alone(tantivy_backend: Path, listed: List) -> None:
    (tantivy_backend / "keep").mkdir(parents=True)
    listed()
    rebuild()
    assert (tantivy_backend / "keep").is_dir()


def test_a_missing_index_is_built_by_the_first_search(tantivy_backend: Path, listed: List) -> None:
    listed(document("one", "Battery"))
    assert not tantivy_backend.exists()
    assert search("battery").total == 1
    assert len(_folders(tantivy_backend)) == 1


def test_an_index_of_another_version_is_built_anew(
    tantivy_backend: Path, listed: List, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(document("one", "Battery"))
    rebuild()
    monkeypatch.setattr(tantivy, "VERSION", tantivy.VERSION + 1)
    with pytest.raises(IndexUnusableError, match="another version"):
        _found("battery")
    assert search("battery").total == 1
    assert [folder.name.split("-")[0] for folder in _folders(tantivy_backend)] == [f"v{tantivy.VERSION}"]


_DAMAGE: dict[str, Callable[[Path], object]] = {
    "removed": lambda file: file.unlink(),
    "emptied": lambda file: file.write_bytes(b""),
    "overwritten": lambda file: file.write_bytes(b"\x07" * file.stat().st_size),
}
_PARTS = ("meta.json", "layout.json", "*.term", "*.idx", "*.store", "*.fast", "*.fieldnorm")


@pytest.mark.parametrize("part", _PARTS)
@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_index_is_noticed_and_built_anew(tantivy_backend: Path, listed: List, part: str, damage: str) -> None:
    listed(document("one", "Battery"))
    rebuild()
    (folder,) = _folders(tantivy_backend)
    (file,) = folder.glob(part)
    _DAMAGE[damage](file)
    tantivy._indexes.clear()  # as after a restart
    with pytest.raises(IndexUnusableError):
        _found("battery")
    assert search("battery").total == 1
    assert folder not in _folders(tantivy_backend)
    assert _found("battery") == ["one"]


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\xff\xfe", b"v1-" + b"0" * 32])
def test_a_damaged_name_of_the_current_folder_is_noticed_and_mended(
    tantivy_backend: Path, listed: List, content: bytes
) -> None:
    listed(document("one", "Battery"))
    rebuild()
    (tantivy_backend / "current").write_bytes(content)
    with pytest.raises(IndexUnusableError):
        _found("battery")
    assert search("battery").total == 1


def test_a_panic_of_the_library_counts_as_damage(
    tantivy_backend: Path, listed: List, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_arguments: object) -> None:
        raise PanicException("index out of bounds")

    listed(document("one", "Battery"))
    rebuild()
    monkeypatch.setattr(_tantivy_answers, "answer", panic)
    with pytest.raises(IndexUnusableError, match="damaged"):
        _found("battery")


def test_another_process_s_changes_are_seen_at_once(tantivy_backend: Path) -> None:
    """Two objects stand for two processes: they share nothing but the files."""
    mine, theirs = tantivy.TantivyIndex(tantivy_backend), tantivy.TantivyIndex(tantivy_backend)
    wanted = Wanted(words=("battery",))
    mine.replace_all([document("one", "Battery")])
    assert theirs.search(wanted).total == 1
    for number in range(2, 6):
        mine.put([document(f"more-{number}", "Battery")])
        assert theirs.search(wanted).total == number
    mine.replace_all([document("two", "Battery")])
    assert [hit.slug for hit in theirs.search(wanted).hits] == ["two"]


def test_a_killed_rebuild_leaves_the_old_index_and_blocks_nobody(tantivy_backend: Path, listed: List) -> None:
    listed(document("one", "Battery"))
    rebuild()
    process = _start_rebuilder(tantivy_backend, "hang")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        assert len(_folders(tantivy_backend)) == 2
        assert _found("battery") == ["one"]
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert _found("battery") == ["one"]
    with index_lock(wait_seconds=0):
        pass
    rebuild()
    assert len(_folders(tantivy_backend)) == 1
    assert sorted(path.name for path in tantivy_backend.iterdir() if path.is_file()) == ["current", "lock"]


def test_a_killed_change_leaves_the_index_as_it_was_and_it_can_be_changed_again(
    tantivy_backend: Path, listed: List
) -> None:
    listed(document("one", "Battery"))
    rebuild()
    process = _start_rebuilder(tantivy_backend, "put")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert _found("battery") == ["one"]
    open_index().put([document("two", "Battery")])
    assert _found("battery") == ["one", "two"]


_DISK_FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize("error", [_DISK_FULL, ValueError("An IO error occurred: 'No space left on device'")])
def test_a_full_disk_leaves_the_old_index_and_is_said_to_be_so(
    tantivy_backend: Path, listed: List, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    listed(document("one", "Battery"))
    rebuild()
    listed(document("one", "Battery"), document("two", "Battery"))
    monkeypatch.setattr(tantivy, "_commit", fail)
    with pytest.raises(ExternalFailure, match=r"cannot be written: .*No space left"):
        rebuild()
    with pytest.raises(ExternalFailure, match=r"cannot be written: .*No space left"):
        update("role", ["uid-of-two"])
    assert [hit.slug for hit in search("battery").hits] == ["one"]
    assert len(_folders(tantivy_backend)) == 1
    monkeypatch.undo()


def test_a_limit_of_the_operating_system_on_files_leaves_the_old_index(tantivy_backend: Path, listed: List) -> None:
    """A real failure to write, in a process of its own: no file may grow beyond 2,000 bytes."""
    listed(document("one", "Battery"))
    rebuild()
    process = _start_rebuilder(tantivy_backend, "limited")
    assert "IndexUnusableError" in process.communicate()[0]
    assert _found("battery") == ["one"]
    assert len(_folders(tantivy_backend)) == 1


def test_processes_that_rebuild_at_the_same_time_disturb_no_reader(tantivy_backend: Path, listed: List) -> None:
    listed(*(document(f"battery-{number}", "Battery") for number in range(30)))
    rebuild()
    processes = [_start_rebuilder(tantivy_backend, "finish") for _ in range(2)]
    try:
        while any(process.poll() is None for process in processes):
            assert search("battery").total == 30
    finally:
        outputs = [process.communicate()[0] for process in processes]
    assert outputs == ["done\n", "done\n"]
    assert len(_folders(tantivy_backend)) == 1


def test_a_rebuild_that_fails_leaves_no_folder_behind(tantivy_backend: Path) -> None:
    def broken() -> Iterator[Document]:
        yield document("one", "Battery")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_index().replace_all(broken())
    assert _folders(tantivy_backend) == []
