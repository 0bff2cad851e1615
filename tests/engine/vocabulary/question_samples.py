"""A sound document of each kind of question, for tests that change one thing about it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.engine.vocabulary.questions import Question

_RUBRIC = [
    {
        "key": "steps",
        "titles": {"en": "The five steps"},
        "steps": [{"points": 0, "texts": {"en": "None"}}, {"points": 2.5, "texts": {"en": "All"}}],
    },
    {
        "key": "words",
        "titles": {"en": "Terms"},
        "steps": [{"points": 0, "texts": {"en": "Wrong"}}, {"points": 1, "texts": {"en": "Right"}}],
    },
]
DOCUMENTS: Mapping[str, dict[str, Any]] = {
    "single": {
        "choices": [
            {"key": "a", "texts": {"en": "60 V", "de": "60 V"}, "correct": True, "feedback": {"en": "feedback-a"}},
            {"key": "b", "texts": {"en": "230 V"}, "correct": False, "feedback": {"en": "feedback-b"}},
            {"key": "c", "texts": {"en": "400 V"}},
        ],
        "points": 2,
        "skill": "high-voltage",
        "level": "Practitioner",
        "sources": ["https://example.org/voltage"],
    },
    "multiple": {
        "choices": [
            {"key": "a", "texts": {"en": "Gloves"}, "correct": True},
            {"key": "b", "texts": {"en": "A ring"}},
            {"key": "c", "texts": {"en": "A visor"}, "correct": True},
            {"key": "d", "texts": {"en": "A scarf"}, "feedback": {"en": "feedback-d"}},
        ],
        "points": 2,
        "partial": True,
        "keep_order": True,
    },
    "true-false": {"answer": False, "feedback_true": {"en": "feedback-true"}},
    "order": {
        "items": [{"key": key, "texts": {"en": key.title()}} for key in ("disconnect", "secure", "verify", "earth")],
        "points": 3,
        "partial": True,
    },
    "match": {
        "items": [{"key": key, "texts": {"en": key.title()}} for key in ("anode", "cathode", "salt")],
        "targets": [{"key": key, "texts": {"en": key.upper()}} for key in ("graphite", "nmc", "lipf6", "steel")],
        "pairs": {"anode": "graphite", "cathode": "nmc", "salt": "lipf6"},
        "points": 3,
        "partial": True,
    },
    "fill-in": {
        "prompts": {"en": "The {{part}} opens the {{what}}.", "de": "Das {{part}} öffnet den {{what}}."},
        "gaps": [
            {"key": "part", "accepted": {"en": ["contactor", "main relay"], "de": ["Schütz"]}},
            {
                "key": "what",
                "options": [
                    {"key": "circuit", "texts": {"en": "circuit"}, "correct": True},
                    {"key": "door", "texts": {"en": "door"}, "feedback": {"en": "feedback-door"}},
                ],
            },
        ],
        "points": 2,
        "partial": True,
    },
    "numeric": {"value": 12.5, "tolerance": 4, "tolerance_in_percent": True, "units": {"kV": 1000, "V": 1}},
    "hotspot": {
        "media": "pack.svg",
        "alternatives": {"en": "A battery pack from above"},
        "regions": [
            {"key": "plug", "shape": "circle", "places": [20, 30, 5], "labels": {"en": "The plug"}, "correct": True},
            {"key": "hose", "shape": "rectangle", "places": [50, 50, 60, 55.5], "labels": {"en": "The hose"}},
            {"key": "lid", "shape": "polygon", "places": [70, 70, 80, 70, 75, 90], "labels": {"en": "The lid"}},
        ],
    },
    "short-text": {"accepted": {"en": ["insulation monitor"], "de": ["Isolationswächter"]}, "slips": 2},
    "free-text": {"rubric": _RUBRIC, "least_words": 3, "most_words": 200, "model_answers": {"en": "model-answer"}},
    "file": {"rubric": _RUBRIC, "endings": ["pdf"], "most_megabytes": 5},
    "scale": {"steps": [{"key": str(step), "texts": {"en": f"Step {step}"}} for step in range(1, 6)]},
}


def document(kind: str, **changes: object) -> dict[str, Any]:
    """A sound document of `kind` with some values changed; None takes a value out."""
    common = {
        "key": f"a-{kind}-question",
        "kind": kind,
        "prompts": {"en": "What is it?", "de": "Was ist es?"},
        "explanations": {"en": "told-afterwards"},
        "right": {"en": "said-when-right"},
        "wrong": {"en": "said-when-wrong"},
    }
    merged = copy.deepcopy(common | dict(DOCUMENTS[kind])) | changes
    return {key: value for key, value in merged.items() if value is not None}


def question(kind: str, **changes: object) -> Question:
    """The question of such a document, which must be sound."""
    found, problems = read_question(document(kind, **changes))
    assert found is not None, problems
    assert problems == []
    return found
