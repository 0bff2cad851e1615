"""A site of a benchmark's own: an empty SQLite database in a folder, whatever the caller's settings."""

from __future__ import annotations

import os
from pathlib import Path

import django


def set_up_site(folder: Path) -> None:
    """Start Django in this process with a migrated, empty site whose data lie in `folder`.

    Call it before anything of the product is imported that needs Django.
    """
    for name in [name for name in os.environ if name.startswith("SYNCHROMESH_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "synchromesh.config.settings",
        "SYNCHROMESH_ENVIRONMENT": "laptop",
        "SYNCHROMESH_DATA_DIR": str(folder),
        "SYNCHROMESH_DATABASE_URL": f"sqlite:///{folder / 'synchromesh.sqlite3'}",
        "SYNCHROMESH_LOG_LEVEL": "ERROR",
    }
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def collect_files() -> None:
    """Style sheets and scripts as an installation serves them."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
