"""The command that writes the files of open data."""

from __future__ import annotations

import argparse
from typing import Any

from synchromesh.plumbing.audit import Actor
from synchromesh.site.open_data.writing import write_open_data


def data_write(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """Write the files and say what was written."""
    del arguments
    found = write_open_data(by=by)
    return {
        "folder": str(found.folder),
        "made_at": found.made_at,
        "framework_version": found.framework_version,
        "counts": found.counts,
        "files": [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in found.files],
    }
