"""Whether a document says the same to those who read it as JSON as to those who read it as linked data.

A proof over linked data stays good however the document is written, and linked data can be written in many ways: under
another name for the same thing, under the whole address of a word, in another place. This product reads JSON by the
names of the standard. Without these checks somebody could write the end date or the status of a signed credential so
that no such reader finds it, and the proof would still be good (Data Integrity 1.0, section 4.6, names the danger).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_labels import Quad
from synchromesh.engine.credential_formats.credential_shape import as_list
from synchromesh.engine.credential_formats.limits import MOST_CONTEXT_TERMS
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

_CREDENTIALS = "https://www.w3.org/2018/credentials#"
# Fields of a credential that decide on a verdict.
_DECISIVE = (
    "issuer", "credentialSubject", "credentialStatus", "termsOfUse", "validFrom", "validUntil", "issuanceDate",
    "expirationDate",
)  # fmt: skip
# Names that this product reads anywhere in a credential; a document may not give them a meaning of its own.
_READ = frozenset(
    {
        *_DECISIVE, "id", "type", "proof", "name", "description", "achievement", "alignment", "awardedDate", "criteria",
        "encodedList", "identifier", "identityHash", "identityType", "inLanguage", "narrative", "result",
        "statusListCredential", "statusListIndex", "statusPurpose", "targetName", "targetType", "value",
    }
)  # fmt: skip
# ... but it may say over again what they mean, as credentials of data model 1.1 do.
_SAME_MEANING = {
    "id": "@id", "type": "@type", "name": "https://schema.org/name", "description": "https://schema.org/description",
}  # fmt: skip
_ALLOWED_KEYWORDS = frozenset({"@vocab", "@version", "@protected", "@language", "@direction"})
# Texts with a language are written with these; every other keyword of linked data has a name in credentials.
_READABLE_KEYWORDS = frozenset({"@context", "@value", "@language", "@direction", "@type"})


def check_own_words(document: Mapping[str, Any]) -> None:
    """Raise Refusal where a document brings definitions that are too many, or that touch what is read here."""
    terms_left = MOST_CONTEXT_TERMS
    for context in _contexts_in(document):
        if context is None:
            raise _refusal("it takes back words that were defined before.")
        for name, definition in _definitions(context):
            terms_left -= 1
            if terms_left < 0:
                raise _refusal(f"it defines more than {MOST_CONTEXT_TERMS} words.")
            if _is_touched(name, definition):
                raise _refusal(f"it gives “{name[:60]}” a meaning of its own.")
            if isinstance(definition, Mapping) and definition.get("@context", "") is None:
                raise _refusal(f"it takes back all words inside of “{name[:60]}”.")


def check_plain_reading(document: Mapping[str, Any], quads: Iterable[Quad], root: str) -> None:
    """Raise Refusal where the graph says more, or less, about the credential than its JSON does.

    `root` is the term of the document itself among its statements.
    """
    for name in _names_in(document):
        if ":" in name or (name.startswith("@") and name not in _READABLE_KEYWORDS):
            raise _refusal(f"“{name[:80]}” is no name that readers of JSON know.")
    said = [quad.predicate for quad in quads if quad.subject == root and not quad.graph]
    for name in _DECISIVE:
        if said.count(f"<{_CREDENTIALS}{name}>") != len(as_list(document.get(name))):
            raise _refusal(f"“{name}” stands where readers of JSON do not look for it.")


def _is_touched(name: str, definition: Any) -> bool:
    if name.startswith("@"):
        return name not in _ALLOWED_KEYWORDS
    return name in _READ and (not isinstance(definition, str) or _SAME_MEANING.get(name) != definition)


def _names_in(value: Any) -> Iterator[str]:
    """Every name of a field, but for those inside of contexts."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            if name != "@context":
                yield from _names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names_in(inner)


def _refusal(problem: str) -> Refusal:
    return Refusal(Reason.CONTEXT_REFUSED, problem=problem)


def _contexts_in(value: Any) -> Iterator[Any]:
    """Every context that is no mere address, from anywhere in a document."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "@context":
                contexts = inner if isinstance(inner, list) else [inner]
                yield from (context for context in contexts if not isinstance(context, str))
            else:
                yield from _contexts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _contexts_in(inner)


def _definitions(context: Any) -> Iterator[tuple[str, Any]]:
    """The definitions of a context and of those that are nested in them."""
    if isinstance(context, list):
        for inner in context:
            yield from _definitions(inner)
    elif isinstance(context, Mapping):
        for name, definition in context.items():
            if name == "@context":
                yield from _definitions(definition)
                continue
            yield name, definition
            if isinstance(definition, Mapping) and "@context" in definition:
                yield from _definitions(definition["@context"])
