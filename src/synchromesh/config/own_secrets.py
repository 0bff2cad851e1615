"""A secret that an installation makes for itself, where nobody gives it one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def own_secret(file: Path) -> str:
    """The secret in this file, made on first use and readable by its owner only.

    Of several processes that start at once the first one's counts, and none reads half of it.
    """
    if not file.exists():
        made = file.with_name(f".{file.name}-{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(60), encoding="utf-8")
        with suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_text(encoding="utf-8").strip()
