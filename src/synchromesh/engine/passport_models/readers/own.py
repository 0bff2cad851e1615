"""Our own JSON and JSON-LD form, which the editor exports."""

from __future__ import annotations

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import MODEL
from synchromesh.engine.passport_models.readers import ReadPassport
from synchromesh.engine.passport_models.writing import is_own, read_document

NAME = MODEL
TITLE = "Practice passport of this platform (JSON, JSON-LD)"


def accepts(data: object) -> bool:
    """Whether the document says that it is ours."""
    return is_own(data)


def read(data: object, *, kind: BatteryKind | None) -> ReadPassport:
    """Read it back; nothing is lost."""
    return ReadPassport(model=NAME, passport=read_document(data, kind=kind))
