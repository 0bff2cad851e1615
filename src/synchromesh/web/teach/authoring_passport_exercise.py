"""What an author chooses for an exercise on a battery passport."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from synchromesh.web.teach.authoring_fields import FieldSpec

_EXERCISES = (
    ("find-faults", _("Find the faults of a passport")),
    ("build-category", _("Build a category from a data sheet")),
    ("who-may-see", _("Say who may see what")),
    ("read-footprint", _("Read the carbon footprint")),
    ("second-life", _("Repurpose, remanufacture or recycle")),
    ("trace-materials", _("Trace the materials along the chain")),
    ("answer-request", _("Answer a request for data")),
)
_BATTERIES = (
    ("ev", _("Electric vehicle")),
    ("lmt", _("Light means of transport")),
    ("industrial", _("Industry, above 2 kWh")),
)
PASSPORT_EXERCISE: Sequence[FieldSpec] = (
    FieldSpec(
        name="exercise",
        label=_("What learners do"),
        look="choice",
        choices=_EXERCISES,
        hint=_("Each learner gets a battery of their own, and another one with each try."),
        is_needed=True,
    ),
    FieldSpec(name="battery", label=_("Kind of battery"), look="choice", choices=_BATTERIES, is_needed=True),
    FieldSpec(
        name="level",
        label=_("Difficulty, from 1 to 3"),
        look="whole",
        hint=_("1 gives hints and asks for less. Left empty: 1."),
        least=1,
        most=3,
    ),
    FieldSpec(
        name="faults",
        label=_("Number of faults, from 1 to 10"),
        look="whole",
        hint=_("Only where faults are to be found. Left empty: 5."),
        least=1,
        most=10,
    ),
    FieldSpec(
        name="needed_percent",
        label=_("Share that is needed, in percent"),
        look="whole",
        hint=_("The unit is done when one try reaches it. Left empty: 70."),
        least=1,
        most=100,
    ),
    FieldSpec(
        name="skills",
        label=_("Skills that the result is evidence for"),
        look="words",
        hint=_("The last part of the address of each skill, one on each line."),
        rows=2,
    ),
)
