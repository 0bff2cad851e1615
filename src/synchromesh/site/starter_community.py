"""What ships about the alliance's work, as a table: each part is one CSV file, read by an importer of the community.

`site.starter` loads the parts in the order of the table, through the same preview and commit that people use. A part
that names records of another part (an event its region, a project its organisations) stands below that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from synchromesh.plumbing.imports import Importer
from synchromesh.plumbing.sources import Origin

FOLDER = "community"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the folder `starter/community`, and who reads it.

    `origin` goes to the importer as the option of that name: real for facts of others, starter for our own drafts.
    """

    name: str
    file: str
    importer: Callable[[], Importer]
    origin: Origin = Origin.REAL


PARTS: tuple[Part, ...] = ()
