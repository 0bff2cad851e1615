"""Figures that others published about the Pact for Skills and the sector, taken over on the day in `TAKEN_ON`.

Each stands beside others of the same name only; that their periods differ is said with each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

TAKEN_ON = date(2026, 11, 23)
_FIRST_SURVEY = (
    "https://pact-for-skills.ec.europa.eu/about/news-and-factsheets/"
    "first-pact-skills-annual-survey-report-shows-progress-made-upskilling-and-reskilling-2023-05-23_en"
)
_SECOND_SURVEY = "https://www.miragenews.com/pact-for-skills-trains-3-5m-workers-survey-1200162/"
THIRD_SURVEY = (
    "https://openrijk.nl/en/parlement-eu/europese-commissie/artikel/ip-25-1247/"
    "more-than-6.1-million-workers-trained-under-the-pact-for-skills"
)
_ECOSYSTEM = (
    "https://pact-for-skills.ec.europa.eu/about/industrial-ecosystems-and-partnerships/"
    "mobility-transport-automotive-ecosystem_en"
)
_CLEPA = "https://clepa.eu/mediaroom/automotive-selected-as-pioneer-ecosystem-to-be-part-of-the-pact-for-skills/"
_MORE, _NEARLY = _("more than"), _("nearly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it was stated, `qualifier` included, the time it is for, and who says it."""

    value: int
    period: Any
    source: str
    url: str
    qualifier: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Figures of one name; `note` says why they do not fit each other."""

    name: Any
    unit: Any
    figures: tuple[Figure, ...]
    note: Any = ""


def _first(value: int, qualifier: Any = "") -> Figure:
    return Figure(
        value=value, period=_("to December 2022"), source="Pact for Skills", url=_FIRST_SURVEY, qualifier=qualifier
    )


def _second(value: int, qualifier: Any = "") -> Figure:
    return Figure(value=value, period="2022-2023", source="Mirage News", url=_SECOND_SURVEY, qualifier=qualifier)


def _third(value: int, period: Any = "2024", qualifier: Any = "") -> Figure:
    return Figure(value=value, period=period, source="European Commission", url=THIRD_SURVEY, qualifier=qualifier)


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        name=_("People who took part in training"),
        unit=_("people"),
        figures=(
            _first(2_000_000),
            _second(3_500_000, _MORE),
            _third(6_100_000, _("from the beginning in 2020 to 2024"), _MORE),
        ),
        note=_("The last figure contains the earlier ones."),
    ),
    Indicator(
        name=_("Organisations in partnerships or networks"),
        unit=_("organisations"),
        figures=(_first(21_500), _third(42_000, qualifier=_MORE)),
    ),
    Indicator(
        name=_("Training programmes updated or developed"),
        unit=_("programmes"),
        figures=(_first(15_500), _second(48_000), _third(48_000, qualifier=_NEARLY)),
    ),
    Indicator(
        name=_("Investment by members"),
        unit=_("euro"),
        figures=(_first(160_000_000), _second(310_000_000)),
        note=_("The first counts all investment in skills, the second that in training programmes."),
    ),
    Indicator(
        name=_("Own workforce trained by members of partnerships"),
        unit=_("per cent, on average"),
        figures=(_third(33),),
    ),
    Indicator(
        name=_("Members that answered the survey"),
        unit=_("members"),
        figures=(Figure(value=461, period=_("survey of 2022"), source="Pact for Skills", url=_FIRST_SURVEY),),
    ),
    Indicator(
        name=_("Aim of the automotive partnership: share of the workforce"),
        unit=_("per cent a year"),
        figures=(Figure(value=5, period=_("each year"), source="Pact for Skills", url=_ECOSYSTEM),),
    ),
    Indicator(
        name=_("Aim of the automotive partnership: people"),
        unit=_("people"),
        figures=(Figure(value=700_000, period=_("not stated"), source="CLEPA", url=_CLEPA),),
        note=_("5 per cent of 14.6 million are 730,000 in one year. The sources do not say the same of the period."),
    ),
    Indicator(
        name=_("People who work in the sector"),
        unit=_("people"),
        figures=(Figure(value=14_600_000, period="2020", source="Pact for Skills", url=_ECOSYSTEM),),
    ),
)
