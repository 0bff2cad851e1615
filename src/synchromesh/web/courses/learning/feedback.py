"""What came of an answer, in words: right, partly or not, points, what an author says to it, the right answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from synchromesh.assessment.queries.question_views import AnswerFeedback
from synchromesh.engine.scoring.public import PublicQuestion
from synchromesh.plumbing.translated_text import in_language

Words = dict[str, Any]


def show_feedback(question: PublicQuestion, feedback: AnswerFeedback, *, language: str) -> Words:
    """The feedback of one answer of a test, as `learn/_feedback.html` shows it."""
    is_partly = feedback.is_correct is False and bool(feedback.points)
    return {
        "is_correct": feedback.is_correct,
        "is_partly": is_partly,
        "is_shown": False,
        "waits_for_mark": feedback.waits_for_mark,
        "points": feedback.points,
        "most_points": feedback.most_points,
        "texts": feedback.texts,
        "solution": solution_lines(question, feedback.solution, language=language),
        "marks": feedback.marks,
        "comment": feedback.comment,
        "model_answers": feedback.model_answers,
    }


def show_practice(question: PublicQuestion, entry: Mapping[str, Any], *, language: str) -> Words:
    """The feedback of one answer of an exercise; `entry` is what its unit kind keeps of the question."""
    return {
        "is_correct": entry.get("is_correct"),
        "is_partly": entry.get("is_correct") is False and any(entry.get("parts", {}).values()),
        "is_shown": bool(entry.get("was_shown")) and not entry.get("is_correct"),
        "waits_for_mark": False,
        "points": None,
        "most_points": None,
        "texts": entry.get("feedback", ()),
        "solution": solution_lines(question, entry.get("solution"), language=language),
        "marks": (),
        "comment": "",
        "model_answers": entry.get("model_answers"),
    }


def solution_lines(question: PublicQuestion, solution: Any, *, language: str) -> list[str]:
    """The right answer as lines of words; none where it is not to be shown."""
    if solution in (None, "", [], {}):
        return []
    return _BY_KIND.get(str(question.kind), _as_it_is)(question, solution, language)


def _named(items: Any, language: str) -> dict[str, str]:
    return {item.key: in_language(item.texts, language).text for item in items}


def _choices(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    names = _named(question.choices, language)
    return [names.get(str(key), str(key)) for key in (solution if isinstance(solution, list) else [solution])]


def _true_false(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    return [str(pgettext("answer", "True") if solution == "true" else pgettext("answer", "False"))]


def _order(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    names = _named(question.items, language)
    return [f"{place}. {names.get(key, key)}" for place, key in enumerate(solution, start=1)]


def _match(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    items, targets = _named(question.items, language), _named(question.targets, language)
    return [f"{items.get(item, item)} – {targets.get(target, target)}" for item, target in solution.items()]


def _fill_in(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    options = {gap.key: _named(gap.options, language) for gap in question.gaps}
    places = {gap.key: number for number, gap in enumerate(question.gaps, start=1)}
    said = [(places.get(key, 0), options.get(key, {}).get(value, value)) for key, value in solution.items()]
    if len(said) == 1:
        return [said[0][1]]
    return [f"{gettext('Gap %(number)s') % {'number': number}}: {value}" for number, value in sorted(said)]


def _numeric(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    return [f"{solution['value']} {solution.get('unit', '')}".strip()]


def _hotspot(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    numbered = enumerate(question.regions, start=1)
    names = {region.key: f"{number} {in_language(region.labels, language).text}" for number, region in numbered}
    return [names.get(key, key) for key in solution]


def _as_it_is(question: PublicQuestion, solution: Any, language: str) -> list[str]:
    return [str(solution)]


_BY_KIND: Mapping[str, Callable[[PublicQuestion, Any, str], list[str]]] = {
    "single": _choices,
    "multiple": _choices,
    "true-false": _true_false,
    "order": _order,
    "match": _match,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "hotspot": _hotspot,
}
