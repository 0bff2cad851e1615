"""Files of a course: kept under their uid, never changed, never lost while something shows them."""

from __future__ import annotations

import stat

import pytest
from tests.engine.exchange.course_files.course_documents import PNG, SVG
from tests.learning.records import a_course_with_content, give_part
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import Media
from synchromesh.learning.operations import media as media_operations
from synchromesh.learning.operations.media import add_media, remove_media, tidy_name
from synchromesh.learning.queries.media import list_media, media_path, read_media

pytestmark = pytest.mark.django_db


def test_a_file_lies_in_the_data_folder_for_its_owner_alone() -> None:
    media = add_media(by=OPERATOR, course=a_course("hv"), name="C:\\Bilder\\Mein Bild.PNG", content=PNG)
    assert (media.name, media.media_type, media.bytes) == ("mein-bild.png", "image/png", len(PNG))
    assert read_media(media) == PNG
    assert stat.S_IMODE(media_path(media).stat().st_mode) == 0o600


def test_the_same_file_again_is_the_one_that_is_there_and_other_bytes_get_a_number() -> None:
    course = a_course("hv")
    first = add_media(by=OPERATOR, course=course, name="pack.png", content=PNG)
    assert add_media(by=OPERATOR, course=course, name="pack.png", content=PNG) == first
    second = add_media(by=OPERATOR, course=course, name="pack.png", content=PNG + b"2")
    assert second.name == "pack-2.png"
    assert add_media(by=OPERATOR, course=course, name="pack.png", content=PNG + b"2") == second
    assert add_media(by=OPERATOR, course=course, name="lid.png", content=PNG).name == "lid.png"
    assert read_media(first) == PNG
    assert Media.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("Über uns.Svg", "uber-uns.svg"),
        ("../../etc/passwd.png", "passwd.png"),
        (".png", "file.png"),
        ("Γάτα.png", "file.png"),
    ],
)
def test_a_name_becomes_one_that_an_address_can_hold(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


def test_a_file_that_a_course_cannot_show_is_refused() -> None:
    course = a_course("hv")
    for name, content in (("a.html", b"<html>"), ("a.png", SVG), ("a", PNG)):
        with pytest.raises(InvalidInput):
            add_media(by=OPERATOR, course=course, name=name, content=content)
    assert not Media.objects.exists()


def test_a_course_has_room_for_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    course = a_course("hv")
    monkeypatch.setattr(media_operations, "MOST_BYTES_OF_A_COURSE", len(PNG))
    add_media(by=OPERATOR, course=course, name="a.png", content=PNG)
    with pytest.raises(Conflict, match="gigabyte"):
        add_media(by=OPERATOR, course=course, name="b.png", content=PNG)


def test_a_file_that_some_version_shows_stays() -> None:
    version = a_course_with_content(kinds=("text",))
    with pytest.raises(Conflict, match="text"):
        remove_media(by=OPERATOR, course=version.course, name="pack.svg")
    with pytest.raises(NotFound):
        remove_media(by=OPERATOR, course=version.course, name="other.svg")


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nothing_shows_goes_with_its_bytes() -> None:
    course = a_course("hv")
    path = media_path(add_media(by=OPERATOR, course=course, name="a.png", content=PNG))
    remove_media(by=OPERATOR, course=course, name="a.png")
    assert not path.exists()
    assert not Media.objects.exists()


def test_only_authors_add_and_remove_and_reviewers_see_where_files_are_shown(person: User) -> None:
    version = a_course_with_content(kinds=("text", "video"), published=False)
    assert list_media(version.course, visible_to=person) == []
    give_part(person, version.course, "reviewer")
    shown = {entry.media.name: entry.shown_in for entry in list_media(version.course, visible_to=person)}
    assert shown["pack.svg"] == ("text",)
    assert shown["pack.mp4"] == ("video",)
    with pytest.raises(NotAllowed):
        add_media(by=person, course=version.course, name="a.png", content=PNG)
    with pytest.raises(NotAllowed):
        remove_media(by=person, course=version.course, name="pack.svg")
