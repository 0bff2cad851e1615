"""The one file that verifies offline; `offline_file.py` writes it, since it needs more than a record.

Whoever brings the file may have written all of it. So the network is asked first wherever there is one; a status list
is dated by its own signature and must be the issuer's; and a key that only the file vouches for is never said to be
that of a known issuer, unless the registry knows the key itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.log_proofs import check_log_proof
from synchromesh.engine.credential_formats.offline_file import FORMAT, OfflineFile, read_offline_file, signed_instant
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, IssuerWord, Verdict
from synchromesh.engine.errors import ExternalFailure, InvalidInput

TITLE = "File that verifies offline"
MEDIA_TYPE = "application/json"
ENDING = "offline.json"
IS_WRITTEN = False

NAME = "offline_bundle"


def accepts(data: bytes) -> bool:
    """Whether it says at its beginning that it is such a file."""
    head = data[:300].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and f'"{FORMAT}"'.encode() in head


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check the credential with what the file brings along, wherever the network does not answer."""
    if isinstance(around, _WithFile):
        # One such file inside another could go on without end.
        return refused(NAME, Refusal(Reason.TOO_DEEP, limit="1"))
    try:
        contents = read_offline_file(data)
    except InvalidInput as error:
        return refused(NAME, error)
    asked = _WithFile(around=around, contents=contents, now=around.now)
    inner = check_credential(contents.credential, around=asked)
    return replace(_with_honest_issuer(inner, asked), format=NAME, log=_check_log(contents, inner, asked))


@dataclass(slots=True, kw_only=True)
class _WithFile:
    """Asks `around` first, then the file; remembers for whom only the file vouched."""

    around: Surroundings
    contents: OfflineFile
    now: datetime
    from_file: set[str] = field(default_factory=set)

    def did_document(self, did: str) -> Mapping[str, Any]:
        try:
            return self.around.did_document(did)
        except ExternalFailure:
            if did not in self.contents.did_documents:
                raise
            self.from_file.add(did)
            return self.contents.did_documents[did]

    def status_list(self, url: str) -> KeptAnswer:
        try:
            return self.around.status_list(url)
        except ExternalFailure:
            kept = self.contents.status_lists.get(url)
            signed_on = signed_instant(kept.data) if kept is not None else None
            if kept is None or signed_on is None:
                raise
            return KeptAnswer(data=kept.data, as_of=min(signed_on, self.now), is_from_holder=True)

    def fetch(self, url: str) -> KeptAnswer:
        return self.around.fetch(url)

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        return self.around.issuer(tuple(name for name in identifiers if name not in self.from_file))

    def authority(self, key_id: str) -> bytes | None:
        return self.around.authority(key_id)

    def is_proved(self, identifiers: tuple[str, ...]) -> bool:
        """Whether somebody else than the file vouches for the key with these identifiers."""
        if not self.from_file.intersection(identifiers):
            return True
        try:
            return self.issuer(identifiers) is not None
        except ExternalFailure:
            return False


def _with_honest_issuer(checked: CheckedCredential, asked: _WithFile) -> CheckedCredential:
    """Say "could not check" instead of "unknown" where the registry could not be asked for the issuer's name."""
    parts = tuple(_with_honest_issuer(part, asked) for part in checked.parts)
    if checked.issuer.reason != Reason.ISSUER_UNKNOWN or checked.shown.issuer_id not in asked.from_file:
        return replace(checked, parts=parts)
    from_file = Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.ISSUER_KEY_FROM_FILE)
    return replace(checked, parts=parts, issuer=from_file)


def _check_log(contents: OfflineFile, inner: CheckedCredential, asked: _WithFile) -> Verdict | None:
    if contents.log is None:
        return None
    return check_log_proof(contents.log, shown=inner.shown, around=asked, is_proved=asked.is_proved)
