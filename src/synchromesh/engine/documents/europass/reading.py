"""Read Europass data, whatever file they came in."""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass import candidate, learner_info
from synchromesh.engine.documents.europass.nodes import Node, xml_tree
from synchromesh.engine.documents.markup import root_name

_ROOTS = {candidate.ROOT: candidate.add_candidate, learner_info.ROOT: learner_info.add_learner_info}


def is_europass_xml(data: bytes) -> bool:
    """Return whether the first element is one of Europass; quick, never raises."""
    return root_name(data) in _ROOTS


def add_europass_xml(assembly: Assembly, data: bytes, *, name: str) -> bool:
    """Add what a Europass XML file says; False when it is some other XML.

    Raises InvalidInput when the XML is broken or over the limits.
    """
    return add_europass(assembly, xml_tree(data, name=name, limits=assembly.limits))


def add_europass(assembly: Assembly, root: Node) -> bool:
    """Add what a Europass tree says; False when its root is no Europass element."""
    add = _ROOTS.get(root.name)
    if add is not None:
        add(assembly, root)
    return add is not None
