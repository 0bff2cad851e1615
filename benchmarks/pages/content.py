"""Fill an empty database as `make run` does: tables, static files, starter content, example content, search index.

Run as `python -m benchmarks.pages.content` with the environment of the site that is to be filled.
"""

from __future__ import annotations

from datetime import timedelta

import django


def fill() -> None:
    """Migrate, collect the static files and load everything. Needs django.setup()."""
    from django.core.management import call_command

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.search.operations import rebuild_index
    from synchromesh.site.starter import load_examples, load_starter

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_starter(by=OPERATOR)
    load_examples(by=OPERATOR)
    move_example_dates()
    rebuild_index(by=OPERATOR)


def move_example_dates() -> None:
    """Move the dates of the example courses together so that none is over: the same pages come out in any year."""
    from django.db.models import Min
    from django.utils import timezone

    from synchromesh.catalogue.models import Run
    from synchromesh.plumbing.sources import Origin

    runs = Run.objects.filter(course__origin=Origin.EXAMPLE, starts_on__isnull=False)
    earliest = runs.aggregate(value=Min("starts_on"))["value"]
    if earliest is None:
        return
    shift = timezone.localdate() + timedelta(days=30) - earliest
    for run in runs:
        run.starts_on += shift
        run.ends_on = run.ends_on and run.ends_on + shift
        run.deadline_on = run.deadline_on and run.deadline_on + shift
        run.save(update_fields=["starts_on", "ends_on", "deadline_on"])


if __name__ == "__main__":
    django.setup()
    fill()
