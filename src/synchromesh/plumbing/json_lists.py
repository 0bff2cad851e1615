"""Rows of a related table as one column, so that a page that shows a thing with its parts asks the database once.

The database makes the list as JSON: `json_group_array` of SQLite, `jsonb_agg` of PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

_TEMPLATES = {
    "sqlite": "(SELECT json_group_array(json_array({columns})) FROM (%(subquery)s) AS listed)",
    "postgresql": "(SELECT coalesce(jsonb_agg(jsonb_build_array({columns})), '[]') FROM (%(subquery)s) AS listed)",
}


class JsonList(Subquery):
    """The rows of a `values_list` as a list of lists in no order (Django drops it), empty where there are none.

    Columns are texts, numbers, truths and JSON. Dates and uids would differ between the databases, so they raise
    TypeError.
    """

    empty_result_set_value = "[]"

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        super().__init__(rows, output_field=JSONField())

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, template: str | None = None, **extra: Any
    ) -> tuple[str, Any]:
        """The subquery inside of what makes a list of its rows."""
        names = [self._column(name, field, connection) for name, field in self._columns()]
        return super().as_sql(
            compiler, connection, template=_TEMPLATES[connection.vendor].format(columns=", ".join(names)), **extra
        )

    def _columns(self) -> list[tuple[str, Any]]:
        """Names and fields of the columns, in the order in which they were asked for."""
        query = self.query
        fields = dict(zip(query.values_select, (column.output_field for column in query.select), strict=True))
        fields |= {name: column.output_field for name, column in query.annotation_select.items()}
        return [(name, fields[name]) for name in query.selected or fields]

    def _column(self, name: str, field: Any, connection: BaseDatabaseWrapper) -> str:
        kind = field.get_internal_type()
        if kind in {"DateTimeField", "DateField", "UUIDField", "DurationField", "DecimalField", "BinaryField"}:
            raise TypeError(f"A JSON list cannot hold the {kind} '{name}'.")
        quoted = connection.ops.quote_name(name).replace("%", "%%")
        # SQLite keeps JSON as text, which would otherwise stand as a text in the list.
        return f"json({quoted})" if kind == "JSONField" and connection.vendor == "sqlite" else quoted
