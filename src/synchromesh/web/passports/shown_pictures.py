"""The pictures of a passport with their words: each has a title, a sentence for who does not see it, and a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from synchromesh.engine.passport_models.examination import shown
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.pictures.ageing import AgeingLine, draw_ageing
from synchromesh.engine.passport_models.pictures.flow import OTHERS, MaterialFlow, Node, draw_flow
from synchromesh.engine.passport_models.pictures.footprint import StageBar, StageBars, draw_stages
from synchromesh.engine.passport_models.pictures.numbers import drawable_number
from synchromesh.web.passports.passport_words import choice_name
from synchromesh.web.passports.shown_values import number_words

LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What all pictures have: a name for ids, title, sentence, and a table with its columns."""

    name: str
    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ageing: AgeingLine | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    ends: tuple[str, ...] = ()
    threshold: str = ""
    footprint: StageBars | None = None
    bars: tuple[tuple[StageBar, str, str], ...] = ()
    flow: MaterialFlow | None = None
    materials: tuple[tuple[Node, str], ...] = ()
    parts: tuple[tuple[Node, str], ...] = ()

    @property
    def cells(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with the title of its column beside each cell, for a phone that shows rows alone."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


def show_pictures(content: Passport) -> tuple[Picture, ...]:
    """The pictures that can be drawn from what a visitor may see of a passport."""
    drawn = (_ageing(content), _flow(content), _footprint(content))
    return tuple(picture for picture in drawn if picture is not None)


def _ageing(content: Passport) -> Picture | None:
    """The remaining capacity over time, or where that is not given its fade."""
    limit = drawable_number(content.value_of("capacity_threshold"))
    rated = drawable_number(content.value_of("rated_capacity"))
    capacity = content.values.get("remaining_capacity")
    line = draw_ageing(capacity, threshold=rated * limit / 100 if rated and limit else None)
    if line is not None:
        return _line_picture(line, gettext("Remaining capacity"), "Ah")
    line = draw_ageing(content.values.get("capacity_fade"), threshold=100 - limit if limit else None)
    return _line_picture(line, gettext("Capacity fade"), "%") if line is not None else None


def _line_picture(line: AgeingLine, title: str, unit: str) -> Picture:
    first, last = line.points[0], line.points[-1]
    words = {
        "first": _with_unit(first.value, unit),
        "last": _with_unit(last.value, unit),
        "from_day": date_format(first.at, "DATE_FORMAT"),
        "to_day": date_format(last.at, "DATE_FORMAT"),
    }
    threshold = line.threshold.value if line.threshold else None
    return Picture(
        name="ageing",
        title=title,
        sentence=gettext("From %(first)s on %(from_day)s to %(last)s on %(to_day)s.") % words,
        columns=(gettext("Day"), f"{title} ({unit})"),
        rows=tuple((date_format(point.at, "DATE_FORMAT"), number_words(point.value)) for point in line.points),
        ageing=line,
        ticks=tuple((tick.y, number_words(tick.value)) for tick in line.ticks),
        ends=(date_format(first.at, "YEAR_MONTH_FORMAT"), date_format(last.at, "YEAR_MONTH_FORMAT")),
        threshold=gettext("Exhausted at %(value)s") % {"value": _with_unit(threshold, unit)}
        if threshold is not None
        else "",
    )


def _flow(content: Passport) -> Picture | None:
    flow = draw_flow(content.values.get("materials"))
    if flow is None:
        return None
    rows = tuple(
        (_material(ribbon.material), _part(ribbon.part), number_words(_rounded(ribbon.mass))) for ribbon in flow.ribbons
    )
    words = {
        "mass": number_words(_rounded(flow.total)),
        "material": _material(flow.materials[0].name),
        "part": _part(flow.parts[0].name),
    }
    return Picture(
        name="flow",
        title=gettext("Which material is in which part"),
        sentence=gettext("%(mass)s kg are listed. Most of it is %(material)s; the heaviest part is: %(part)s.") % words,
        columns=(gettext("Material"), gettext("Part"), gettext("Mass (kg)")),
        rows=rows,
        flow=flow,
        materials=tuple((node, _short(_material(node.name))) for node in flow.materials),
        parts=tuple((node, _short(_part(node.name))) for node in flow.parts),
    )


def _footprint(content: Passport) -> Picture | None:
    drawn = draw_stages(content.values.get("footprint_stages"))
    if drawn is None:
        return None
    unit = "kg CO2e/kWh"
    bars = tuple((bar, shown(choice_name(bar.stage)), number_words(_rounded(bar.value))) for bar in drawn.bars)
    largest = max(drawn.bars, key=lambda bar: abs(bar.value))
    words = {"total": _with_unit(_rounded(drawn.total), unit), "stage": shown(choice_name(largest.stage))}
    return Picture(
        name="footprint",
        title=gettext("Carbon footprint by stage of life"),
        sentence=gettext("%(total)s in all. The largest share is from: %(stage)s.") % words,
        columns=(gettext("Stage of life"), unit, gettext("Share")),
        rows=tuple(
            (stage, value, f"{number_words(round(bar.share * 100))} %")
            for bar, (_, stage, value) in zip(drawn.bars, bars, strict=True)
        ),
        footprint=drawn,
        bars=bars,
    )


def _with_unit(value: float, unit: str) -> str:
    return f"{number_words(_rounded(value))} {unit}"


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _material(name: str) -> str:
    return shown(name) if name != OTHERS else gettext("Other materials")


def _part(name: str) -> str:
    return shown(choice_name(name)) if name != OTHERS else gettext("Other parts")


def _short(words: str) -> str:
    """Words that fit beside a bar; the whole of them stands in the table."""
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1].rstrip()}…"
