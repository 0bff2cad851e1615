"""Commands about the mapping of courses to skills."""

from __future__ import annotations

import argparse
import json
from typing import Any

from synchromesh.catalogue.queries.mapping_exports import list_judged_pairs
from synchromesh.plumbing.audit import Actor


def mapping_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What people decided about suggestions: one JSON object a line, or one object that holds them all."""
    pairs = list_judged_pairs(visible_to=by)
    if arguments.json == "object":
        return {"pairs": list(pairs)}
    return "".join(f"{json.dumps(pair, ensure_ascii=False)}\n" for pair in pairs).encode()
