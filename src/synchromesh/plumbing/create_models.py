"""One migration operation for many new tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Make the tables of several models at once; they may refer to each other in any order.

    Django builds the classes of all models that are related to a new one again after each single operation, and nearly
    every model is related to a person: 300 operations took half a minute of processor time on the first start. Here
    they are built once. `operations` are CreateModel of one app, with all fields, constraints and indexes inside.
    """

    serialization_expand_args = ["operations"]
    category = OperationCategory.ADDITION

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state of the project; its classes are built again when they are asked for."""
        state.__dict__.pop("apps", None)  # a cached property: with it, each new model would build all of them again
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the tables; where references are constraints, they are added at the end of the migration."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the tables, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what is made, in the words of `migrate --plan`."""
        return "Create models " + ", ".join(operation.name for operation in self.operations)
