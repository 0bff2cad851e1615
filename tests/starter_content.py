"""The shipped content for tests that only need it to be there: loaded once per run, put back in one go per test.

The rows are collected in a transaction that is rolled back, so that tests without them see an empty database. Of the
courses that are taken here one stands for all: `tests/site/test_shipped_courses.py` loads every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.plumbing.models import AuditEvent, ImportBatch, ImportedChange
from synchromesh.site import starter

COURSE = "high-voltage-safety-awareness"
Rows: TypeAlias = list[tuple[type[models.Model], list[models.Model]]]

_LEFT_OUT: tuple[type[models.Model], ...] = (AuditEvent, ImportBatch, ImportedChange)


def first_course() -> list[Path]:
    """The folder of the one course, where it is."""
    folder: Path = settings.STARTER_DIR / "courses" / COURSE
    return [folder] if folder.is_dir() else []


def collect_rows() -> Rows:
    """Load starter and example content and return all rows, those that others refer to first."""
    with transaction.atomic(), mock.patch.object(starter, "course_folders", first_course):
        starter.load_starter(by=OPERATOR)
        starter.load_examples(by=OPERATOR)
        rows = [(model, list(model._base_manager.order_by("pk"))) for model in _in_order(_models())]
        transaction.set_rollback(True)
    return [(model, found) for model, found in rows if found]


def put_back(rows: Rows) -> None:
    """Write the collected rows into the database of the running test."""
    for model, found in rows:
        model._base_manager.bulk_create(found, batch_size=500)


def _models() -> list[type[models.Model]]:
    every: Sequence[Any] = apps.get_models(include_auto_created=True)
    return [model for model in every if model.__module__.startswith("synchromesh.") and model not in _LEFT_OUT]


def _in_order(waiting: list[type[models.Model]]) -> list[type[models.Model]]:
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if not _needs(model) & (set(waiting) - {model})]
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def _needs(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}
