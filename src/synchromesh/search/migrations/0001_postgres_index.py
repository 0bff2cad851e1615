"""The tables of the index in PostgreSQL; on other databases there are none, since the index is a folder there."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = (
    """CREATE TABLE search_state (
        id smallint PRIMARY KEY CHECK (id = 1), version int NOT NULL, languages jsonb NOT NULL,
        parts jsonb NOT NULL, documents bigint NOT NULL, lengths bigint[] NOT NULL)""",
    """CREATE TABLE search_document (
        id bigint PRIMARY KEY, kind text COLLATE "C" NOT NULL, uid text COLLATE "C" NOT NULL,
        slug text COLLATE "C" NOT NULL, titles text NOT NULL, facets text[] NOT NULL, numbers jsonb NOT NULL,
        lengths int[] NOT NULL, UNIQUE (kind, uid))""",
    "CREATE INDEX search_document_facets ON search_document USING gin (facets)",
    """CREATE TABLE search_posting (
        document bigint NOT NULL, field smallint NOT NULL, term text COLLATE "C" NOT NULL, times int NOT NULL,
        length int NOT NULL)""",
    "CREATE INDEX search_posting_term ON search_posting (term, field) INCLUDE (document, times, length)",
    "CREATE INDEX search_posting_document ON search_posting (document)",
    """CREATE TABLE search_term (term text COLLATE "C" PRIMARY KEY, letters smallint NOT NULL)""",
    "CREATE INDEX search_term_letters ON search_term (letters)",
)


def make_tables(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the tables where the database is PostgreSQL."""
    if editor.connection.vendor == "postgresql":
        for statement in _TABLES:
            editor.execute(statement)


def drop_tables(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back; the index is rebuilt from the records when it is wanted again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE search_state, search_document, search_posting, search_term")


class Migration(migrations.Migration):
    """See the module."""

    initial = True
    dependencies = ()
    operations = (migrations.RunPython(make_tables, drop_tables),)
