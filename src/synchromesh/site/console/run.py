"""Start everything, and check an installation."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.operations.signers import list_unreadable_keys
from synchromesh.engine.errors import NotFound
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.plumbing import scheduling
from synchromesh.plumbing.audit import Actor
from synchromesh.site import demo, starter


def find_actor(email: str | None) -> Actor:
    """The operator, or the person with this e-mail. Raises NotFound."""
    if email is None:
        return OPERATOR
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise NotFound(f"Nobody has the e-mail '{email}'.", field="as")
    return person


def run_server(arguments: argparse.Namespace, *, by: Actor) -> None:
    """Bring the installation up to date, then run workers, scheduler and server until one of them ends or Ctrl+C."""
    _say("Preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not starter.is_loaded(starter.STARTER_SOURCE):
        _say("Loading content ...")
        for part in starter.load_starter(by=by):
            for problem in part.problems:
                _say(f"Not loaded: {problem}")
    if arguments.demo:
        _load_demo(by=by)
    _serve(arguments)


def _load_demo(*, by: Actor) -> None:
    """Load examples and accounts on the first start only: what was removed stays removed until `make demo`."""
    if starter.is_loaded(starter.EXAMPLE_SOURCE):
        _say("Passwords of the demo accounts were printed when they were made (new ones: make demo).")
        return
    starter.load_examples(by=by)
    _say("Demo accounts (printed only this once):")
    for account in demo.make_demo_accounts(by=by, renew=True):
        _say(f"  {account.email}   {account.password}   {account.what}")


def _serve(arguments: argparse.Namespace) -> None:
    python = sys.executable
    worker = [python, "-m", "django", "db_worker", "--queue-name", "*", "--no-startup-delay"]
    # What waits for other servers, for hours at times, has a worker of its own, so that mail need not wait for it.
    workers = [[*worker, "--exclude-queues", "fetching"], [*worker[:5], "fetching", "--no-startup-delay"]]
    # A browser holds its connection between two pages, and granian counts connections: with few, the next one waits.
    # Threads are few: they take the processor from each other, and then every page is as slow as the slowest.
    server = [
        python, "-m", "granian", "--interface", "wsgi", "--host", arguments.host, "--port", str(arguments.port),
        "--blocking-threads", "4", "--backpressure", "1024", "--no-access-log", "--log-level", "warning",
        "synchromesh.config.wsgi:application",
    ]  # fmt: skip
    processes = [subprocess.Popen(command) for command in (*workers, server)]  # noqa: S603 (fixed commands)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stop = threading.Event()
    scheduler = threading.Thread(target=scheduling.run_until, args=(stop,), daemon=True)
    try:
        scheduler.start()
        _wait_until_it_answers(arguments.host, arguments.port, processes)
        while scheduler.is_alive() and all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stop.set()
        for process in processes:
            process.terminate()
        for process in processes:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Give it time to finish what it does; a second signal makes a worker leave a task that takes too long."""
    for seconds in (20, 5):
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.terminate()
        else:
            return
    process.kill()
    process.wait()


def _wait_until_it_answers(host: str, port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    """Print the address only when it works."""
    while all(process.poll() is None for process in processes):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                shown = "localhost" if host == "127.0.0.1" else host
                _say(f"Synchromesh runs at http://{shown}:{port}  (Ctrl+C stops it)")
                return
        time.sleep(0.2)
    _say(f"The server did not start. Is port {port} in use? Try: make run PORT=8001")


def duties(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Send periodic duties to the worker when they are due: once, or until Ctrl+C or a signal to end."""
    del by
    if arguments.once:
        return {"sent": scheduling.enqueue_due(now=timezone.now())}
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    scheduling.run_until(stop)
    return None


def doctor(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """Say what is configured and whether it works."""
    del arguments, by
    version = find_published_version()
    return {
        "environment": settings.ENVIRONMENT,
        "database": connection.vendor,
        "data": str(settings.DATA_DIR),
        "framework_version": version.number if version else None,
        "search_backend": settings.SEARCH_BACKEND,
        "languages": settings.INTERFACE_LANGUAGES,
        "unreadable_keys": len(list_unreadable_keys()),
    }


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
