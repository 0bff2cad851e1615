"""QTI 3.0 of 1EdTech: single items, or a content package of them with its pictures.

Read are the interactions that our kinds of questions can represent, with points and feedback as the item's own rules
give them; everything else is reported with the file. Written is one language. Source of the format:
https://www.imsglobal.org/spec/qti/v3p0/impl
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.questions._document import QuestionDocuments, WrittenQuestions
from synchromesh.engine.exchange.questions._picture_sizes import picture_size
from synchromesh.engine.exchange.questions._qti_item_reading import read_item
from synchromesh.engine.exchange.questions._qti_item_writing import write_item
from synchromesh.engine.exchange.questions._qti_language import CannotSay
from synchromesh.engine.exchange.questions._qti_package import (
    MANIFEST,
    ListedItem,
    list_items,
    looks_like_items,
    manifest_of,
)
from synchromesh.engine.vocabulary.questions import Question

TITLE = "QTI 3.0 (an item as XML, or a package with imsmanifest.xml)"
_MEDIA = re.compile(r'src="\.\./media/([^"/]+)"')


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether an item or a manifest of QTI is among the files."""
    return looks_like_items(files)


def read(files: Mapping[str, bytes], *, language: str) -> QuestionDocuments:
    """Read all items; raises InvalidInput when there is none at all."""
    package = list_items(files)
    if not package.items and not package.problems:
        raise InvalidInput("No item of QTI 3.0 is among the files.")
    questions: dict[str, Question] = {}
    positions: list[str] = []
    media: dict[str, bytes] = {}
    problems = list(package.problems)
    for listed in package.items:
        found = read_item(files[listed.path], file=listed.path, files=files, language=language, taken=media)
        problems += found.problems
        if found.question is not None:
            question = _completed(found.question, listed, taken=questions)
            questions[question.key] = question
            positions.append(listed.path)
            media.update(found.media)
    return QuestionDocuments(
        questions=tuple(questions.values()),
        positions=tuple(positions),
        media=media,
        problems=tuple(problems),
        left_out=len(package.items) - len(questions) + sum(bool(problem.field) for problem in package.problems),
        has_one_language=True,
    )


def write(document: QuestionDocuments, *, language: str) -> WrittenQuestions:
    """Return the files of a package: the manifest, an item for each question, and the pictures that items show."""
    sizes = {name: size for name, data in document.media.items() if (size := picture_size(data))}
    files: dict[str, bytes] = {}
    listed: list[tuple[Question, str, list[str]]] = []
    problems: list[Problem] = []
    for question in document.questions:
        try:
            written = write_item(question, language=language, sizes=sizes)
        except CannotSay as error:
            problems.append(Problem(position=question.key, field="", message=error.message))
            continue
        problems += [Problem(position=question.key, field="", message=remark) for remark in written.remarks]
        path = f"items/{question.key}.xml"
        files[path] = written.xml
        pictures = [name for name in _MEDIA.findall(written.xml.decode()) if name in document.media]
        files.update({f"media/{name}": document.media[name] for name in pictures})
        listed.append((question, path, [f"media/{name}" for name in dict.fromkeys(pictures)]))
    files[MANIFEST] = manifest_of(listed, language=language)
    return WrittenQuestions(files=files, problems=tuple(problems))


def _completed(question: Question, listed: ListedItem, *, taken: Mapping[str, Question]) -> Question:
    """The question with what the manifest says about it, under a key of its own."""
    key, count = question.key, 1
    while key in taken:
        count += 1
        key = f"{question.key}-{count}"
    return replace(question, key=key, skill=listed.skill, level=listed.level, sources=listed.sources)
