"""How large a document may be. Every bound is far above what issuers write and far below what would slow a check."""

from __future__ import annotations

MOST_BYTES = 4_000_000
MOST_DEPTH = 60
# Values of one document before, and statements after it was read as a graph.
MOST_QUADS = 20_000
# Words that are defined, or defined over again inside of something, while one document is read. A vocabulary has some
# hundreds; what was defined once in a process is remembered.
MOST_DEFINITIONS = 60_000
# Steps of the canonical labelling of one document; a document of ordinary shape needs a few for each blank node.
MOST_STEPS = 60_000
# A context that a document brings with it.
MOST_CONTEXT_TERMS = 400
MOST_PROOFS = 20
