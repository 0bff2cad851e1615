"""Refuse an upload that is too large while it arrives, before it fills the disk; keep a private one off the disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from synchromesh.engine.errors import InvalidInput


class LimitedUploadHandler(FileUploadHandler):
    """Counts the bytes of a request's files and stops the upload at the limit."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 (Django names it so)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Start counting; a request that announces too much (a small margin is for the form's other parts) has no room.

        Nothing is raised here: Django expects StopUpload only while it reads a file.
        """
        announced_too_much = content_length > settings.UPLOAD_LIMIT_BYTES + 65_536
        self._room = 0 if announced_too_much else settings.UPLOAD_LIMIT_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on as long as the sum stays within the limit."""
        self._room -= len(raw_data)
        if self._room < 0:
            self._refuse()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return

    def _refuse(self) -> None:
        if self.request is not None:
            self.request.META["synchromesh.upload_too_large"] = "1"
        raise StopUpload(connection_reset=False)


def check_upload(request: Any) -> None:
    """Raise InvalidInput when the upload of this request was stopped."""
    _ = request.FILES
    if request.META.get("synchromesh.upload_too_large"):
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise InvalidInput(
            f"The file is larger than {limit} MB. Split it and send the parts one after the other.", field="file"
        )


class MemoryUploadHandler(FileUploadHandler):
    """Holds the files of a request in memory only; a file that goes beyond the limit is dropped.

    The rest of the form is still read, so that the text a person typed beside the file is not lost.
    """

    def __init__(self, request: HttpRequest | None = None, *, limit: int) -> None:
        super().__init__(request)
        self._room = limit
        self._content = BytesIO()

    def new_file(self, *described: Any, **more: Any) -> None:
        """Start an empty file."""
        super().new_file(*described, **more)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the bytes as long as all files together stay within the limit."""
        self._room -= len(raw_data)
        if self._room < 0:
            self._content = BytesIO()
            if self.request is not None:
                self.request.META["synchromesh.upload_too_large"] = "1"
            raise SkipFile
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            file=self._content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def hold_in_memory(request: HttpRequest, *, limit: int) -> None:
    """Let the files of this request never touch the disk; `limit` in bytes. Before anything reads the form."""
    request.upload_handlers = [MemoryUploadHandler(request, limit=limit)]


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped because of its size."""
    _ = request.FILES
    return bool(request.META.get("synchromesh.upload_too_large"))
