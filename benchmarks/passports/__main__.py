"""Check generated passports; run as `python -m benchmarks.passports`.

Prints:
    clean      passports that obey every rule, and how many of them drew an error or a warning (false alarms)
    faulty     passports with one planted fault, the share whose field was named, and the share where only that field
               was named; then each kind of fault that was missed
    checks     checks in a second of one core, over clean passports
    mutations  documents with junk at random places; any exception is a fault of the checks
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from datetime import date
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.faults import FAULTS, plant_fault
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport, Severity
from synchromesh.engine.passport_models.writing import as_document, read_document

TODAY = date(2026, 11, 23)
KINDS = tuple(BatteryKind)
TIMED = 1500
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**400,
    float("nan"),
    "",
    "x" * 3000,
    "\ud800",
    [],
    [[]],
    [{}],
    {},
    {"value": []},
)


def made(seed: int) -> Passport:
    """A clean passport; the kinds of battery take turns."""
    return generate_passport(seed, KINDS[seed % len(KINDS)], today=TODAY)


def named(passport: Passport) -> set[str]:
    """The fields that an error or a warning names."""
    found = check_passport(passport, today=TODAY)
    return {finding.field for finding in found if finding.severity is not Severity.HINT}


def measure_faults(count: int) -> None:
    """Clean passports must draw nothing, planted faults must be named."""
    alarms = hits = alone = 0
    missed: Counter[str] = Counter()
    kinds: set[str] = set()
    for seed in range(count):
        clean = made(seed)
        alarms += bool(named(clean))
        faulty, planted = plant_fault(clean, seed)
        fields = named(faulty)
        kinds.add(planted.fault)
        hits += planted.field in fields
        alone += fields == {planted.field}
        if planted.field not in fields:
            missed[planted.fault] += 1
    print(f"clean      {count} passports, {alarms} false alarms ({alarms / count:.2%})")
    print(f"faulty     {count} passports, {len(kinds)} of {len(FAULTS)} kinds of faults, {hits / count:.2%} named")
    print(f"           {alone / count:.2%} with no other field beside it; missed: {dict(missed) or 'none'}")


def measure_speed() -> None:
    """Checks in a second of processor time."""
    passports = [made(seed) for seed in range(TIMED)]
    start = time.process_time()
    for passport in passports:
        check_passport(passport, today=TODAY)
    print(f"checks     {TIMED / (time.process_time() - start):,.0f} a second and core")


def _mutated(document: Any, chance: random.Random) -> Any:
    if isinstance(document, dict) and document and chance.random() < 0.9:
        key = chance.choice(sorted(document))
        return {**document, key: _mutated(document[key], chance)}
    if isinstance(document, list) and document and chance.random() < 0.9:
        at = chance.randrange(len(document))
        return [*document[:at], _mutated(document[at], chance), *document[at + 1 :]]
    return chance.choice(JUNK)


def measure_mutations(count: int) -> None:
    """No mutation may raise anything but InvalidInput, and that only for the document as a whole."""
    refused = 0
    documents = [as_document(made(seed)) for seed in range(30)]
    for seed in range(count):
        chance = random.Random(seed)
        document = documents[seed % len(documents)]
        for _ in range(chance.randint(1, 5)):
            document = {**document, "values": _mutated(document["values"], chance)}
        try:
            check_passport(read_document(document), today=TODAY)
        except InvalidInput:
            refused += 1
    print(f"mutations  {count} documents, {refused} refused as a whole, none broke the checks")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passports", type=int, default=10_000)
    parser.add_argument("--mutations", type=int, default=5_000)
    arguments = parser.parse_args()
    measure_faults(arguments.passports)
    measure_speed()
    measure_mutations(arguments.mutations)


if __name__ == "__main__":
    main()
