"""The canonical JSON of an Open Badge, put together from parts that are written once.

What is awarded and by whom is the same for everybody in a course, and it is nine tenths of the document. It is written
in canonical form (RFC 8785) once for each issuer, achievement and language; for each person only the small parts are
written and set between, which is correct because canonical JSON is the same inside and outside of another object. Tests
hold the outcome against the canonical form of the whole document.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from json.encoder import encode_basestring

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.open_badges import (
    achievement_part,
    issuer_part,
    optional_part,
    text_in,
)
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import AchievementRecord, CredentialRecord, IssuerRecord, StatusPlace
from synchromesh.engine.credential_formats.refusals import Refusal

_REMEMBERED = 64
_CONTEXTS = {
    False: canonical_json([CREDENTIALS_2, OPEN_BADGES_3]),
    True: canonical_json([CREDENTIALS_2, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS]),
}
# Fields that only some credentials have; they are written as `optional_part` gives them.
_BEFORE_ID = ("evidence",)
_AFTER_NAME = ("refreshService", "relatedResource")


@dataclass(frozen=True, slots=True)
class _Award:
    """The written parts of one award. The records are kept, so that their identities stay theirs."""

    issuer_record: IssuerRecord
    achievement_record: AchievementRecord
    # Up to the place of the subject's other fields, and from the issuer to the name.
    achievement: bytes
    issuer_and_name: bytes


# Within a batch the same few instants come again and again.
_instant = lru_cache(maxsize=500)(instant_text)
_lock = threading.Lock()
_awards: OrderedDict[tuple[int, int, str], _Award] = OrderedDict()


def open_badge_json(record: CredentialRecord) -> bytes:
    """The canonical JSON of `open_badge_document(record)`. Raises InvalidInput as that does.

    It is fast for records that share their issuer and achievement as the same objects.
    """
    award = _award_of(record)
    rare = optional_part(replace(record, status=())) if record.evidence or record.refresh_url else {}
    status = [_status_entry(place) for place in record.status]
    issued, valid_from = _instant(record.issued_at), _instant(record.valid_from)
    until = "" if record.valid_until is None else f',"validUntil":"{_instant(record.valid_until)}"'
    types = '"type":["VerifiableCredential","OpenBadgeCredential"]'
    try:
        return b"".join(
            (
                b'{"@context":%s,"awardedDate":"%s"' % (_CONTEXTS[bool(record.refresh_url)], issued.encode()),
                f',"credentialStatus":{status[0]}'.encode() if status else b"",
                b',"credentialSubject":',
                award.achievement,
                _subject(record).encode(),
                _some(rare, _BEFORE_ID),
                f',"id":{encode_basestring(record.url)},'.encode(),
                award.issuer_and_name,
                _some(rare, _AFTER_NAME),
                f',"termsOfUse":[{",".join(status[1:])}]'.encode() if len(status) > 1 else b"",
                f',{types},"validFrom":"{valid_from}"{until}}}'.encode(),
            )
        )
    except UnicodeEncodeError:
        raise Refusal(Reason.NOT_TEXT) from None


def _status_entry(place: StatusPlace) -> str:
    """As `open_badges` writes it, in the order of canonical JSON."""
    url, address = encode_basestring(place.list_url), encode_basestring(f"{place.list_url}#{place.index}")
    purpose = encode_basestring(place.purpose)
    return (
        f'{{"id":{address},"statusListCredential":{url},"statusListIndex":"{place.index}",'
        f'"statusPurpose":{purpose},"type":"BitstringStatusListEntry"}}'
    )


def _subject(record: CredentialRecord) -> str:
    """The rest of the subject after its achievement and points, in the order of canonical JSON; see `subject_part`."""
    parts: list[str] = []
    if record.holder.did:
        parts.append(f',"id":{encode_basestring(record.holder.did)}')
    if record.holder.name:
        name = encode_basestring(record.holder.name)
        identity = f'"hashed":false,"identityHash":{name},"identityType":"name","type":"IdentityObject"'
        parts.append(f',"identifier":[{{{identity}}}]')
    if record.result_percent is not None:
        described = encode_basestring(f"{record.achievement.url}#result")
        value = f"{record.result_percent:.2f}".rstrip("0").rstrip(".")
        parts.append(f',"result":[{{"resultDescription":{described},"type":["Result"],"value":"{value}"}}]')
    return "".join((*parts, ',"type":["AchievementSubject"]}'))


def _some(part: dict[str, object], names: tuple[str, ...]) -> bytes:
    if not part:
        return b""
    return b"".join(b',"%s":%s' % (name.encode(), canonical_json(part[name])) for name in names if name in part)


def _award_of(record: CredentialRecord) -> _Award:
    key = (id(record.issuer), id(record.achievement), record.language)
    with _lock:
        known = _awards.get(key)
        if known is not None:
            _awards.move_to_end(key)
            return known
    written = _written_award(record)
    with _lock:
        _awards[key] = written
        while len(_awards) > _REMEMBERED:
            _awards.popitem(last=False)
    return written


def _written_award(record: CredentialRecord) -> _Award:
    achievement = achievement_part(record.achievement, issuer=record.issuer, language=record.language)
    subject = {"achievement": achievement}
    if "creditsAvailable" in achievement:
        subject["creditsEarned"] = achievement["creditsAvailable"]
    title = text_in(record.achievement.titles, record.language)
    named = canonical_json({"issuer": issuer_part(record.issuer), "name": title})
    return _Award(record.issuer, record.achievement, canonical_json(subject)[:-1], named[1:-1])
