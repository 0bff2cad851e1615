"""RDF Dataset Canonicalization: the labels of blank nodes that do not depend on how a graph was written down.

Source: W3C RDF Dataset Canonicalization 1.0 (RDFC-1.0), sections 4.4 to 4.8; the step numbers below are those of the
standard. A graph can be made so that this takes longer than anybody can wait (section 7.1), so the steps are counted.

A term is its text in N-Quads: `<...>` an IRI, `_:...` a blank node, `"..."` a literal. The graph name is empty for the
default graph.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import permutations
from typing import NamedTuple

from synchromesh.engine.credential_formats.limits import MOST_STEPS
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

HASHES: dict[str, Callable[[bytes], hashlib._Hash]] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class Quad(NamedTuple):
    """One statement."""

    subject: str
    predicate: str
    object: str
    graph: str = ""


def canonical_lines(quads: Collection[Quad], *, algorithm: str = "sha256", most_steps: int = MOST_STEPS) -> list[str]:
    """Return the sorted N-Quads lines of a set of statements under canonical labels. Raises Refusal (too hard)."""
    labels = _Labelling(quads, algorithm=algorithm, most_steps=most_steps).labels()
    if not labels:
        return sorted({_line(*quad) for quad in quads})
    named = labels.get
    return sorted({_line(named(s, s), predicate, named(o, o), named(g, g) if g else g) for s, predicate, o, g in quads})


def canonical_labels(quads: Collection[Quad], *, algorithm: str = "sha256") -> dict[str, str]:
    """Return the canonical label of each blank node, such as {"_:b3": "_:c14n0"}."""
    return _Labelling(quads, algorithm=algorithm, most_steps=MOST_STEPS).labels()


def _line(subject: str, predicate: str, object_: str, graph: str) -> str:
    if graph:
        return f"{subject} {predicate} {object_} {graph} .\n"
    return f"{subject} {predicate} {object_} .\n"


class _Issuer:
    """Hands out labels in the order of asking (section 4.5)."""

    __slots__ = ("issued", "prefix")

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued if issued is not None else {}

    def label(self, node: str) -> str:
        found = self.issued.get(node)
        if found is None:
            found = self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return found

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.issued))


class _Labelling:
    """The state of one canonicalization (section 4.3)."""

    def __init__(self, quads: Iterable[Quad], *, algorithm: str, most_steps: int) -> None:
        self.hash = HASHES[algorithm]
        self.steps_left = most_steps
        self.canonical = _Issuer("_:c14n")
        self.first_degree: dict[str, str] = {}
        self.quads_of: dict[str, list[Quad]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            for node in {term for term in (quad.subject, quad.object, quad.graph) if term.startswith("_:")}:
                self.quads_of[node].append(quad)

    def labels(self) -> dict[str, str]:
        """Section 4.4, steps 3 to 5."""
        by_hash: dict[str, list[str]] = defaultdict(list)
        for node in self.quads_of:
            by_hash[self._hash_first_degree(node)].append(node)
        shared: list[list[str]] = []
        for digest in sorted(by_hash):
            nodes = by_hash[digest]
            if len(nodes) == 1:
                self.canonical.label(nodes[0])
            else:
                shared.append(nodes)
        for nodes in shared:
            paths: list[tuple[str, _Issuer]] = []
            for node in nodes:
                if node not in self.canonical.issued:
                    issuer = _Issuer("_:b")
                    issuer.label(node)
                    paths.append(self._hash_n_degree(node, issuer))
            for _digest, issuer in sorted(paths, key=lambda path: path[0]):
                for node in issuer.issued:
                    self.canonical.label(node)
        return self.canonical.issued

    def _hex(self, text: str) -> str:
        return self.hash(text.encode()).hexdigest()

    def _step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise Refusal(Reason.GRAPH_TOO_HARD)

    def _hash_first_degree(self, node: str) -> str:
        """Section 4.6: the statements around a node, itself as _:a and every other blank node as _:z."""
        known = self.first_degree.get(node)
        if known is not None:
            return known

        def masked(term: str) -> str:
            if term.startswith("_:"):
                return "_:a" if term == node else "_:z"
            return term

        lines = [_line(masked(s), p, masked(o), masked(g)) for s, p, o, g in self.quads_of[node]]
        lines.sort()
        digest = self.first_degree[node] = self._hex("".join(lines))
        return digest

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7: how a node is related to the one that is being labelled."""
        identifier = self.canonical.issued.get(related) or issuer.issued.get(related)
        if identifier is None:
            identifier = self._hash_first_degree(related)
        predicate = "" if position == "g" else quad.predicate
        return self._hex(f"{position}{predicate}{identifier}")

    def _related(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        """Section 4.8, steps 1 to 3."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.quads_of[node]:
            for term, position in ((quad.subject, "s"), (quad.object, "o"), (quad.graph, "g")):
                if term.startswith("_:") and term != node:
                    self._step()
                    found[self._hash_related(term, quad, issuer, position)].append(term)
        return found

    def _hash_n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8: tell apart nodes that look alike from nearby, by all paths that lead from them."""
        self._step()
        data: list[str] = []
        related = self._related(node, issuer)
        for digest in sorted(related):
            data.append(digest)
            path, issuer = self._chosen_path(related[digest], issuer)
            data.append(path)
        return self._hex("".join(data)), issuer

    def _chosen_path(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8, steps 5.2 to 5.6: the least path over all orders of the nodes."""
        chosen, chosen_issuer = "", issuer
        for order in permutations(nodes):
            self._step()
            found = self._path(order, issuer.copy(), chosen)
            if found is not None and (not chosen or found[0] < chosen):
                chosen, chosen_issuer = found
        return chosen, chosen_issuer

    def _path(self, order: tuple[str, ...], issuer: _Issuer, chosen: str) -> tuple[str, _Issuer] | None:
        """Section 4.8, steps 5.4.1 to 5.4.5; None as soon as the path cannot be the least any more."""
        path = ""
        recursion: list[str] = []
        for node in order:
            known = self.canonical.issued.get(node)
            if known is None:
                if node not in issuer.issued:
                    recursion.append(node)
                known = issuer.label(node)
            path += known
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None
        for node in recursion:
            digest, deeper = self._hash_n_degree(node, issuer)
            path += f"{issuer.label(node)}<{digest}>"
            issuer = deeper
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None
        return path, issuer
