"""Processor time that a process and everything it started have used, as Linux counts it (proc(5), hundredths)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid: int) -> float:
    """Of the process, of its children that ended and of those that live; 0 where it is gone."""
    fields = _fields(pid)
    if fields is None:
        return 0.0
    own = sum(map(int, fields[11:15])) / _TICKS  # utime, stime, and both of the children that were waited for
    return own + sum(processor_seconds(child) for child in _children(pid))


def database_pid(address: str) -> int:
    """The process of the throw-away PostgreSQL of scripts/with-postgres, whose folder is the `host` of its address."""
    folder = Path(parse_qs(urlsplit(address).query)["host"][0])
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _fields(pid: int) -> list[str] | None:
    """What stands behind the name of the process, which may hold spaces."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
