"""What a public page may take, and a page on which somebody learns."""

from __future__ import annotations

BYTES = 100_000  # on the wire, with an empty cache, without photographs
REQUESTS = 8
LAYOUT_SHIFT = 0.05  # no unit
LARGEST_PAINT_MS = 1500  # on slow 4G with a slow processor, median
ANSWER_MS = 200  # of the server, 95th percentile
QUERIES = 10  # to the database
LEARNING_BYTES = 150_000  # without the files that the course shows
LEARNING_REQUESTS = 12
LEARNING_PAINT_MS = 2000
