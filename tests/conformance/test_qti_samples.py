"""Items of QTI 3.0 of others through our reader, and our exports against the schema of the standard.

SYNCHROMESH_QTI_SAMPLES names a folder with samples, such as a copy of github.com/1EdTech/qti-examples, whose terms do
not allow to keep them here. Where imsqti_asiv3p0_v1p0.xsd lies somewhere in it (with the schemas that it includes
beside it), exports are checked against it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.engine.exchange.questions.qti_questions import PICTURE, as_qti_says
from tests.engine.vocabulary.question_samples import DOCUMENTS, question

from synchromesh.engine.exchange.questions import QuestionDocuments, read_questions, write_questions
from synchromesh.engine.vocabulary.questions import QuestionKind

FOLDER = Path(os.environ.get("SYNCHROMESH_QTI_SAMPLES") or "/nowhere")
SCHEMA = "imsqti_asiv3p0_v1p0.xsd"
_INTERACTION = re.compile(r"<qti-([a-z-]+)-interaction\b")
# The share of items with nothing but this interaction that must be read. Measured on the examples of 1EdTech and those
# of github.com/Citolab/qti-components in November 2026, less some percent; what is missing draws by chance, is
# adaptive, holds formulas or films, or has several interactions.
LEAST_SHARES = {"choice": 0.6, "order": 0.6, "match": 0.45, "inline-choice": 0.45, "hotspot": 0.6, "text-entry": 0.55}

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not FOLDER.is_dir(),
        reason="There are no samples: SYNCHROMESH_QTI_SAMPLES names no folder. See docs/how-to/exchange-questions.md.",
    ),
]


def _near(file: Path) -> dict[str, bytes]:
    """An item with what lies in its folder and beside it, by path from there."""
    root = file.parent.parent
    others = [other for other in root.rglob("*") if other.is_file() and other.stat().st_size < 5_000_000]
    return {other.relative_to(root).as_posix(): other.read_bytes() for other in others if other.suffix != ".zip"}


@cache
def outcomes() -> Counter[tuple[str, bool]]:
    """How many items of each interaction were read, and how many not."""
    found: Counter[tuple[str, bool]] = Counter()
    for file in sorted(FOLDER.rglob("*.xml")):
        text = file.read_text(encoding="utf-8", errors="replace")
        names = set(_INTERACTION.findall(text))
        if "<qti-assessment-item" not in text or len(names) != 1:
            continue
        path = file.relative_to(file.parent.parent).as_posix()
        others = {name: data for name, data in _near(file).items() if _is_beside(name, data)}
        read = read_questions({**others, path: file.read_bytes()})
        found[names.pop(), path in read.positions] += 1
    return found


def _is_beside(name: str, data: bytes) -> bool:
    """Not another item and no manifest."""
    return not name.endswith(".xml") or (b"qti-assessment-stimulus" in data and not name.endswith("imsmanifest.xml"))


def test_most_items_of_each_supported_interaction_are_read() -> None:
    shares = {}
    for name in LEAST_SHARES:
        read, left = outcomes()[name, True], outcomes()[name, False]
        if read + left:
            shares[name] = read / (read + left)
    assert shares, "The folder holds no items of QTI 3.0."
    assert {name: share for name, share in shares.items() if share < LEAST_SHARES[name]} == {}


def test_what_is_read_can_be_written_and_read_again() -> None:
    count = 0
    for manifest in sorted(FOLDER.rglob("imsmanifest.xml"))[:10]:
        files = {
            path.relative_to(manifest.parent).as_posix(): path.read_bytes()
            for path in manifest.parent.rglob("*")
            if path.is_file() and path.suffix != ".zip"
        }
        read = read_questions(files) if any(b"imsqti_item_xmlv3p0" in data for data in files.values()) else None
        for asked in read.questions if read is not None else ():
            (language,) = asked.prompts
            written = write_questions(
                QuestionDocuments(questions=(asked,), media=read.media if read else {}),
                format_name="qti3",
                language=language,
            )
            again = read_questions(written.files)
            assert [_as_typed(found.kind) for found in again.questions] == [_as_typed(asked.kind)], again.problems
            count += 1
    assert count


def _as_typed(kind: QuestionKind) -> QuestionKind:
    """A gap that stands alone at the end of a text is a short text too."""
    return QuestionKind.SHORT_TEXT if kind is QuestionKind.FILL_IN else kind


def _schemas() -> Iterator[Path]:
    return FOLDER.rglob(SCHEMA)


def test_exports_keep_to_the_schema_of_the_standard() -> None:
    etree = pytest.importorskip("lxml.etree")
    file = next(_schemas(), None)
    if file is None:
        pytest.skip(f"{SCHEMA} is not in the folder of samples.")
    schema = etree.XMLSchema(etree.parse(str(file)))
    asked = tuple(as_qti_says(question(kind)) for kind in DOCUMENTS)
    document = QuestionDocuments(questions=asked, media={"pack.svg": PICTURE})
    written = write_questions(document, format_name="qti3", language="en").files
    items = {name: data for name, data in written.items() if name.startswith("items/")}
    assert len(items) == len(DOCUMENTS)
    faults = {
        name: [str(fault) for fault in schema.error_log][:5]
        for name, data in items.items()
        if not schema.validate(etree.fromstring(data))
    }
    assert faults == {}
