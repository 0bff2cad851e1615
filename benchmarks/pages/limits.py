"""What a public page may take."""

from __future__ import annotations

BYTES = 100_000  # on the wire, with an empty cache, without photographs
REQUESTS = 8
LAYOUT_SHIFT = 0.05  # no unit
LARGEST_PAINT_MS = 1500  # on slow 4G with a slow processor, median
ANSWER_MS = 200  # of the server, 95th percentile
QUERIES = 10  # to the database
