"""A file beyond the limit is refused with the limit in words, however the request announces itself."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from synchromesh.accounts.models import User
from synchromesh.plumbing.models import ImportBatch

MEGABYTE = 1024 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("size", [MEGABYTE + 1, 3 * MEGABYTE])
def test_a_file_beyond_the_limit_is_refused_in_words(
    size: int, client: Client, staff: User, settings: Settings
) -> None:
    # Just beyond the limit it is noticed while the file arrives, far beyond it before the first byte.
    settings.UPLOAD_LIMIT_BYTES = MEGABYTE
    client.force_login(staff)
    file = SimpleUploadedFile("large.csv", b"x" * size)
    page = client.post("/en/desk/imports/", {"kind": "feed", "file": file})
    assert page.status_code == 422
    assert "larger than 1 MB" in page.content.decode()
    assert not ImportBatch.objects.exists()
