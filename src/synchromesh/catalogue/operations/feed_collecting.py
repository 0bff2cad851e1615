"""Collect a feed: fetch its address and what it names (next pages, pages of a sitemap) into one file.

Whole or not at all: a document that cannot be had ends the attempt, because its courses would seem to have vanished.
Only documents that are gone for good (404, 410), that the site closes to programs, or that lie on other sites are left
out, since they are left out each time.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast
from urllib.parse import urldefrag, urlsplit

from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.engine.feeds.bundles import LARGEST_DOCUMENT, BundledDocument, BundleWriter
from synchromesh.engine.feeds.readers import find_reader, follow_feed
from synchromesh.plumbing.gzip_streams import is_gzip, too_large, unpack_file
from synchromesh.plumbing.outgoing_http import WHOLE, FetchedFile
from synchromesh.plumbing.polite_fetching import AskedToWaitError, ClosedToProgramsError, PoliteVisit

MOST_DOCUMENTS = 5_000
MOST_SECONDS = 2 * 3600.0  # a second between two of 5,000 requests is 83 minutes
FIRST_SECONDS = 300.0  # for the first document, which may be the whole feed
PAGE_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 300.0  # when a server asks to wait in the middle
SHORT_PAUSE_SECONDS = 10.0
_GONE = frozenset({404, 410})
_NOT_MODIFIED = 304
_ONLY_A_LIST = "sitemap"  # the format whose documents name others and hold no course
_IN_MEMORY = 1024 * 1024  # bytes of a document that need no file


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is collected. With `is_sample` the first documents are enough; else more of them are a failure."""

    documents: int = MOST_DOCUMENTS
    size: int
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was collected. `address` is where the first document came from in the end, `digest` a SHA-256 of everything.

    `etag` and `last_modified` are what a feed of one document says of itself, "" for one of several documents, whose
    first document can stay the same while others change. Of an `is_unchanged` feed nothing was collected.
    """

    address: str
    digest: str = ""
    documents: int = 0
    left_out: int = 0
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False


def collect_feed(
    url: str, file: BinaryIO, *, visit: PoliteVisit, bounds: Bounds, headers: Mapping[str, str] | None = None
) -> Collected:
    """Write the feed at `url` to `file`: its one document as it is, or a bundle of all its documents.

    `headers` are conditions (`polite_fetching.conditions`). Raises InvalidInput for an address that cannot be fetched
    by rule, and ExternalFailure where the feed cannot be had whole.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        first = cast(BinaryIO, spooled)
        answer = visit.fetch_to_file(
            url, first, limit_bytes=bounds.size, timeout_seconds=FIRST_SECONDS, headers=headers
        )
        if headers and answer.status == _NOT_MODIFIED:
            return Collected(address=answer.url, is_unchanged=True)
        _check_status(answer)
        with _plain(first, bounds.size) as document:
            following = follow_feed(document, address=answer.url)
            document.seek(0)
            if not following:
                return _whole(document, file, answer)
            return _Collection(answer.url, file, visit=visit, bounds=bounds).gather(document, following)


def _whole(document: BinaryIO, file: BinaryIO, answer: FetchedFile) -> Collected:
    """A feed of one document."""
    digest = hashlib.sha256()
    while part := document.read(_IN_MEMORY):
        digest.update(part)
        file.write(part)
    return Collected(
        address=answer.url,
        digest=digest.hexdigest(),
        documents=1,
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
    )


class _Collection:
    """A feed of several documents while it is gathered, those named first first."""

    def __init__(self, address: str, file: BinaryIO, *, visit: PoliteVisit, bounds: Bounds) -> None:
        self.address, self.visit, self.bounds = address, visit, bounds
        self._bundle, self._digest = BundleWriter(file), hashlib.sha256()
        self._seen: set[str] = {address}
        self._waiting: deque[str] = deque()
        self._left_out = self._size = self._documents = 0

    def gather(self, first: BinaryIO, following: Iterable[str]) -> Collected:
        """Write the first document and all that follow from it."""
        self._take(self.address, first.read(LARGEST_DOCUMENT + 1), following)
        while self._waiting and not (self.bounds.is_sample and self._documents >= self.bounds.documents):
            address = self._waiting.popleft()
            data = self._fetch(address)
            if data is not None:
                self._take(address, data, follow_feed(io.BytesIO(data), address=address))
        return Collected(
            address=self.address,
            digest=self._digest.hexdigest(),
            documents=self._documents,
            left_out=self._left_out,
        )

    def _take(self, address: str, data: bytes, following: Iterable[str]) -> None:
        """Add a document, and remember what it names."""
        self._size += len(data)
        self._documents += 1
        if len(data) > LARGEST_DOCUMENT:
            raise too_large(LARGEST_DOCUMENT)
        if self._size > self.bounds.size:
            raise too_large(self.bounds.size)
        if _reader_name(data, address) != _ONLY_A_LIST:
            self._bundle.add(BundledDocument(address=address, data=data))
        self._digest.update(f"{address}\n{len(data)}\n".encode() + data)
        self._remember(following)

    def _remember(self, addresses: Iterable[str]) -> None:
        """Those that are new and of the same site."""
        for named in addresses:
            address = urldefrag(named).url
            if address in self._seen:
                continue
            if len(self._seen) >= self.bounds.documents:
                if self.bounds.is_sample:
                    return
                raise ExternalFailure(
                    f"The feed names more than {self.bounds.documents:,} documents. Ask the provider for a feed that "
                    "holds its courses in fewer, or give the address of a part."
                )
            self._seen.add(address)
            if is_same_site(address, self.address):
                self._waiting.append(address)
            else:
                self._left_out += 1

    def _fetch(self, address: str) -> bytes | None:
        """One further document, tried twice; None where it is to be left out."""
        try:
            return self._try(address)
        except AskedToWaitError as error:
            pause = SHORT_PAUSE_SECONDS if error.wait is None else error.wait.total_seconds()
            if pause > LONGEST_PAUSE_SECONDS:
                raise
        except (ClosedToProgramsError, InvalidInput):
            self._left_out += 1
            return None
        except ExternalFailure:
            pause = SHORT_PAUSE_SECONDS
        self.visit.wait(pause)
        return self._try(address)

    def _try(self, address: str) -> bytes | None:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
            page = cast(BinaryIO, spooled)
            limit = min(LARGEST_DOCUMENT, self.bounds.size - self._size)
            answer = self.visit.fetch_to_file(address, page, limit_bytes=limit, timeout_seconds=PAGE_SECONDS)
            if answer.status in _GONE:
                self._left_out += 1
                return None
            _check_status(answer)
            with _plain(page, limit) as document:
                return document.read()


def _reader_name(data: bytes, address: str) -> str:
    """The name of the reader that accepts a document, "" where none does."""
    try:
        return find_reader(io.BytesIO(data), name=address)[0]
    except InvalidInput:
        return ""


def _plain(file: BinaryIO, limit: int) -> BinaryIO:
    """The file itself, or what it holds where it is packed with gzip, as sitemaps often are; it stands at its start."""
    if not is_gzip(file):
        return file
    with tempfile.TemporaryFile() as made:
        unpack_file(file, made, limit_bytes=limit)
        file.seek(0)
        file.truncate()
        made.seek(0)
        shutil.copyfileobj(made, file)
    file.seek(0)
    return file


def _check_status(answer: FetchedFile) -> None:
    if answer.status in WHOLE:
        return
    host = urlsplit(answer.url).hostname
    if answer.status in _GONE:
        raise ExternalFailure(
            f"{host} has nothing at {answer.url} any more ({answer.status}). Ask for the new address."
        )
    if answer.status in {401, 403}:
        raise ExternalFailure(f"{host} does not let us read {answer.url} ({answer.status}). Ask the provider.")
    raise ExternalFailure(f"{host} answered {answer.url} with an error ({answer.status}). Try again later.")


def is_same_site(address: str, other: str) -> bool:
    """Whether two addresses belong to one site: the same server, or one below the other (`www.` does not count)."""
    one, two = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (address, other))
    return bool(one and two) and (one == two or one.endswith(f".{two}") or two.endswith(f".{one}"))
