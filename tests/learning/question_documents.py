"""One question of each kind, as the documents that course files hold; the right answer of each stands in `RIGHT`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any


def _texts(english: str, german: str) -> dict[str, str]:
    return {"en": english, "de": german}


_RUBRIC = [
    {
        "key": "steps",
        "titles": _texts("All steps", "Alle Schritte"),
        "steps": [
            {"points": 0, "texts": _texts("None is named.", "Keiner ist genannt.")},
            {"points": 2, "texts": _texts("All are named.", "Alle sind genannt.")},
        ],
    }
]

DOCUMENTS: Mapping[str, Mapping[str, Any]] = {
    "single": {
        "prompts": _texts("Which cable carries high voltage?", "Welches Kabel führt Hochvolt?"),
        "choices": [
            {
                "key": "a",
                "texts": _texts("The orange one", "Das orange"),
                "correct": True,
                "feedback": _texts("Orange marks high voltage.", "Orange bezeichnet Hochvolt."),
            },
            {"key": "b", "texts": _texts("The black one", "Das schwarze"), "correct": False},
        ],
        "explanations": _texts("The colour is the same in all makes.", "Die Farbe ist bei allen Marken gleich."),
    },
    "multiple": {
        "prompts": _texts("What do you wear?", "Was tragen Sie?"),
        "partial": True,
        "choices": [
            {"key": "a", "texts": _texts("Insulating gloves", "Isolierende Handschuhe"), "correct": True},
            {"key": "b", "texts": _texts("A face shield", "Ein Visier"), "correct": True},
            {"key": "c", "texts": _texts("A watch", "Eine Uhr"), "correct": False},
        ],
    },
    "true-false": {"prompts": _texts("A pack is never empty.", "Ein Pack ist nie leer."), "answer": True},
    "order": {
        "prompts": _texts("Put the steps in order.", "Ordnen Sie die Schritte."),
        "items": [
            {"key": "off", "texts": _texts("Switch off", "Freischalten")},
            {"key": "secure", "texts": _texts("Secure", "Sichern")},
            {"key": "verify", "texts": _texts("Verify", "Feststellen")},
        ],
    },
    "match": {
        "prompts": _texts("What measures what?", "Was misst was?"),
        "items": [
            {"key": "voltmeter", "texts": _texts("Voltmeter", "Voltmeter")},
            {"key": "ohmmeter", "texts": _texts("Ohmmeter", "Ohmmeter")},
        ],
        "targets": [
            {"key": "voltage", "texts": _texts("Voltage", "Spannung")},
            {"key": "resistance", "texts": _texts("Resistance", "Widerstand")},
        ],
        "pairs": {"voltmeter": "voltage", "ohmmeter": "resistance"},
    },
    "fill-in": {
        "prompts": _texts("The pack has {{volts}} V.", "Der Pack hat {{volts}} V."),
        "gaps": [{"key": "volts", "accepted": {"en": ["400"], "de": ["400"]}}],
    },
    "numeric": {
        "prompts": _texts("How high is the voltage?", "Wie hoch ist die Spannung?"),
        "value": 400,
        "tolerance": 5,
        "units": {"V": 1, "kV": 1000},
    },
    "hotspot": {
        "prompts": _texts("Where is the service plug?", "Wo ist der Servicestecker?"),
        "media": "pack.svg",
        "alternatives": _texts("A pack from above", "Ein Pack von oben"),
        "regions": [
            {
                "key": "plug",
                "shape": "circle",
                "places": [20, 30, 5],
                "labels": _texts("Left", "Links"),
                "correct": True,
            },
            {
                "key": "lid",
                "shape": "circle",
                "places": [70, 30, 5],
                "labels": _texts("Right", "Rechts"),
                "correct": False,
            },
        ],
    },
    "short-text": {
        "prompts": _texts("What is the colour of the cable?", "Welche Farbe hat das Kabel?"),
        "accepted": {"en": ["orange"], "de": ["orange"]},
    },
    "free-text": {
        "prompts": _texts("Describe how you isolate a pack.", "Beschreiben Sie das Freischalten."),
        "points": 2,
        "rubric": _RUBRIC,
        "model_answers": _texts("Off, secure, verify.", "Aus, sichern, feststellen."),
    },
    "file": {"prompts": _texts("Hand in your plan.", "Geben Sie Ihren Plan ab."), "points": 2, "rubric": _RUBRIC},
    "scale": {
        "prompts": _texts("The course helped me.", "Der Kurs hat mir geholfen."),
        "steps": [
            {"key": "1", "texts": _texts("Not at all", "Gar nicht")},
            {"key": "2", "texts": _texts("Very much", "Sehr")},
        ],
    },
}
"""By kind; without key and kind."""

RIGHT: Mapping[str, Any] = {
    "single": "a",
    "multiple": ["a", "b"],
    "true-false": "true",
    "order": ["off", "secure", "verify"],
    "match": {"voltmeter": "voltage", "ohmmeter": "resistance"},
    "fill-in": {"volts": "400"},
    "numeric": {"value": "0.4", "unit": "kV"},
    "hotspot": ["plug"],
    "short-text": "Orange",
}
"""An answer that is right, for the kinds that the machine marks."""


def a_document(kind: str = "single", key: str = "", **changes: Any) -> dict[str, Any]:
    """The document of one question, called after its kind unless another key is given."""
    return {"key": key or kind, "kind": kind} | copy.deepcopy(dict(DOCUMENTS[kind])) | changes
