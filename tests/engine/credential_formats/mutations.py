"""Single changes to a signed credential, such as a forger or a clumsy program would make, drawn by chance."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from typing import Any

# Words that mean the same as linked data, or that decide about a verdict.
_SYNONYMS = {
    "id": "@id", "type": "@type", "name": "https://schema.org/name",
    "validUntil": "https://www.w3.org/2018/credentials#validUntil",
    "credentialStatus": "https://www.w3.org/2018/credentials#credentialStatus",
}  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, 1, -1, 2.5, 10**20, "", "x", "urn:x", "2099-01-01T00:00:00Z", [], {}, [[]], [None], {"@value": "x"},
    {"@id": "urn:x"}, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "revocation", "0",
)  # fmt: skip
_NAMES = (
    "x", "id", "type", "@id", "@type", "@context", "@graph", "@included", "@index", "@nest", "name", "description",
    "proof", "issuer", "evidence", "validUntil", "credentialStatus", "termsOfUse", "expires", "nonce",
    "previousProof", "urn:x",
)  # fmt: skip
Change = Callable[[random.Random, Any], Any]


def change_document(chance: random.Random, document: Any) -> Any:
    """Change one thing of a JSON document, in place; return what it became."""
    change = chance.choice(
        (_replace, _replace, _replace, _delete, _add, _reorder, _wrap, _unwrap, _rename, _context, _twice)
    )
    return change(chance, document)


def change_writing(chance: random.Random, document: Any) -> bytes:
    """Write a document in another way: what it says stays, or is said twice, or is torn."""
    return chance.choice(
        (_indented, _escaped, _shuffled, _decomposed, _doubled, _trailing, _cut, _flipped, _with_mark, _in_another_code)
    )(chance, document)


def change_token(chance: random.Random, token: bytes) -> bytes:
    """Change one place of a token."""
    place = chance.randrange(len(token))
    change = chance.randrange(5)
    if change == 0:
        return token[:place] + token[place + 1 :]
    if change == 1:
        return token[:place] + chance.choice([b".", b"=", b"~", b" ", b"A"]) + token[place:]
    if change == 2:
        parts = token.split(b".")
        chance.shuffle(parts)
        return b".".join(parts)
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    # The last letter of a part of base64 holds bits that count for nothing, so it is tried often.
    ends = [index - 1 for index in range(1, len(token) + 1) if index == len(token) or token[index : index + 1] == b"."]
    place = chance.choice(ends) if change == 3 else place
    return token[:place] + bytes([chance.choice(letters)]) + token[place + 1 :]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its keys or positions."""
    found: list[tuple[Any, Any]] = []
    items = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, inner in items:
        found.append((value, key))
        found += _places(inner)
    return found


def _replace(chance: random.Random, document: Any) -> Any:
    container, key = chance.choice(_places(document))
    old = container[key]
    if isinstance(old, str) and old and chance.random() < 0.6:
        place = chance.randrange(len(old))
        letter = chance.choice([old[place].swapcase(), chr(ord(old[place]) ^ 1), "", " ", "é", "\u200b"])
        container[key] = old[:place] + letter + old[place + 1 :]
    else:
        container[key] = chance.choice(_VALUES)
    return document


def _delete(chance: random.Random, document: Any) -> Any:
    container, key = chance.choice(_places(document))
    del container[key]
    return document


def _add(chance: random.Random, document: Any) -> Any:
    containers = [document, *(container[key] for container, key in _places(document))]
    container = chance.choice([one for one in containers if isinstance(one, dict | list)])
    if isinstance(container, list):
        container.append(chance.choice(_VALUES))
    else:
        container[chance.choice(_NAMES)] = chance.choice(_VALUES)
    return document


def _reorder(chance: random.Random, document: Any) -> Any:
    lists = [container[key] for container, key in _places(document) if isinstance(container[key], list)]
    chance.shuffle(chance.choice(lists))
    return document


def _wrap(chance: random.Random, document: Any) -> Any:
    container, key = chance.choice(_places(document))
    old = container[key]
    container[key] = chance.choice([[old], {"@value": old}, {"@set": old}, {"@list": [old]}, {"@id": old}, [old, old]])
    return document


def _unwrap(chance: random.Random, document: Any) -> Any:
    singles = [
        place for place in _places(document) if isinstance(place[0][place[1]], list) and len(place[0][place[1]]) == 1
    ]
    container, key = chance.choice(singles)
    container[key] = container[key][0]
    return document


def _rename(chance: random.Random, document: Any) -> Any:
    named = [place for place in _places(document) if isinstance(place[0], dict)]
    container, key = chance.choice(named)
    container[_SYNONYMS.get(key, chance.choice(_NAMES))] = container.pop(key)
    return document


def _context(chance: random.Random, document: Any) -> Any:
    words = chance.choice(
        (
            {"y": "urn:y"},
            {"name": "https://schema.org/description"},
            {"@vocab": "urn:vocabulary#"},
            {"state": {"@id": "https://www.w3.org/2018/credentials#credentialStatus", "@type": "@id"}},
            "https://www.w3.org/ns/credentials/examples/v2",
            None,
        )
    )
    document["@context"].insert(chance.randrange(len(document["@context"]) + 1), words)
    return document


def _twice(chance: random.Random, document: Any) -> Any:
    """Put a copy of one part in the place of another."""
    (container, key), (source, other) = chance.choice(_places(document)), chance.choice(_places(document))
    container[key] = json.loads(json.dumps(source[other]))
    return document


def _text(document: Any, **options: Any) -> str:
    return json.dumps(document, **{"ensure_ascii": False, **options})


def _indented(chance: random.Random, document: Any) -> bytes:
    return _text(document, indent=chance.randrange(4)).encode()


def _escaped(chance: random.Random, document: Any) -> bytes:
    text = _text(document, ensure_ascii=True)
    letters = [place for place, letter in enumerate(text) if letter.isalpha() and text[place - 1] not in "\\u"]
    place = chance.choice(letters)
    return (text[:place] + f"\\u{ord(text[place]):04x}" + text[place + 1 :]).encode()


def _shuffled(chance: random.Random, document: Any) -> bytes:
    def mixed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: mixed(value[key]) for key in chance.sample(sorted(value), len(value))}
        return [mixed(inner) for inner in value] if isinstance(value, list) else value

    return _text(mixed(document)).encode()


def _decomposed(chance: random.Random, document: Any) -> bytes:
    return unicodedata.normalize(chance.choice(["NFD", "NFKC"]), _text(document)).encode()


def _doubled(chance: random.Random, document: Any) -> bytes:
    key = chance.choice(sorted(document))
    value = _text(chance.choice(_VALUES))
    text = _text(document)
    return (
        f"{{{_text(key)}: {value}, {text[1:]}" if chance.random() < 0.5 else f"{text[:-1]}, {_text(key)}: {value}}}"
    ).encode()


def _trailing(chance: random.Random, document: Any) -> bytes:
    return _text(document).encode() + chance.choice([b" ", b"\n", b"{}", b"x", b"\0", b",", b"\xff"])


def _cut(chance: random.Random, document: Any) -> bytes:
    data = _text(document).encode()
    return data[: chance.randrange(len(data))]


def _flipped(chance: random.Random, document: Any) -> bytes:
    data = bytearray(_text(document).encode())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _with_mark(chance: random.Random, document: Any) -> bytes:
    return b"\xef\xbb\xbf" * chance.randrange(1, 3) + _text(document).encode()


def _in_another_code(chance: random.Random, document: Any) -> bytes:
    return _text(document).encode(chance.choice(["utf-16", "utf-32", "latin-1"]), "replace")
