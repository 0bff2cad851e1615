"""A page of what nobody has checked yet in some courses, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from synchromesh.engine.exchange.course_files._document import CourseDocument
from synchromesh.engine.exchange.course_files.course_review import UncheckedSource, list_unchecked

_HEAD = """# What is not checked yet in the courses that ship

Each place below names a source whose text nobody has compared with the course. Open the source, compare, mend the
course, and set `checked: true` with the date in the unit's list of sources. `SOURCES.md` in the folder of each course
says what to look at, and what stands there from general knowledge.

This page is made from the course files: `synchromesh course unchecked > docs/courses/unchecked.md`.
"""


def unchecked_page(documents: Sequence[CourseDocument]) -> str:
    """Return the page: a table of courses, then for each the units with their sources and the sentences on them."""
    found = [(document, list_unchecked(document)) for document in documents]
    rows = [f"| [{_title(document)}](#{document.course.slug}) | {len(sources)} |" for document, sources in found]
    parts = [_HEAD, "\n".join(["| Course | Sources not checked |", "|---|---|", *rows, ""])]
    parts += [_course(document, sources) for document, sources in found]
    return "\n".join(parts)


def _title(document: CourseDocument) -> str:
    return document.course.titles.get(document.source_language, document.course.slug)


def _course(document: CourseDocument, sources: Sequence[UncheckedSource]) -> str:
    lines = [line for source in sources for line in _source(source)]
    words = "Every source that its units name is marked as checked."
    return "\n".join([f"## {document.course.slug}", "", *(lines or [words]), ""])


def _source(source: UncheckedSource) -> list[str]:
    title = source.title.replace("[", "(").replace("]", ")")
    name = f"[{title}]({source.url})" if source.url else title
    note = f" ({source.note})" if source.note else ""
    facts = [f"  - {_on_one_line(fact)}" for fact in source.facts]
    return [f"- Unit `{source.unit}`, source `{source.key}`: {name}{note}", *facts]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
