"""Match the texts of benchmarks with every system; run as `python -m benchmarks.matching`.

Prints one table a set: systems as rows, measures as columns (with 95 % bootstrap intervals), then what must be reached,
what is aimed at, and what others have published; and at the end every target beside what was reached. Each system runs
in a process of its own. `texts/CPU s` is over processor time of one thread with answers to ten skills, `ready s` is the
clock from a vocabulary in memory to the first answer with cached vectors, `memory MB` the largest resident set.
`calibration` is what a fixed piece of work took before and after: where it is longer, other work slowed the processor.

    --validation     the sets to choose by (the default): parts for validation, and courses
    --test           the test sets; each figure is appended to benchmarks/matching/RUNS.md, which states the rule
    --only NAME..    sets or systems by name; melo_XX_concepts only run when they are named
    --quick          the first 40 texts of each set, for a look while developing; never with --test
    --peer           esco-skill-extractor too (benchmarks/matching/peer_environment.sh makes its environment)

Data lie beside the repository, below the folder that SYNCHROMESH_SHARED names (else ../shared); a set whose files are
not there is skipped with the reason.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.matching.data import BenchmarkSet
from benchmarks.matching.processes import run_system
from benchmarks.matching.runs import recipe_hash, record_run, was_run
from benchmarks.matching.scoring import Figure, score_set
from benchmarks.matching.sets import SetSource, list_sources
from benchmarks.matching.systems import PEER, SYSTEMS
from benchmarks.matching.tables import Verdict, set_table, verdict_table, verdicts
from benchmarks.matching.worker import Answers

_QUICK = 40
_PEER_VOCABULARY = "esco"  # the peer knows English skills only


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for, vocabulary by vocabulary."""
    asked = _parse(arguments)
    sources = list_sources()
    systems, chosen = _choose(asked, sources)
    sets = []
    for source in chosen:
        missing = source.missing()
        if missing:
            print(f"skipped {source.name}: {missing}")
        else:
            sets.append(_cut(source.read()) if asked.quick else source.read())
    print(f"recipe {recipe_hash()}{', first 40 texts of each set' if asked.quick else ''}\n")
    found: list[tuple[BenchmarkSet, Verdict]] = []
    for vocabulary in dict.fromkeys(one.vocabulary for one in sets):
        found += _run_vocabulary(vocabulary, [one for one in sets if one.vocabulary == vocabulary], systems)
    if found:
        print(verdict_table(found))


def _run_vocabulary(
    vocabulary: str, sets: Sequence[BenchmarkSet], systems: Sequence[str]
) -> list[tuple[BenchmarkSet, Verdict]]:
    """Run all systems over the sets of one vocabulary and print their tables; a test figure is recorded first."""
    scores: dict[str, dict[str, dict[str, Figure]]] = {one.name: {} for one in sets}
    notes: dict[str, str] = {}
    recipe = recipe_hash()
    for system in systems:
        if system == PEER and vocabulary != _PEER_VOCABULARY:
            continue
        run = run_system(system, vocabulary, sets)
        if run.answers is None:
            notes[system] = f"did not run ({run.failed}); its rows below are figures of an earlier run"
            if system != PEER:
                notes[system] = f"did not run ({run.failed})"
            continue
        notes[system] = _note(run.answers)
        for one in sets:
            scores[one.name][system] = dict(score_set(one, system, run.answers))
            if one.is_test:
                if was_run(recipe, one.name, system):
                    print(f"{system} was run on {one.name} with recipe {recipe} before; this is no new evidence")
                record_run(recipe, one.name, system, scores[one.name][system])
    found = []
    for one in sets:
        print(set_table(one, scores[one.name], notes), flush=True)
        found += [(one, verdict) for verdict in verdicts(one.family, scores[one.name])]
    return found


def _note(answers: Answers) -> str:
    """What a reader must know of a run, and how quick the processor was just then."""
    before_and_after = " and ".join(f"{one:.1f}" for one in answers.get("calibration_ms", []))
    return "; ".join(filter(None, [answers["note"], before_and_after and f"calibration {before_and_after} ms"]))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.matching", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--test", action="store_true")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peer", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.quick and asked.test:
        parser.error("--quick with --test would look at a test set without a record of it.")
    unknown = set(asked.only) - set(list_sources()) - set(SYSTEMS)
    if unknown:
        parser.error(
            f"{', '.join(sorted(unknown))}: neither a set nor a system; {', '.join((*list_sources(), *SYSTEMS))}"
        )
    return asked


def _choose(asked: argparse.Namespace, sources: dict[str, SetSource]) -> tuple[list[str], list[SetSource]]:
    """Systems and sets; a test set that is named runs only with --test."""
    systems = [name for name in SYSTEMS if name != PEER or asked.peer or PEER in asked.only]
    systems = [name for name in systems if name in asked.only] or systems
    parts = {False} if asked.validation or not asked.test else set[bool]()
    parts |= {True} if asked.test else set()
    named = [source for name, source in sources.items() if name in asked.only]
    for source in named:
        if source.is_test not in parts:
            print(f"skipped {source.name}: it is a {'test' if source.is_test else 'validation'} set", file=sys.stderr)
    wanted = named or [source for name, source in sources.items() if not name.endswith("_concepts")]
    return systems, [source for source in wanted if source.is_test in parts]


def _cut(one: BenchmarkSet) -> BenchmarkSet:
    return replace(one, items=one.items[:_QUICK])


if __name__ == "__main__":
    main()
