"""Files of a course: for those who learn or teach there, in parts for players, and never able to run anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.learning.records import a_learner, a_medium, an_enrolment, give_part
from tests.web.courses.learning.learning_site import HOME, a_test_unit, learning

from synchromesh.learning.models import Media
from synchromesh.learning.queries.media import media_path

pytestmark = pytest.mark.django_db
BYTES = bytes(range(200))


def _put(media: Media, content: bytes = BYTES) -> str:
    place = media_path(media)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return f"{HOME}/media/{media.name}"


def _read(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_picture_is_shown_and_can_run_nothing(client: Client) -> None:
    found = learning(client, kinds=("picture",))
    answer = client.get(_put(found.version.course.media.get(name="pack.svg")))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    expected = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert answer.headers["Content-Security-Policy"] == expected
    assert "private" in answer.headers["Cache-Control"]
    assert _read(answer) == BYTES


def test_what_is_no_picture_and_no_video_is_downloaded(client: Client) -> None:
    found = learning(client, kinds=("file",))
    answer = client.get(_put(found.version.course.media.get()))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    _read(answer)


@pytest.mark.parametrize(
    ("asked", "status", "said", "content"),
    [
        ("bytes=0-9", 206, "bytes 0-9/200", BYTES[:10]),
        ("bytes=190-", 206, "bytes 190-199/200", BYTES[190:]),
        ("bytes=-5", 206, "bytes 195-199/200", BYTES[195:]),
        ("bytes=10-5000", 206, "bytes 10-199/200", BYTES[10:]),
    ],
)
def test_a_player_gets_the_part_of_a_video_that_it_asks_for(
    asked: str, status: int, said: str, content: bytes, client: Client
) -> None:
    found = learning(client, kinds=("video",))
    address = _put(found.version.course.media.get(name="pack.mp4"))
    answer = client.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert answer.status_code == status
    assert answer.headers["Content-Range"] == said
    assert "Content-Encoding" not in answer.headers
    assert _read(answer) == content


def test_a_part_that_is_not_there_is_refused_and_several_parts_give_the_whole(client: Client) -> None:
    found = learning(client, kinds=("video",))
    address = _put(found.version.course.media.get(name="pack.mp4"))
    refused = client.get(address, headers={"Range": "bytes=500-600"})
    assert (refused.status_code, refused.headers["Content-Range"]) == (416, "bytes */200")
    assert _read(client.get(address, headers={"Range": "bytes=0-1,5-6"})) == BYTES


def test_a_browser_that_has_the_file_is_told_so(client: Client) -> None:
    found = learning(client, kinds=("picture",))
    address = _put(found.version.course.media.get())
    first = client.get(address)
    _read(first)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_only_files_that_the_learners_version_shows_are_theirs(client: Client) -> None:
    found = learning(client, kinds=("picture",))
    other = _put(a_medium(found.version.course, "secret.svg"))
    assert client.get(other).status_code == 404
    client.force_login(give_part(a_learner(), found.version.course, "reviewer"))
    assert _read(client.get(other)) == BYTES


def test_the_picture_of_a_question_belongs_to_the_version_too(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_test_unit(found.version, "hotspot")
    Media.objects.all().delete()
    address = _put(a_medium(found.version.course, "pack.svg"))
    assert _read(client.get(address)) == BYTES


def test_strangers_get_no_file(client: Client) -> None:
    found = learning(client, kinds=("picture",))
    address = _put(found.version.course.media.get())
    client.logout()
    assert client.get(address).headers["Location"].startswith("/en/account/login/")
    stranger = a_learner()
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    an_enrolment(found.version, stranger, state="left")
    assert client.get(address).status_code == 404


def test_a_file_that_is_lost_says_who_can_help(client: Client) -> None:
    found = learning(client, kinds=("picture",))
    media_path(found.version.course.media.get()).unlink(missing_ok=True)
    answer = client.get(f"{HOME}/media/pack.svg")
    assert answer.status_code == 404
    assert "Whoever runs the platform can restore it." in answer.content.decode()
