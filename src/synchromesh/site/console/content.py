"""Commands about content: framework, catalogue, feeds, search, people, starter and demo."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from synchromesh.accounts.models import User
from synchromesh.accounts.operations.people import create_person
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import FeedSource
from synchromesh.catalogue.operations.feed_fetching import reading_options
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.queries.exports import catalogue_csv, export_catalogue
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.exchange.frameworks import (
    FrameworkDocument,
    case_package,
    csv_tables,
    json_document,
    skos_jsonld,
    skos_turtle,
    xlsx_workbook,
)
from synchromesh.framework.operations.importing import FrameworkImporter, pack
from synchromesh.framework.queries.documents import framework_document
from synchromesh.framework.queries.exports import export_framework
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor
from synchromesh.search import operations as search_operations
from synchromesh.search import queries as search_queries
from synchromesh.search.contract import Order
from synchromesh.site import demo, personal_data, starter

LARGEST_FILE = 20 * 1024 * 1024  # of the framework, which is read whole
LARGEST_FEED = imports.LARGEST_FILE  # bytes; a feed is read as a stream


def _base_address() -> str:
    return f"{settings.SITE_ADDRESS}/framework/"


_WRITERS: dict[str, Callable[[FrameworkDocument], dict[str, bytes]]] = {
    "csv": csv_tables.write,
    "xlsx": xlsx_workbook.write,
    "document": json_document.write,
    "case": lambda document: case_package.write(document, base=_base_address()),
    "turtle": lambda document: skos_turtle.write(document, base=_base_address()),
    "jsonld": lambda document: skos_jsonld.write(document, base=_base_address()),
}


def framework_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The published framework: the command's own answer, or a file in an exchange format that can be imported again."""
    del by
    if arguments.format == "json":
        return export_framework()
    files = _WRITERS[arguments.format](framework_document())
    return pack(files) if len(files) > 1 else next(iter(files.values()))


def catalogue_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The published catalogue."""
    del by
    return catalogue_csv() if arguments.format == "csv" else export_catalogue()


def framework_preview(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What a framework file would change."""
    return _preview(FrameworkImporter(), arguments, by=by, options=_framework_options(arguments))[1]


def framework_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Commit a framework file: a new published version, or the draft."""
    return _commit(FrameworkImporter(), arguments, by=by, options=_framework_options(arguments))


def framework_undo(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Undo a framework import."""
    return _undo(FrameworkImporter(), arguments, by=by)


def feed_preview(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What a feed would change."""
    return _preview(CourseImporter(), arguments, by=by, options=_feed_options(arguments, by=by))[1]


def feed_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Commit a feed."""
    return _commit(CourseImporter(), arguments, by=by, options=_feed_options(arguments, by=by))


def feed_undo(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Undo a feed import."""
    return _undo(CourseImporter(), arguments, by=by)


def feed_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The imports so far, for those who may make them."""
    del arguments
    require(is_alliance_staff(by), "Only alliance staff can see the imports.")
    return {"imports": [batch_answer(batch) for batch in imports.list_batches(kinds=("feed", "framework"))]}


def search(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Search, or rebuild the index."""
    if arguments.query == "rebuild":
        return {"indexed": search_operations.rebuild_index(by=by)}
    found = search_queries.search(
        arguments.query,
        language=arguments.language,
        kinds=tuple(arguments.kind),
        limit=max(1, min(arguments.limit, 200)),
        chosen=_choices(arguments.filter),
        order=_order(arguments.order),
    )
    hits = [
        {"kind": h.kind, "uid": h.uid, "title": h.title, "language": h.language, "slug": h.slug} for h in found.hits
    ]
    return {"total": found.total, "exact": found.exact, "hits": hits, "filters": found.filters}


def _choices(stated: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values chosen by filter, from NAME=VALUE; the same filter twice means either value."""
    chosen: dict[str, tuple[str, ...]] = {}
    for choice in stated:
        name, equals, value = choice.partition("=")
        if not (name and equals and value):
            raise InvalidInput(f"--filter takes NAME=VALUE, for example mode=online, not '{choice}'.", field="filter")
        chosen[name] = (*chosen.get(name, ()), value)
    return chosen


def _order(stated: str) -> Order | None:
    """The order, from NUMBER or NUMBER:desc; none means best first."""
    number, _, direction = stated.partition(":")
    if direction not in ("", "desc"):
        raise InvalidInput(f"--order takes a name, with ':desc' for largest first, not '{stated}'.", field="order")
    return Order(number=number, descending=bool(direction)) if number else None


def person_create(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make an account with a first password that is printed here and kept nowhere."""
    password = secrets.token_urlsafe(18)
    person = create_person(
        by=by, email=arguments.email, name=arguments.name, password=password, alliance_staff=arguments.staff
    )
    return {"email": person.email, "alliance_staff": person.is_alliance_staff, "password": password}


def person_export(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Everything stored about a person."""
    return personal_data.export_person(by=by, person=_person(arguments.email))


def person_delete(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Delete a person."""
    return asdict(personal_data.delete_person(by=by, person=_person(arguments.email)))


def starter_load(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Load the starter content."""
    del arguments
    return {"loaded": [asdict(part) for part in starter.load_starter(by=by)]}


def demo_load(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Load the example content."""
    del arguments
    return {"loaded": [asdict(part) for part in starter.load_examples(by=by)]}


def demo_remove(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Remove the example content."""
    del arguments
    return {"removed": starter.remove_examples(by=by)}


def demo_accounts(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make the demo accounts."""
    return {"accounts": [asdict(account) for account in demo.make_demo_accounts(by=by, renew=arguments.renew)]}


def _person(name: str) -> User:
    found = User.objects.filter(sign_in_name__iexact=name).first() or User.objects.filter(email__iexact=name).first()
    if found is None:
        raise NotFound(f"Nobody has the e-mail or sign-in name '{name}'.", field="email")
    return found


def _framework_options(arguments: argparse.Namespace) -> dict[str, Any]:
    return {"draft": True} if arguments.draft else {}


def _feed_options(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """What is known about the source, and what the command says about this file."""
    source = FeedSource.objects.filter(key=_source_name(arguments)).first() if is_alliance_staff(by) else None
    known = reading_options(source) if source is not None else {"origin": "real", "confirm_links": False}
    said = {name: value for name in ("origin", "language") if (value := getattr(arguments, name))}
    if arguments.confirm_links:
        said["confirm_links"] = True
    return {**known, **said, "complete": not arguments.partial}


def _preview(importer: imports.Importer, arguments: argparse.Namespace, *, by: Actor, options: dict[str, Any]) -> Any:
    with _opened(arguments.file) as (file, name):
        batch, plan = imports.preview(
            importer,
            by=by,
            file=file,
            name=name,
            source=_source_name(arguments),
            options=options,
            most_bytes=LARGEST_FEED if importer.kind == CourseImporter.kind else LARGEST_FILE,
        )
    answer: dict[str, Any] = {
        "batch": str(batch.uid),
        "format": plan.format,
        "counts": plan.counts,
        "problems": [asdict(problem) for problem in plan.problems],
        "rows": [asdict(row) for row in plan.rows if row.effect != "same"],
    }
    more = {"more_problems": plan.more_problems, "more_rows": plan.more_rows}
    return batch, answer | {name: count for name, count in more.items() if count}


def _commit(importer: imports.Importer, arguments: argparse.Namespace, *, by: Actor, options: dict[str, Any]) -> Any:
    batch, answer = _preview(importer, arguments, by=by, options=options)
    committed = imports.commit(importer, by=by, batch=batch)
    return {**answer, "status": committed.status}


def _undo(importer: imports.Importer, arguments: argparse.Namespace, *, by: Actor) -> Any:
    batch = imports.find_batch(kind=importer.kind, uid=arguments.batch)
    return batch_answer(imports.undo(importer, by=by, batch=batch))


def batch_answer(batch: Any) -> dict[str, Any]:
    """An import as answers show it."""
    plain = ("kind", "name", "source", "status", "counts", "previewed_at", "committed_at", "undone_at")
    return {"batch": str(batch.uid), **{name: getattr(batch, name) for name in plain}}


def _source_name(arguments: argparse.Namespace) -> str:
    source: str = arguments.source or _file_name(arguments.file)[: imports.LONGEST_SOURCE]
    return source


def _file_name(path: str) -> str:
    if path == "-":
        return "standard input"
    file = Path(path)
    return f"{file.resolve().name}.zip" if file.is_dir() else file.name


@contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, str]]:
    """A file, standard input ("-") or a folder's tables as one zip, as a stream with its name."""
    if path == "-":
        yield sys.stdin.buffer, _file_name(path)
        return
    try:
        file = _zipped(Path(path)) if Path(path).is_dir() else Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.", field="file") from None
    with file:
        yield file, _file_name(path)


def _zipped(folder: Path) -> BinaryIO:
    tables = sorted(file for file in folder.iterdir() if file.suffix.lower() in {".csv", ".xlsx"})
    if not tables:
        raise InvalidInput(f"{folder} is a folder without a CSV or XLSX file.", field="file")
    return BytesIO(pack({file.name: _content(file) for file in tables}))


def _content(file: Path) -> bytes:
    """All of a table, never more than the limit in memory."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise InvalidInput(f"{file} is larger than {LARGEST_FILE // 1024**2} MB. Split it.", field="file")
    return content
