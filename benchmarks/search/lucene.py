"""Lucene, the core of Elasticsearch, OpenSearch and Solr, without their server: courses and questions as tables for it.

`lucene_environment.sh` fetches it; it is run by the `java` of this machine.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.search.courses import CHOSEN, COUNTED, FILTERS, Question

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import words_of
from synchromesh.search.contract import Document

JAR = Path("var/benchmarks/lucene/lucene.jar")
_PROGRAM = Path(__file__).with_name("LuceneSearch.java")


def why_not() -> str:
    """Why Lucene cannot be asked here, "" if it can."""
    if not JAR.is_file():
        return f"there is no {JAR}; benchmarks/search/lucene_environment.sh fetches it"
    return "" if shutil.which("java") and shutil.which("javac") else "there is no Java development kit"


def build(folder: Path, courses: Iterable[Document]) -> dict[str, Any]:
    """Make the index; the seconds have the start of Java in them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = folder / "courses.tsv"
    with rows.open("w", encoding="utf-8") as file:
        file.writelines("\t".join(_cells(course)) + "\n" for course in courses)
    at = time.perf_counter()
    answer = _run("build", folder, rows)
    size = sum(file.stat().st_size for file in (folder / "index").iterdir())
    return {"seconds": time.perf_counter() - at, **answer, "megabytes": size / 1e6}


def ask(folder: Path, questions: Iterable[Question]) -> dict[str, Any]:
    """Ask all questions; see `worker`."""
    rows = folder / "questions.tsv"
    lines = [
        "\t".join([" ".join(question.words), *(_number(name, question.chosen[name]) for name in CHOSEN)])
        for question in questions
    ]
    rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return _run("ask", folder, rows)


def _run(work: str, folder: Path, rows: Path) -> dict[str, Any]:
    command = ["java", "-cp", str(JAR), str(_PROGRAM), work, str(folder / "index"), str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _cells(course: Document) -> list[str]:
    language = course.languages[0]
    words = [" ".join(words_of(fold(texts[language]))) for texts in (course.titles, course.texts)]
    values = {name: language if name == "language" else course.filters[name][0] for name in COUNTED}
    return [*words, *(_number(name, value) for name, value in values.items())]


def _number(name: str, value: str) -> str:
    return str(FILTERS[name].index(value))
