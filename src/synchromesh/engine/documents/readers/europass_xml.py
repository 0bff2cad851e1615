"""Europass CVs as XML: `Candidate` of the present editor, `SkillsPassport` of the one before 2020."""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass.reading import add_europass_xml, is_europass_xml
from synchromesh.engine.documents.markup import root_name
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "Europass CV (XML)"


def likeness(data: bytes) -> Likeness:
    """The first element says so; other XML is taken too, to be refused with a reason."""
    if is_europass_xml(data):
        return Likeness.SURE
    return Likeness.FAMILY if root_name(data) is not None else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read what the person did and can do; who they are and how to reach them is left out."""
    assembly = Assembly(limits)
    if not add_europass_xml(assembly, data, name=name):
        raise InvalidInput(f"{name} is XML, but no Europass CV. Save the document as PDF or DOCX and send that.")
    if assembly.is_empty:
        raise InvalidInput(f"{name} is a Europass CV without experience, education or skills. Fill in one of these.")
    return assembly.finish("europass_xml", name=name)
