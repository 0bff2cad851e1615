"""Europass CVs as JSON: the `SkillsPassport` of the editor before 2020.

Source of the names: https://github.com/europass/ewa-cedefop/tree/master/services/core/src/main/resources/json/v3.4.0
"""

from __future__ import annotations

import re

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.encoding import decoded
from synchromesh.engine.documents.europass.nodes import json_tree
from synchromesh.engine.documents.europass.reading import add_europass
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "Europass CV (JSON)"
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def likeness(data: bytes) -> Likeness:
    """An object in braces; other JSON is taken too, to be refused with a reason."""
    if not _OBJECT.match(data[:1_000]):
        return Likeness.NO
    return Likeness.SURE if b'"SkillsPassport"' in data[:10_000] else Likeness.FAMILY


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read what the person did and can do; who they are and how to reach them is left out."""
    assembly = Assembly(limits)
    root = json_tree(decoded(data, name=name, assembly=assembly), name=name, limits=limits)
    passport = root.find("SkillsPassport")
    if passport is None or not add_europass(assembly, passport):
        raise InvalidInput(f"{name} is JSON, but no Europass CV. Save the document as PDF or DOCX and send that.")
    if assembly.is_empty:
        raise InvalidInput(f"{name} is a Europass CV without experience, education or skills. Fill in one of these.")
    return assembly.finish("europass_json", name=name)
