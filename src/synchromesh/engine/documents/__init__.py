"""CVs, course flyers and reports into text with positions.

Owns reading of files people write. Does not decide what the text means (matching), and keeps nothing.

The contract: `read_document(name, data)` returns a `Document`: its `text`, the `format` it was in, the `blocks` of
which the text consists (heading, paragraph, list item, table cell, field, each with a place in words for a person), and
`problems` that did not prevent reading. A file that is no use as a whole raises InvalidInput, which says how to mend
it. Nothing else is ever raised, whatever the bytes are; time and memory are bounded by `DocumentLimits`.

`readers` holds one module per format, found by discovery.
"""

from __future__ import annotations

from synchromesh.engine.documents.model import DEFAULT_LIMITS, Block, Document, DocumentLimits, Kind
from synchromesh.engine.documents.reading import read_document

__all__ = ["DEFAULT_LIMITS", "Block", "Document", "DocumentLimits", "Kind", "read_document"]
