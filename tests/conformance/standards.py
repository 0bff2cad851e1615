"""Where other people's samples lie: SYNCHROMESH_SHARED, or the folder `shared` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[3] / "shared")


def standards(*parts: str) -> Path:
    """A folder of samples."""
    return SHARED.joinpath("data", "standards", *parts)


def needs(folder: Path) -> list[pytest.MarkDecorator]:
    """The marks of a module whose tests need the folder."""
    reason = f"There are no samples in {folder}. SYNCHROMESH_SHARED names the folder of data."
    return [pytest.mark.conformance, pytest.mark.skipif(not folder.is_dir(), reason=reason)]
