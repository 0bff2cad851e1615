"""A whole site of its own for measuring and testing: a temporary folder, real content, granian on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
THREADS = 8  # one process must answer also while some pages wait for other servers


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site: its address without a slash at the end, what filled it printed, and its environment."""

    address: str
    printed: str
    environment: Mapping[str, str]

    def run_jobs(self, queue: str) -> str:
        """Do what waits in a queue of background work, in a process of its own as in production.

        Returns what it printed: the mails, where there is no mail server. Raises CalledProcessError when the worker
        ends badly.
        """
        return self.run_module("django", "db_worker", "--queue-name", queue, "--batch", "--no-startup-delay")

    def run_module(self, name: str, *arguments: str) -> str:
        """Run a module in a process of its own that has this site; returns what it printed."""
        command = [sys.executable, "-m", name, *arguments]
        done = subprocess.run(  # noqa: S603 (fixed command)
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def running_site(
    *, content: str = "benchmarks.pages.content", settings: Mapping[str, str] | None = None, threads: int = THREADS
) -> Iterator[Site]:
    """Fill a new site with the module `content`, serve it as production does, and remove everything afterwards.

    It runs in the environment `laptop`, so that files are compressed and named by their content as in production, and
    it takes no setting from the environment or the database of the caller, only those of `settings` (variables of the
    environment). No worker runs beside it: `run_jobs` does what waits. Raises CalledProcessError when the content
    cannot be loaded and TimeoutError when the server does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="synchromesh-site-") as folder:
        printed = fill_folder(Path(folder), content=content, settings=settings)
        with serve_folder(Path(folder), printed=printed, settings=settings, threads=threads) as site:
            yield site


def fill_folder(folder: Path, *, content: str, settings: Mapping[str, str] | None = None) -> str:
    """Fill an empty data folder with the module `content`; returns what it printed. Raises CalledProcessError."""
    environment = _environment(folder) | dict(settings or {})
    filled = subprocess.run(  # noqa: S603 (fixed command)
        [sys.executable, "-m", content], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return filled.stdout


@contextmanager
def serve_folder(
    folder: Path, *, printed: str, settings: Mapping[str, str] | None = None, threads: int = THREADS
) -> Iterator[Site]:
    """Serve a filled data folder, or a copy of one, on a free port; `threads` is for each process of the server.

    Raises TimeoutError when nobody answers.
    """
    environment = _environment(folder) | dict(settings or {})
    port = _free_port()
    server = subprocess.Popen(  # noqa: S603 (fixed command)
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--blocking-threads", str(threads), "--backpressure", "1024", "--no-access-log", "--log-level", "error",
            "synchromesh.config.wsgi:application",
        ],
        cwd=ROOT,
        env=environment,
        start_new_session=True,  # so that the server and its workers can be ended together
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield Site(address=address, printed=printed, environment=environment)
    finally:
        _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server. A worker that is still starting does not hear that it is to end, and is killed after a while."""
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _environment(folder: Path) -> dict[str, str]:
    """The environment of the caller without any setting of Synchromesh, and a data folder of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SYNCHROMESH_")}
    return own | {
        "DJANGO_SETTINGS_MODULE": "synchromesh.config.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "SYNCHROMESH_ENVIRONMENT": "laptop",
        "SYNCHROMESH_DATA_DIR": str(folder),
        "SYNCHROMESH_DATABASE_URL": f"sqlite:///{folder / 'synchromesh.sqlite3'}",
        "SYNCHROMESH_LOG_LEVEL": "ERROR",
        # Pages are looked at here; no optional package is needed, and nothing waits for large encoders.
        "SYNCHROMESH_MATCHING_CV": "fast",
        "SYNCHROMESH_MATCHING_COURSES": "fast",
        "SYNCHROMESH_MATCHING_COMMAND": "fast",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 (own address)
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):  # a busy machine is slow to answer first
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise TimeoutError("The server of the site does not answer.")
