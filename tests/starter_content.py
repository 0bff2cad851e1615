"""The shipped content for tests that only need it to be there: loaded once per run, put back in one go per test.

The rows are collected in a transaction that is rolled back, so that tests without them see an empty database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.plumbing.models import AuditEvent, ImportBatch, ImportedChange
from synchromesh.site import starter

Rows: TypeAlias = list[tuple[type[models.Model], list[models.Model]]]

_LEFT_OUT: tuple[type[models.Model], ...] = (AuditEvent, ImportBatch, ImportedChange)


def collect_rows() -> Rows:
    """Load starter and example content and return all rows, those that others refer to first."""
    with transaction.atomic():
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
