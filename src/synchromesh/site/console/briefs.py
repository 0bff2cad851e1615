"""Commands about wanted training."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils import timezone

from synchromesh.catalogue.queries.brief_exports import wanted_json
from synchromesh.catalogue.queries.briefs import list_wanted_training, thresholds
from synchromesh.plumbing.audit import Actor


def brief_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What people look for and no course gives: all of it for alliance staff, or what everybody sees."""
    rows = list_wanted_training(
        visible_to=by, today=timezone.localdate(), everything=not arguments.public, months=arguments.months
    )
    return {"wanted": [wanted_json(row, fewest=thresholds().count) for row in rows]}
