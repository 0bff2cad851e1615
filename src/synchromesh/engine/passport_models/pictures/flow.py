"""The composition as a flow (Sankey): from each material to the parts of the battery that it is in, by mass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.pictures.numbers import drawable_number, drawable_rows

WIDTH = 100.0
LEFT, RIGHT = 8.0, 92.0
"""Where the bars of the materials end and where those of the parts begin; the width may be stretched."""
FULL, SLOT, GAP = 300.0, 20.0, 4.0
"""The height of the whole mass, the least room for the words of a bar, and the gap between two rooms."""
MOST_NODES = 12
OTHERS = ""
"""The key of the bar in which the smallest ones are gathered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A material or a part: its mass in kilograms, its bar, and the room for its words with the gap below.

    The rooms follow each other without a break; each bar lies in the middle of its room without the gap.
    """

    name: str
    mass: float
    y: float
    height: float
    room: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """How much of a material is in a part, and where the ribbon leaves and arrives."""

    material: str
    part: str
    mass: float
    leaves: float
    arrives: float
    height: float

    @property
    def path(self) -> str:
        """The outline as SVG writes it."""
        half, start, end = (LEFT + RIGHT) / 2, self.leaves, self.arrives
        below, after = start + self.height, end + self.height
        there = f"M{LEFT:.1f} {start:.2f}C{half:.1f} {start:.2f} {half:.1f} {end:.2f} {RIGHT:.1f} {end:.2f}"
        back = f"L{RIGHT:.1f} {after:.2f}C{half:.1f} {after:.2f} {half:.1f} {below:.2f} {LEFT:.1f} {below:.2f}Z"
        return there + back


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialFlow:
    """Materials at the left and parts at the right, each largest first, and the ribbons between them."""

    materials: tuple[Node, ...]
    parts: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    total: float
    height: float


def draw_flow(stated: FieldValue | None) -> MaterialFlow | None:
    """The rows of `materials` as a flow; None where no row has a mass. Small materials are gathered as `OTHERS`."""
    masses = _masses(stated)
    total = sum(masses.values())
    if total <= 0:
        return None
    scale = FULL / total
    materials, left = _stack(_sums(masses, 0), scale)
    parts, right = _stack(_sums(masses, 1), scale)
    return MaterialFlow(
        materials=materials,
        parts=parts,
        ribbons=_ribbons(masses, materials, parts, scale),
        total=total,
        height=max(left, right),
    )


def _masses(stated: FieldValue | None) -> dict[tuple[str, str], float]:
    """Mass by material and part, with the smallest materials and parts gathered."""
    found: dict[tuple[str, str], float] = {}
    for row in drawable_rows(stated.value) if stated is not None else []:
        mass = drawable_number(row.get("mass"))
        if mass is not None and mass > 0:
            key = str(row.get("name") or "?")[:60], str(row.get("component") or "?")[:60]
            found[key] = found.get(key, 0.0) + mass
    kept = [{name for name, _ in _sums(found, side)[: MOST_NODES - 1]} for side in (0, 1)]
    gathered: dict[tuple[str, str], float] = {}
    for (material, part), mass in found.items():
        key = material if material in kept[0] else OTHERS, part if part in kept[1] else OTHERS
        gathered[key] = gathered.get(key, 0.0) + mass
    return gathered


def _sums(masses: Mapping[tuple[str, str], float], side: int) -> list[tuple[str, float]]:
    """Names with their masses, the largest first and the gathered rest last."""
    sums: dict[str, float] = {}
    for key, mass in masses.items():
        sums[key[side]] = sums.get(key[side], 0.0) + mass
    return sorted(sums.items(), key=lambda pair: (pair[0] == OTHERS, -pair[1], pair[0]))


def _stack(sums: Sequence[tuple[str, float]], scale: float) -> tuple[tuple[Node, ...], float]:
    """Bars below each other, each in a slot that has room for its words, and the height of the whole."""
    nodes, top = [], 0.0
    for name, mass in sums:
        height = mass * scale
        slot = max(height, SLOT)
        nodes.append(Node(name=name, mass=mass, y=top + (slot - height) / 2, height=height, room=slot + GAP))
        top += slot + GAP
    return tuple(nodes), top - GAP


def _ribbons(
    masses: Mapping[tuple[str, str], float], materials: Sequence[Node], parts: Sequence[Node], scale: float
) -> tuple[Ribbon, ...]:
    """The ribbons leave each material in the order of the parts, and arrive in the order of the materials."""
    leaves = {node.name: node.y for node in materials}
    arrives = {node.name: node.y for node in parts}
    made = []
    for material in materials:
        for part in parts:
            mass = masses.get((material.name, part.name), 0.0)
            if mass:
                height = mass * scale
                made.append(
                    Ribbon(
                        material=material.name,
                        part=part.name,
                        mass=mass,
                        leaves=leaves[material.name],
                        arrives=arrives[part.name],
                        height=height,
                    )
                )
                leaves[material.name] += height
                arrives[part.name] += height
    return tuple(made)
