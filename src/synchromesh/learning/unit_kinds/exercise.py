"""Questions to practise with: {introductions?, questions: [question documents]}.

Answers are checked on the server as often as one likes and are worth no points. The unit is done when each question was
answered rightly once, or its answer was shown. Free texts are compared with their model answer by the learner; what a
person has to mark, and scales, belong into an assignment or a questionnaire.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from zlib import crc32

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.scoring.answers import is_empty, read_answer
from synchromesh.engine.scoring.marking import mark
from synchromesh.engine.scoring.public import public_question
from synchromesh.engine.scoring.right_answers import right_answer
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.engine.vocabulary.questions import FreeText, Hotspot, Question, QuestionKind
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import (
    Findings,
    address_of,
    entries,
    findings_of,
    mapping,
    shown,
    text_places,
    texts,
    word,
)

TITLE = gettext_noop("Exercise")
DONE_BY = DoneBy.REPORT
MOST_QUESTIONS = 30
_NOT_FOR_PRACTICE = (QuestionKind.FILE, QuestionKind.SCALE)

_TEXTS: Mapping[str, bool] = {
    "prompts": True,
    "explanations": True,
    "right": True,
    "wrong": True,
    "feedback": True,
    "feedback_true": True,
    "feedback_false": True,
    "model_answers": True,
    "alternatives": False,
    "texts": False,
    "labels": False,
    "titles": False,
}
"""The texts of a question document, and whether they are Markdown."""
_LISTS = ("choices", "items", "targets", "gaps", "options", "regions", "rubric", "steps")
_DEPTH = 3  # lists within lists: rubric, its steps


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """What is wrong with a question, which files and which translations are missing."""
    top = findings_of(content, languages, media)
    top.allow("introductions", "questions")
    top.check_texts("introductions")
    documents = entries(top.content.get("questions"))
    if not 1 <= len(documents) <= MOST_QUESTIONS:
        top.add("questions", f"An exercise has from 1 to {MOST_QUESTIONS} questions.")
        return top.problems
    keys = [word(mapping(document).get("key")) for document in documents]
    for number, document in enumerate(documents, start=1):
        _check_question(top, document, f"question {number}")
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        top.add("questions", f"Two questions have the key {key}. Give one of them another.")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """The pictures in which something is to be found."""
    names = {word(mapping(document).get("media")) for document in entries(mapping(content).get("questions"))}
    return names - {""}


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """The introduction and every text of every question; accepted forms of typed answers are no translations."""
    found = text_places(content, {"introductions": True})
    for place, document in enumerate(entries(mapping(content).get("questions"))):
        found += _texts_within(document, ("questions", place), _DEPTH)
    return found


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The introduction, and each question by its key as a learner may see it; `links` are the addresses of pictures."""
    own = mapping(content)
    return {
        "introduction": shown(own.get("introductions"), language),
        "questions": [
            {
                "key": question.key,
                "question": public_question(question, seed=crc32(question.key.encode()), shuffle=True),
            }
            for question in _questions(own)
        ],
        "links": {name: address_of(links, name) for name in sorted(media_of(own))},
    }


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """Check an answer, or show the right one; the answer is what came of it for this question.

    A report: {question: key, answer: ...} or {question: key, show: true}; `language` is the learner's. Raises
    InvalidInput.
    """
    questions = {question.key: question for question in _questions(content)}
    key = word(report.get("question"))
    if key not in questions:
        raise InvalidInput("There is no such question in this exercise.", field="question")
    before = mapping(mapping(state.get("questions")).get(key))
    language = word(report.get("language")) or "en"
    if report.get("show") is True:
        after = _showing(questions[key], before, language)
    else:
        after = _answering(questions[key], before, report.get("answer"), language)
    answered = {**mapping(state.get("questions")), key: after}
    return Progress(
        state={"questions": answered},
        is_done=all(_is_settled(mapping(answered.get(wanted))) for wanted in questions),
        answer={"question": key} | after,
    )


def _answering(question: Question, before: Mapping[str, Any], raw: object, language: str) -> dict[str, Any]:
    answer = read_answer(question, raw)
    if is_empty(answer):
        raise InvalidInput("Answer the question first.", field="answer")
    marked = mark(question, answer, language=language)
    after = {
        "answer": answer,
        "is_correct": marked.is_correct,
        "parts": {part.key: part.is_correct for part in marked.parts},
        "feedback": [dict(told) for told in marked.feedback],
        "was_right": before.get("was_right") is True or marked.is_correct is True,
        # A free text is compared with the model answer, which is among the feedback.
        "was_shown": before.get("was_shown") is True or isinstance(question.body, FreeText),
        "tries": int(before.get("tries", 0)) + 1,
    }
    return after | _solution(question, after, language)


def _showing(question: Question, before: Mapping[str, Any], language: str) -> dict[str, Any]:
    after = {
        "answer": before.get("answer"),
        "is_correct": before.get("is_correct"),
        "parts": dict(mapping(before.get("parts"))),
        "feedback": [dict(question.explanations)] if question.explanations else [],
        "was_right": before.get("was_right") is True,
        "was_shown": True,
        "tries": int(before.get("tries", 0)),
    }
    return after | _solution(question, after, language)


def _solution(question: Question, after: Mapping[str, Any], language: str) -> dict[str, Any]:
    if not _is_settled(after):
        return {"solution": None, "model_answers": {}}
    model = question.body.model_answers if isinstance(question.body, FreeText) else {}
    return {"solution": right_answer(question, language=language), "model_answers": dict(model)}


def _is_settled(entry: Mapping[str, Any]) -> bool:
    return entry.get("was_right") is True or entry.get("was_shown") is True


def _questions(content: object) -> list[Question]:
    """The questions that can be read and practised with, each key once: a draft may have others too."""
    found: dict[str, Question] = {}
    for document in entries(mapping(content).get("questions"))[:MOST_QUESTIONS]:
        question, _ = read_question(document)
        if question is not None and not _unfit(question):
            found.setdefault(question.key, question)
    return list(found.values())


def _check_question(top: Findings, document: object, position: str) -> None:
    question, problems = read_question(document, position=position)
    top.problems += problems
    inside = Findings(mapping(document), top.languages, top.media, position, top.problems)
    if question is None:
        return
    if reason := _unfit(question):
        inside.add("kind", reason)
    if isinstance(question.body, Hotspot):
        inside.check_medium("media")
    for place in _texts_within(document, (), _DEPTH):
        missing = [code for code in top.languages if code not in place.texts]
        if place.texts and missing:
            name = ".".join(str(step + 1) if isinstance(step, int) else step for step in place.path)
            inside.add(name, f"The text is missing in: {', '.join(missing)}.")


def _unfit(question: Question) -> str:
    """Why one cannot practise with a question; empty where one can."""
    if question.kind in _NOT_FOR_PRACTICE:
        return "Nobody can check this kind of question in an exercise. Put it into an assignment or a questionnaire."
    if isinstance(question.body, FreeText) and not texts(question.body.model_answers):
        return "A free text in an exercise needs a model answer to compare with."
    return ""


def _texts_within(document: object, path: tuple[str | int, ...], depth: int) -> list[TextPlace]:
    found = text_places(document, _TEXTS, path)
    for name in _LISTS if depth else ():
        for place, entry in enumerate(entries(mapping(document).get(name))):
            found += _texts_within(entry, (*path, name, place), depth - 1)
    return found
