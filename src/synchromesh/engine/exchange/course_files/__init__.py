"""A whole course as a folder, or a zip of it: the offer, the outline, contents, tests, questions and files.

`course.yaml` holds the offer, the outline, the tests and where each outcome is covered, `units/<key>.yaml` the content
of each unit, `questions.yaml` the questions, `media/` the files that are shown. The shapes are written down in
docs/how-to/course-files.md. The content of a unit is a plain mapping here: its kind (`learning.unit_kinds`) says what
is right.
"""

from synchromesh.engine.exchange.course_files._archive import open_course_file, pack_course_file
from synchromesh.engine.exchange.course_files._document import (
    CourseDocument,
    CourseFacts,
    CoverageRecord,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    SkillTaught,
    UnitRecord,
)
from synchromesh.engine.exchange.course_files._quotes import stands_in_course
from synchromesh.engine.exchange.course_files._reading import read
from synchromesh.engine.exchange.course_files._writing import write
from synchromesh.engine.exchange.course_files._yaml_writing import tidied

__all__ = [
    "CourseDocument",
    "CourseFacts",
    "CoverageRecord",
    "InstrumentRecord",
    "PartRecord",
    "SectionRecord",
    "SkillTaught",
    "UnitRecord",
    "open_course_file",
    "pack_course_file",
    "read",
    "stands_in_course",
    "tidied",
    "write",
]
