"""Refuse an upload that is too large while it arrives, before it fills the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

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
