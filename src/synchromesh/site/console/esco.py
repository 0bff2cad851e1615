"""Commands about ESCO: load, list, activate, remove and compare versions."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from synchromesh.framework.models import EscoVersion
from synchromesh.framework.operations.esco import activate_esco, import_esco, remove_esco
from synchromesh.framework.queries.esco import ConceptName, get_version, list_versions
from synchromesh.framework.queries.esco_difference import compare_versions
from synchromesh.plumbing.audit import Actor


def esco_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Load a version from its packs."""
    paths = [Path(path) for path in arguments.paths]
    done = import_esco(by=by, paths=paths, languages=arguments.lang, label=arguments.version_label)
    return {
        "version": done.label,
        "active": done.is_active,
        "languages": list(done.languages),
        "written": done.written,
        "cleaned": done.cleaned,
        "missing": list(done.missing),
        "problems": [asdict(problem) for problem in done.problems],
    }


def esco_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The loaded versions."""
    del arguments, by
    return {"versions": [_version(version) for version in list_versions()]}


def esco_activate(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make a version the one that pages show."""
    return _version(activate_esco(by=by, label=arguments.label))


def esco_remove(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Take a version out."""
    return {"removed": remove_esco(by=by, label=arguments.label)}


def esco_difference(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What changed between two versions."""
    del by
    found = compare_versions(get_version(arguments.older), get_version(arguments.newer))
    return {
        "older": found.older.label,
        "newer": found.newer.label,
        "counts": {"new": len(found.new), "gone": len(found.gone), "renamed": len(found.renamed)},
        "new": [_name(concept) for concept in found.new],
        "gone": [_name(concept) for concept in found.gone],
        "renamed": [asdict(row) for row in found.renamed],
        "links_to_gone": [
            {
                "uri": link.uri,
                "match": link.match,
                "skill": link.skill.slug if link.skill else None,
                "role": link.role.slug if link.role else None,
            }
            for link in found.links
        ],
    }


def _version(version: EscoVersion) -> dict[str, Any]:
    return {
        "version": version.label,
        "active": version.is_active,
        "languages": version.languages,
        "concepts": version.counts,
        "imported_at": version.imported_at,
    }


def _name(concept: ConceptName) -> dict[str, Any]:
    return {"uri": concept.uri, "kind": concept.kind, "code": concept.code, "labels": concept.labels}
