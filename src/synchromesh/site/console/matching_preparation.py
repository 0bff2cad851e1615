"""Commands of an operator about matching: prepare its vectors beforehand, and say what is there."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from synchromesh.plumbing.audit import Actor

if TYPE_CHECKING:
    from synchromesh.engine.matching import ConceptKind, Mode
    from synchromesh.framework.queries.text_matching import VocabularyName

_BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


def matching_prepare(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make each loaded vocabulary ready in each mode that is set, so that the first question need not wait."""
    del by
    from synchromesh.framework.queries.text_matching import KINDS

    chosen: list[VocabularyName] = [arguments.vocabulary] if arguments.vocabulary else _loaded()
    kinds = [arguments.kind] if arguments.kind else KINDS
    prepared = [
        _prepare(vocabulary, kind, mode) for vocabulary in chosen for kind in kinds for mode in _modes(arguments.mode)
    ]
    return {"prepared": prepared, "memory_mb": _memory_mb(), "cache": _cache()}


def matching_status(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Encoders that are installed, modes that are set, vocabularies that are loaded, vectors that are prepared."""
    del arguments, by
    from synchromesh.engine.matching.encoders import list_encoders
    from synchromesh.framework.queries.text_matching import VOCABULARIES

    loaded = _loaded()
    folder = Path(settings.MATCHING_MODEL) if settings.MATCHING_MODEL else None
    return {
        "encoders": [
            {
                "name": name,
                "title": module.TITLE,
                "available": module.is_available(folder=folder),
                "languages": sorted(module.LANGUAGES) if module.LANGUAGES else None,
            }
            for name, module in list_encoders().items()
        ],
        "modes": settings.MATCHING_MODES,
        "vocabularies": {name: name in loaded for name in VOCABULARIES},
        "cache": _cache(),
    }


def _prepare(vocabulary: VocabularyName, kind: ConceptKind, mode: Mode) -> dict[str, Any]:
    from synchromesh.framework.queries.text_matching import find_matcher

    sys.stderr.write(f"Preparing {vocabulary}, {kind}, {mode} ...\n")
    began = time.perf_counter()
    matcher = find_matcher(vocabulary, kind, mode)
    return {
        "vocabulary": vocabulary,
        "kind": kind,
        "mode": mode,
        "runs_as": matcher.mode,
        "fell_back": matcher.fell_back,
        "concepts": len(matcher.vocabulary.concepts),
        "seconds": round(time.perf_counter() - began, 2),
    }


def _modes(mode: str | None) -> list[Mode]:
    from synchromesh.engine.matching import Mode

    # Suggestions while one types always use the mode fast.
    return [Mode(name) for name in ([mode] if mode else sorted({"fast", *settings.MATCHING_MODES.values()}))]


def _loaded() -> list[VocabularyName]:
    from synchromesh.framework.queries.concepts import find_published_version
    from synchromesh.framework.queries.esco import find_active_version

    loaded: list[VocabularyName] = ["framework"] if find_published_version() else []
    return [*loaded, "esco"] if find_active_version() else loaded


def _cache() -> dict[str, Any]:
    """The prepared vectors on disk; the oldest may belong to states of a vocabulary that are gone."""
    folder = settings.DATA_DIR / "matching"
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else []
    return {
        "folder": str(folder),
        "files": [{"name": file.relative_to(folder).as_posix(), "bytes": file.stat().st_size} for file in files],
    }


def _memory_mb() -> int:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_OF_MAXRSS // (1024 * 1024)
