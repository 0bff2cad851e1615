"""Time signing and checking of credentials; run as `python -m benchmarks.credentials`.

Prints ratios of processor time within one run on one core, so that the speed of the machine drops out. All on the same
credential of about 4 KB, a new one for each turn:
    share        raw Ed25519 signing of the document with the same library, over issuing it (record to signed file,
                 without database): 1 would mean that all the rest costs nothing
    share_hash   the same against raw signing of 64 bytes, which is all that eddsa-jcs-2022 signs
    x_...        how many times as fast as openvc-core and openbadgeslib, with eddsa-rdfc-2022: they are given the
                 finished document (openvc-core) or credential object (openbadgeslib), we the record
Contexts and parts of an award that are the same for all its holders are remembered, by them and by us: the first turn
of each is not timed. `--first` times what a process without memory takes for its first credential.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from itertools import count
from statistics import median
from typing import Any

from benchmarks.credentials.records import DID, KEY, NOW, record_of
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from openvc import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.contexts import OPEN_BADGES_3, get_context
from synchromesh.engine.credential_formats.envelopes import open_badge, open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.open_badges import open_badge_document

Work = Callable[[int], object]
CONTEXTS: dict[str, Any] = {OPEN_BADGES_3: get_context(OPEN_BADGES_3)}
AROUND = Offline(now=NOW, standings={})
PEM = KEY.secret.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


def timed(works: Mapping[str, tuple[Work, int]], rounds: int) -> dict[str, float]:
    """Seconds of processor time of one turn of each work: the median over rounds in which all take turns."""
    numbers = count(1)
    for work, _turns in works.values():
        work(next(numbers))
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (work, turns) in works.items():
            todo = [next(numbers) for _ in range(turns)]
            start = time.process_time()
            for number in todo:
                work(number)
            seconds[name].append((time.process_time() - start) / turns)
    return {name: median(found) for name, found in seconds.items()}


def signing() -> dict[str, tuple[Work, int]]:
    """Raw signing, and issuing in the fast ways."""
    document = json.dumps(open_badge_document(record_of(0)), ensure_ascii=False, separators=(",", ":")).encode()
    sign = KEY.secret.sign
    return {
        "raw": (lambda number: sign(document + b"%d" % number), 400),
        "raw_hash": (lambda number: sign(document[:56] + b"%08d" % number), 400),
        "jcs": (lambda number: open_badge_jcs.seal(record_of(number), signer=KEY), 400),
        "jwt": (lambda number: open_badge_jwt.seal(record_of(number), signer=KEY), 400),
        "record": (record_of, 400),
    }


def linked_data() -> dict[str, tuple[Work, int]]:
    """Issuing and checking eddsa-rdfc-2022, here and by the two others."""
    openvc, signer = DataIntegrityProofSuite(), OB3LdpSigner(PEM, KEY.verification_method)
    key, verifier = Ed25519SigningKey(KEY.secret, KEY.verification_method), OB3LdpVerifier.for_issuer_did(DID)
    signed = {number: open_badge.seal(record_of(number), signer=KEY) for number in range(8)}
    single = {number: _with_one_proof(data) for number, data in signed.items()}

    def openvc_issue(number: int) -> object:
        return openvc.add_proof(
            open_badge_document(record_of(number)),
            signing_key=key,
            verification_method=KEY.verification_method,
            created=NOW,
            extra_contexts=CONTEXTS,
        )

    def openbadgeslib_issue(number: int) -> object:
        return signer.sign(OpenBadgeCredential.from_vc_document(open_badge_document(record_of(number))), created=NOW)

    return {
        "issue": (lambda number: open_badge.seal(record_of(number), signer=KEY), 10),
        "issue_openvc": (openvc_issue, 2),
        "issue_openbadgeslib": (openbadgeslib_issue, 3),
        "verify": (lambda number: _good(signed[number % 8]), 10),
        "verify_openvc": (lambda number: openvc.verify(single[number % 8], now=NOW, extra_contexts=CONTEXTS), 2),
        "verify_openbadgeslib": (lambda number: verifier.verify(signed[number % 8]), 3),
    }


def _with_one_proof(data: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(data)
    return {**document, "proof": document["proof"][0]}


def _good(data: bytes) -> None:
    found = check_credential(data, around=AROUND)
    assert found.signature.word == "good", found.signature


def checking() -> dict[str, tuple[Work, int]]:
    """Checking the fast ways."""
    jcs, jwt = (envelope.seal(record_of(1), signer=KEY) for envelope in (open_badge_jcs, open_badge_jwt))
    return {"verify_jcs": (lambda number: _good(jcs), 100), "verify_jwt": (lambda number: _good(jwt), 100)}


def print_signing(rounds: int) -> None:
    """One line for each fast way, and one for their checks."""
    took = timed(signing(), rounds)
    for name in ("jcs", "jwt"):
        # Making the record itself is the caller's.
        issue = took[name] - took["record"]
        print(
            f"issue {name} share={took['raw'] / issue:.2f} share_hash={took['raw_hash'] / issue:.2f} "
            f"per_second={1 / issue:.0f}",
            flush=True,
        )
    checked = timed(checking(), rounds)
    print(" ".join(f"{name}_per_second={1 / seconds:.0f}" for name, seconds in checked.items()), flush=True)


def print_linked_data(rounds: int) -> None:
    """One line for issuing and one for checking."""
    took = timed(linked_data(), rounds)
    for work in ("issue", "verify"):
        print(
            f"{work} rdfc x_openvc={took[f'{work}_openvc'] / took[work]:.1f} "
            f"x_openbadgeslib={took[f'{work}_openbadgeslib'] / took[work]:.1f} per_second={1 / took[work]:.0f}",
            flush=True,
        )


def main() -> None:
    """Read the number of rounds and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="rounds in which every way takes its turns")
    parser.add_argument("--first", action="store_true", help="time the first credential of a process and stop")
    options = parser.parse_args()
    if options.first:
        start = time.process_time()
        open_badge.seal(record_of(1), signer=KEY)
        print(f"first rdfc ms={1000 * (time.process_time() - start):.1f}")
        return
    size = len(open_badge_jcs.seal(record_of(1), signer=KEY))
    print(f"document bytes={len(json.dumps(open_badge_document(record_of(1))))} signed bytes={size}", flush=True)
    print_signing(options.rounds)
    print_linked_data(options.rounds)


if __name__ == "__main__":
    main()
