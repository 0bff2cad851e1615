"""Make an accessible PDF (PDF/UA-1) from a Typst template and plain data.

Data reaches the template as one JSON text in `sys.inputs.document`; nothing is ever pasted into Typst source, so no
title can be read as markup. Only fonts inside the typst package are used, so that every machine prints the same page.
Source of the standard: ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from synchromesh.engine.vocabulary.printable_text import REPLACEMENT, printable

TEMPLATES = Path(__file__).resolve().parent


def compile_pdf(template: str, document: Mapping[str, Any], *, printed_on: date) -> bytes:
    """Fill the template of this name beside this module with `document` (JSON values) and return the PDF.

    The template finds the values under the same keys, `printed_on` as year, month, day, and in `has_replacements`
    whether a text lost a character. The same values and date give the same bytes. Every text is made printable first,
    so only a fault in the template can raise TypstError.
    """
    # Imported when needed: the library is large and most requests print nothing.
    import typst

    values = _printable_values(document)
    values |= {
        "printed_on": [printed_on.year, printed_on.month, printed_on.day],
        "has_replacements": REPLACEMENT in json.dumps(values, ensure_ascii=False),
    }
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(values)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(printed_on, time(), tzinfo=UTC),
    )


def _printable_values(value: Any) -> Any:
    """The same JSON value with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable_values(inner) for inner in value]
    return value
