"""The page of what is not checked yet in the courses that ship stands in the documentation as the files give it."""

from __future__ import annotations

from tests.architecture.tree import ROOT
from tests.starter.course_folders import COURSES, SLUGS

from synchromesh.engine.exchange.course_files import read
from synchromesh.engine.exchange.course_files.course_folders import read_folder
from synchromesh.engine.exchange.course_files.unchecked_page import unchecked_page

PAGE = ROOT / "docs" / "courses" / "unchecked.md"
MAKE = "Make it again: .venv/bin/synchromesh course unchecked > docs/courses/unchecked.md"


def test_the_page_of_the_documentation_is_the_one_that_the_courses_give() -> None:
    page = unchecked_page([read(read_folder(COURSES / slug)) for slug in SLUGS])
    assert PAGE.read_text(encoding="utf-8") == page, MAKE
