"""The command that takes in the outlines of the map of regions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from synchromesh.community.operations.boundaries import load_boundaries
from synchromesh.community.operations.boundary_files import LARGEST_FILE
from synchromesh.engine.errors import InvalidInput
from synchromesh.plumbing.audit import Actor


def add_region_commands(group: Any, *, add_json: Any) -> None:
    """Attach `regions boundaries load`."""
    boundaries = group.add_parser("boundaries", help="the outlines of the map")
    below = boundaries.add_subparsers(
        dest="boundaries_command", required=True, metavar="COMMAND", parser_class=type(boundaries)
    )
    load = below.add_parser("load", help="take in a GeoJSON file of NUTS 2 regions in the place of the one before")
    load.add_argument("file", help="a GeoJSON file with longitude and latitude (WGS 84) and NUTS_ID")
    load.add_argument("--credit", required=True, help="the words that the owner wants to stand below every map")
    add_json(load)
    load.set_defaults(run=boundaries_load)


def boundaries_load(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Take in the outlines of the map; says how many regions are drawn and which are not."""
    file = Path(arguments.file)
    loaded = load_boundaries(by=by, name=file.name, content=_content(file), credit=arguments.credit)
    return {
        "file": loaded.boundaries.name,
        "credit": loaded.boundaries.credit,
        "drawn": loaded.drawn,
        "missing": list(loaded.missing),
        "outside": list(loaded.outside),
    }


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise InvalidInput(f"{path} cannot be read: {reason}.", field="file") from None
