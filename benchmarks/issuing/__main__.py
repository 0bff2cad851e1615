"""Issue to a long list; run as `scripts/with-postgres .venv/bin/python -m benchmarks.issuing --people 20000`.

Two worker processes of a site of its own share a list: each credential gets a place in a status list, a signed VC-JWT
and an entry in the transparency log. In the middle one of them is killed with SIGKILL and not replaced
(`--without-kill` leaves both). Then everything is counted and the whole log is audited. The clock starts with the first
thousand, since workers take a while to start. No mail is sent. The throw-away database does not wait for the disk
(fsync is off), and stands on the same cores as the workers. What else the machine does counts too: look at its load.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

ALL = 700_000
LIMIT_MINUTES = 45
PROCESSES = 2
PATIENCE = 300  # seconds


def main(given: Sequence[str]) -> int:
    """Prepare the list, issue it, kill a worker, count; the exit code is 1 where anything is doubled or missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.issuing", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--without-kill", action="store_true", help="leave both processes alive")
    arguments = parser.parse_args(given)
    if not os.environ.get("SYNCHROMESH_DATABASE_URL", "").startswith("postgres"):
        print("Skipped: start it with scripts/with-postgres, which names a throw-away PostgreSQL.")
        return 0
    with tempfile.TemporaryDirectory(prefix="synchromesh-issuing-") as folder:
        _set_up_site(Path(folder))
        return _measure(arguments.people, kills=not arguments.without_kill)


def _set_up_site(folder: Path) -> None:
    """Django in this process and, through the environment, in the workers."""
    database = os.environ["SYNCHROMESH_DATABASE_URL"]
    for name in [name for name in os.environ if name.startswith("SYNCHROMESH_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "synchromesh.config.settings",
        "SYNCHROMESH_ENVIRONMENT": "laptop",
        "SYNCHROMESH_DATA_DIR": str(folder),
        "SYNCHROMESH_DATABASE_URL": database,
        "SYNCHROMESH_LOG_LEVEL": "ERROR",
    }
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _measure(people: int, *, kills: bool) -> int:
    from benchmarks.issuing import content

    achievement = content.make_achievement_of_three_skills()
    preview, batch = _timed(lambda: content.preview_people(achievement, people))
    print(f"issuing.preview {people:,} rows in {preview:.1f} s ({people / preview:.0f} a second)", flush=True)
    with _workers() as workers:
        content.release(batch)
        _ask_for_more()
        rate, killed_at = _wait(batch.pk, people, workers if kills else [])
    print(f"issuing.issue {people:,} people: {rate:.0f} a second, {PROCESSES} processes, load {os.getloadavg()[0]:.1f}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"  processor time of the workers: {(used.ru_utime + used.ru_stime) / people * 1000:.2f} ms a person")
    if kills:
        print(f"  one process was killed (SIGKILL) after {killed_at:,}; the other went on alone")
    minutes = ALL / rate / 60
    how = "measured" if people == ALL else f"extrapolated from {people:,}; a longer list has larger indexes"
    print(f"issuing.all {ALL:,} in {minutes:.1f} minutes = {minutes / LIMIT_MINUTES:.2f} of the limit ({how})")
    return _count(batch.pk, people)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.monotonic()
    done = work()
    return time.monotonic() - begun, done


@contextmanager
def _workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """The product's own worker processes."""
    command = [sys.executable, "-m", "django", "db_worker", "--queue-name", "default", "--no-startup-delay"]
    started = [subprocess.Popen(command) for _ in range(PROCESSES)]  # noqa: S603 (a fixed command)
    try:
        yield started
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()


def _ask_for_more() -> None:
    """What the duty `resume_issuing` does every two minutes: a second worker takes part, a stopped list goes on."""
    from synchromesh.plumbing import jobs

    jobs.enqueue("credentials.tasks.resume_issuing")


def _wait(batch: int, people: int, to_kill: Sequence[subprocess.Popen[bytes]]) -> tuple[float, int]:
    """Until all are issued: how many a second, and how many there were when a worker was killed.

    Ends the program where nothing goes on.
    """
    from synchromesh.credentials.models import BatchState, IssueBatch

    victims, killed_at = list(to_kill[:1]), 0
    begun = changed = time.monotonic()
    first = before = 0
    while True:
        state, issued = IssueBatch.objects.values_list("state", "rows_issued").get(pk=batch)
        now = time.monotonic()
        if issued and not first:
            begun, first = now, issued
        if state == BatchState.DONE:
            return (people - first) / (now - begun), killed_at
        if victims and issued >= people // 2:
            victims.pop().kill()
            killed_at = issued
        if issued != before:
            changed, before = now, issued
        if now - changed > PATIENCE:
            raise SystemExit(f"Nothing was issued for {PATIENCE} seconds, after {issued:,}.")
        time.sleep(0.1)


def _count(batch: int, people: int) -> int:
    """Whether everybody has exactly one credential, envelope, place and entry, and the log is in order."""
    from django.db.models import Count

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.models import Credential, CredentialEnvelope, IssueRow
    from synchromesh.credentials.operations.checking import verify_credential
    from synchromesh.credentials.operations.log import sign_log_head
    from synchromesh.credentials.queries.log_audit import audit_whole_log

    sign_log_head(by=OPERATOR)
    counts = Credential.objects.aggregate(
        credentials=Count("pk"),
        occasions=Count("occasion", distinct=True),
        holders=Count("holder_email", distinct=True),
        entries=Count("log_index", distinct=True),
    )
    counts["envelopes"] = CredentialEnvelope.objects.count()
    counts["rows"] = IssueRow.objects.filter(batch=batch, issued=True).count()
    audit_seconds, audit = _timed(audit_whole_log)
    keys = random.Random(1).sample(list(CredentialEnvelope.objects.values_list("pk", flat=True)), 20)
    some = CredentialEnvelope.objects.filter(pk__in=keys)
    good = sum(verify_credential(bytes(one.data)).signature.word == "good" for one in some)
    wrong = {name: number for name, number in counts.items() if number != people}
    print(f"  doubled or missing: {wrong or 'none'}; of {len(some)} files {good} are good")
    print(f"  audit of the log: {len(audit.problems)} problems in {audit.entries:,} entries, {audit_seconds:.0f} s")
    return 1 if wrong or audit.problems or good < len(some) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
