"""PyLD's expansion with memory, which makes it several times as fast on the vocabularies that never change.

PyLD processes the context of a type anew for nearly every node, because it knows contexts only by a random number that
changes on the way. Here a processed context is known by the two objects that it was made from: the context that was
active and the part of a pinned vocabulary that was applied. Both are immutable and are kept, so that their identities
stay theirs. What a document brings itself is processed by PyLD as always. Tests hold the outcome against plain PyLD.

The overridden methods are PyLD's own inner ones (3.3); a version that renames them makes it slow, not wrong, and the
test that counts processed contexts fails.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cachetools import LRUCache
from frozendict import frozendict
from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdProcessor

from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

# Pairs of an active context and a nested one; the vocabularies of a learner record make about 300.
_REMEMBERED = 2_000
# The words of a vocabulary, and how many copied words take as long as one that is defined.
_OF_A_VOCABULARY, _COPIES = 100, 20
Load = Callable[[str], Mapping[str, Any]]


class PinnedContexts(ContextResolver):
    """Resolves the addresses of contexts; those of pinned vocabularies are kept for good."""

    def __init__(self, load: Load) -> None:
        super().__init__(LRUCache(maxsize=100), None)
        self.load = load
        self.by_url: dict[str, list[Any]] = {}
        # Identities of all objects inside pinned vocabularies, which are never let go of.
        self.pinned_ids: set[int] = set()

    def resolve(self, active_ctx: Any, context: Any, base: str, cycles: set[str] | None = None) -> list[Any]:
        """As the original; of an operation before, nothing but pinned vocabularies is remembered."""
        if isinstance(context, str):
            return self._resolve_pinned(context, base)
        if isinstance(context, list):
            return [found for one in context for found in self.resolve(active_ctx, one, base, cycles)]
        self.per_op_cache.clear()
        found: list[Any] = super().resolve(active_ctx, context, base, cycles)  # type: ignore[no-untyped-call]
        return found

    def _resolve_pinned(self, url: str, base: str) -> list[Any]:
        known = self.by_url.get(url)
        if known is None:
            # PyLD writes into contexts; the copy is this thread's own.
            document = copy.deepcopy(dict(self.load(url)))
            known = super().resolve(None, document["@context"], base)  # type: ignore[no-untyped-call]
            self.by_url[url] = known
            self.pinned_ids.update(id(part) for part in _objects(document))
        return known


class Expander(JsonLdProcessor):
    """PyLD's processor for one thread."""

    def __init__(self, contexts: PinnedContexts, on_property_dropped: Callable[[str | None], Any]) -> None:
        super().__init__(on_property_dropped=on_property_dropped)
        self.contexts = contexts
        # By the identities of both contexts and the flags; the contexts are in the value so that they stay alive.
        self.processed: LRUCache[tuple[int, int, bool, bool], tuple[Any, Any, Any]] = LRUCache(maxsize=_REMEMBERED)
        self.definitions_left = 0

    def expand_within(self, document: Any, options: Any, *, most_definitions: int) -> list[Any]:
        """Expand a document; raises Refusal when its contexts are applied so often that it would take too long."""
        self.definitions_left = most_definitions
        found: list[Any] = self.expand(document, options)  # type: ignore[no-untyped-call]
        return found

    def _process_context(
        self,
        active_ctx: Any,
        local_ctx: Any,
        options: Any,
        override_protected: bool = False,
        propagate: bool = True,
        validate_scoped: bool = True,
        cycles: set[str] | None = None,
    ) -> Any:
        """As the original, remembering what a part of a pinned vocabulary makes of an immutable context."""

        def original() -> Any:
            self._spend(active_ctx, local_ctx)
            return super(Expander, self)._process_context(  # type: ignore[no-untyped-call]
                active_ctx, local_ctx, options, override_protected, propagate, validate_scoped, cycles
            )

        if id(local_ctx) not in self.contexts.pinned_ids or not isinstance(active_ctx, frozendict):
            return original()
        key = (id(active_ctx), id(local_ctx), override_protected, propagate)
        known = self.processed.get(key)
        if known is not None:
            return known[2]
        found = original()
        self.processed[key] = (active_ctx, local_ctx, found)
        return found

    def _spend(self, active_ctx: Any, local_ctx: Any) -> None:
        """Count what PyLD is about to do: it copies the active words and defines the new ones."""
        contexts = local_ctx if isinstance(local_ctx, list) else [local_ctx]
        new = sum(len(context) if isinstance(context, Mapping) else _OF_A_VOCABULARY for context in contexts)
        self.definitions_left -= new + len(active_ctx["mappings"]) // _COPIES
        if self.definitions_left < 0:
            raise Refusal(Reason.GRAPH_TOO_HARD)

    def _expand_iri(
        self,
        active_ctx: Any,
        value: Any,
        base: str | None = None,
        vocab: bool = False,
        local_ctx: Any = None,
        defined: Any = None,
    ) -> Any:
        """As the original, with a short way for defined terms and for whole addresses."""
        if local_ctx is None and isinstance(value, str) and value and value[0] != "@":
            if vocab:
                mapping = active_ctx["mappings"].get(value)
                if mapping is not None:
                    return mapping["@id"]
                if value in active_ctx["mappings"]:
                    return None
            colon = value.find(":")
            if colon > 0 and value.startswith("//", colon + 1):
                return value
        return super()._expand_iri(active_ctx, value, base, vocab, local_ctx, defined)  # type: ignore[no-untyped-call]


def _objects(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner)
