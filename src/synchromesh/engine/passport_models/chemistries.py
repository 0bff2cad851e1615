"""What is known of cell chemistries and of the substances in batteries.

The ranges in `chemistries.csv` are wide on purpose: outside of them lies a slip of the pen, not an unusual battery.
The CAS numbers of `substances.csv` have right check digits; nobody has compared them with the registry yet, so that a
number that differs from ours is a warning, not an error.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_ELEMENT_WORDS = {
    "nickel": "Ni",
    "cobalt": "Co",
    "mangan": "Mn",
    "lithium": "Li",
    "iron": "Fe",
    "phosph": "P",
    "titan": "Ti",
    "sodium": "Na",
    "lead": "Pb",
    "alumin": "Al",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chemistry:
    """A cell chemistry. Voltages are those of one cell; `density` is Wh/kg of the whole battery.

    `needs` are elements that the electrodes hold, `never` such that they do not; `words` stand in its name; `recycled`
    are the materials whose recycled share is due (Article 8).
    """

    code: str
    name: str
    nominal: tuple[float, float]
    limits: tuple[float, float]
    density: tuple[float, float]
    needs: tuple[str, ...]
    never: tuple[str, ...]
    words: tuple[str, ...]
    recycled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """A substance with its elements, the critical raw materials in it, and its gravest class of hazard."""

    cas: str
    name: str
    elements: frozenset[str]
    critical: tuple[str, ...]
    hazard_class: str


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("synchromesh.engine.passport_models") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def chemistries() -> Mapping[str, Chemistry]:
    """Every chemistry by its short name."""
    return MappingProxyType(
        {
            row["code"]: Chemistry(
                code=row["code"],
                name=row["name"],
                nominal=(float(row["nominal_least"]), float(row["nominal_most"])),
                limits=(float(row["limit_least"]), float(row["limit_most"])),
                density=(float(row["density_least"]), float(row["density_most"])),
                needs=tuple(row["needs"].split()),
                never=tuple(row["never"].split()),
                words=tuple(row["words"].split()),
                recycled=tuple(row["recycled"].split()),
            )
            for row in _rows("chemistries.csv")
        }
    )


def _critical(text: str) -> tuple[str, ...]:
    return ("natural graphite",) if text == "natural graphite" else tuple(text.split())


@cache
def substances() -> Mapping[str, Substance]:
    """Every known substance by its CAS number."""
    return MappingProxyType(
        {
            row["cas"]: Substance(
                cas=row["cas"],
                name=row["name"],
                elements=frozenset(row["elements"].split()),
                critical=_critical(row["critical"]),
                hazard_class=row["hazard_class"],
            )
            for row in _rows("substances.csv")
        }
    )


@cache
def substances_by_name() -> Mapping[str, Substance]:
    """Every known substance by its name in small letters."""
    return MappingProxyType({substance.name.lower(): substance for substance in substances().values()})


def elements_of(cas: str, name: str) -> frozenset[str]:
    """The elements of a material: those that its name says, and those of the substance with this CAS number."""
    known = substances().get(cas)
    said = frozenset(element for word, element in _ELEMENT_WORDS.items() if word in name.lower())
    return said | (known.elements if known is not None and not said else frozenset())
