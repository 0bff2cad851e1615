"""Complete typed texts with all of ESCO 1.1.1 loaded; run as `python -m benchmarks.completion`.

Typed texts are beginnings of real labels of 2 to 20 characters, and whole labels with one error, drawn with a fixed
seed. Prints each number as a ratio to its limit (1.00 is the limit, 50 ms at the 95th percentile):
    begun, misspelled   suggestions of roles, skills, occupations and skills of ESCO, with the questions to the database
    page                the same through the view, as the script in the page asks it
    ready               seconds until the arrays of ESCO are built and stored, limit 10
    size                bytes of these arrays, which processes map and share, limit 200 MB
    first               the first answer of a new process, arrays stored, limit 200 ms
Needs the packs in the folder that SYNCHROMESH_SHARED names, and is skipped without them.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.own_site import set_up_site

if TYPE_CHECKING:
    from synchromesh.framework.queries.completion import SuggestionKind

ANSWER_MS = 50.0
FIRST_MS = 200.0
READY_SECONDS = 10.0
SIZE_BYTES = 200_000_000
TEXTS = 400
SEED = 20260301
PACKS = ("esco-v1.1.1-classification-en.zip", "esco-v1.1.1-relations.zip")
KINDS: tuple[SuggestionKind, ...] = ("role", "skill", "occupation", "esco-skill")
_OF_THE_SCRIPT = {"HX-Request": "true"}


def main() -> None:
    """Load, complete and print one line."""
    folder = Path(os.environ.get("SYNCHROMESH_SHARED", "../shared")) / "data" / "esco"
    paths = [folder / name for name in PACKS]
    if not all(path.is_file() for path in paths):
        print(f"skipped: the packs {', '.join(PACKS)} are not in {folder}; set SYNCHROMESH_SHARED")
        return
    with tempfile.TemporaryDirectory(prefix="synchromesh-completion-") as data:
        _fill_site(Path(data), paths)
        print(_measure(Path(data)))


def _fill_site(folder: Path, paths: Sequence[Path]) -> None:
    """A site of its own with the starter framework and ESCO."""
    set_up_site(folder)
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.framework.operations.esco import import_esco
    from synchromesh.site.starter import load_starter

    load_starter(by=OPERATOR)
    import_esco(by=OPERATOR, paths=paths, languages=["en"])


def _measure(data: Path) -> str:
    from django.test import Client

    from synchromesh.engine.matching import Mode
    from synchromesh.framework.queries import prepared_completion
    from synchromesh.framework.queries.completion import SUGGESTION_KINDS, suggest_concepts
    from synchromesh.framework.queries.text_matching import find_matcher

    start = time.perf_counter()
    for kind in ("occupation", "skill"):
        prepared_completion.prepare_completion("esco", kind)
    ready = time.perf_counter() - start
    prepared_completion.forget()
    first = _milliseconds(lambda: suggest_concepts("weld", kinds=KINDS))
    size = sum(file.stat().st_size for file in (data / "matching").rglob("completion-*/*"))
    for source in SUGGESTION_KINDS.values():
        find_matcher(*source, Mode.FAST)
    begun, misspelled = _typed_texts()
    client = Client()
    for text in begun[:20]:  # the first use of each matcher and template is not what a reader waits for
        suggest_concepts(f"{text} of", kinds=KINDS)
        client.get(_address(text), headers=_OF_THE_SCRIPT)
    ratios = {
        "begun": _p95(begun, lambda text: suggest_concepts(text, kinds=KINDS)),
        "misspelled": _p95(misspelled, lambda text: suggest_concepts(text, kinds=KINDS)),
        "page": _p95([*begun, *misspelled], lambda text: client.get(_address(text), headers=_OF_THE_SCRIPT)),
    }
    line = " ".join(f"{name}={p95 / ANSWER_MS:.2f} (p50 {p50 / ANSWER_MS:.2f})" for name, (p50, p95) in ratios.items())
    return (
        f"{line} ready={ready / READY_SECONDS:.2f} size={size / SIZE_BYTES:.2f} first={first / FIRST_MS:.2f} "
        f"texts={len(begun) + len(misspelled)}"
    )


def _typed_texts() -> tuple[list[str], list[str]]:
    """Beginnings of labels, and labels with one letter swapped, missing, doubled or wrong."""
    from synchromesh.framework.models import EscoLabel

    draw = random.Random(SEED)
    labels = list(EscoLabel.objects.order_by("pk").values_list("text", flat=True))
    begun = [label[: draw.randint(2, 20)] for label in draw.sample(labels, TEXTS)]
    return begun, [_with_error(label, draw) for label in draw.sample(labels, TEXTS)]


def _with_error(label: str, draw: random.Random) -> str:
    at = draw.randrange(max(len(label) - 1, 1))
    first, rest = label[:at], label[at:]
    return first + draw.choice([rest[1:2] + rest[:1] + rest[2:], rest[1:], rest[:1] + rest, "x" + rest[1:]])


def _address(text: str) -> str:
    return f"/en/complete/?kinds={','.join(KINDS)}&q={quote(text)}"


def _p95(texts: Sequence[str], work: Callable[[str], object]) -> tuple[float, float]:
    """The median and the 95th percentile in milliseconds."""
    taken = [_milliseconds(lambda text=text: work(text)) for text in texts]  # type: ignore[misc]
    return statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
