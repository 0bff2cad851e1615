"""Read the transparency log: its tip, heads, entries and proofs."""

from __future__ import annotations

from collections.abc import Sequence

from synchromesh.credentials.models import LogEntry, LogHead, LogNode, LogTip
from synchromesh.engine.credential_formats.transparency import consistency_proof, inclusion_proof
from synchromesh.engine.errors import NotFound

MOST_ENTRIES = 1000  # of one page of the log


def read_hashes(level: int, indices: range) -> Sequence[bytes]:
    """Kept hashes of one level, in order: leaves beside their entries, nodes of levels 8, 16 and 24."""
    if level == 0:
        found = LogEntry.objects.filter(index__gte=indices.start, index__lt=indices.stop)
        return [bytes(one) for one in found.order_by("index").values_list("leaf_hash", flat=True)]
    nodes = LogNode.objects.filter(level=level, index__gte=indices.start, index__lt=indices.stop)
    return [bytes(one) for one in nodes.order_by("index").values_list("hash", flat=True)]


def find_newest_head() -> LogHead | None:
    """The newest signed head."""
    return LogHead.objects.order_by("-size").first()


def find_size() -> int:
    """How many entries the log has, signed or not."""
    return LogTip.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def find_entry(index: int) -> LogEntry | None:
    """One entry by its number."""
    return LogEntry.objects.filter(index=index).first()


def get_head(size: int) -> LogHead:
    """The head of exactly this size. Raises NotFound."""
    head = LogHead.objects.filter(size=size).first()
    if head is None:
        raise NotFound("No head of this size was signed.")
    return head


def list_heads(*, most: int = 100, below: int | None = None) -> list[LogHead]:
    """The newest heads first, of fewer than `below` entries if asked."""
    heads = LogHead.objects.order_by("-size")
    return list((heads if below is None else heads.filter(size__lt=below))[:most])


def list_newest_entries(*, most: int) -> list[LogEntry]:
    """The newest entries first."""
    return list(LogEntry.objects.order_by("-index")[:most])


def list_entries(*, start: int, most: int = MOST_ENTRIES) -> list[LogEntry]:
    """Entries from `start` on, at most a page of them."""
    return list(LogEntry.objects.filter(index__gte=start).order_by("index")[: min(most, MOST_ENTRIES)])


def proof_of_inclusion(index: int, size: int) -> tuple[bytes, ...]:
    """The path from an entry to the root of the first `size` entries (RFC 9162, section 2.1.3)."""
    return inclusion_proof(index, size, read_hashes)


def proof_of_consistency(old_size: int, new_size: int) -> tuple[bytes, ...]:
    """That the log of `new_size` begins with that of `old_size` (RFC 9162, section 2.1.4)."""
    return consistency_proof(old_size, new_size, read_hashes)
