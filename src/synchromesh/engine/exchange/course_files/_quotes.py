"""Words that are quoted from a course: do they stand there?"""

from __future__ import annotations

from synchromesh.engine.exchange.course_files._document import CourseFacts


def stands_in_course(quote: str, course: CourseFacts, language: str) -> bool:
    """Whether the words stand letter by letter in what the course says of itself in a language.

    That is its title, its summary, its description or one of its outcomes. Line ends count as spaces.
    """
    words = _on_one_line(quote)
    said = [texts.get(language, "") for texts in (course.titles, course.summaries, course.descriptions)]
    return bool(words) and any(words in _on_one_line(text) for text in [*said, *course.outcomes.get(language, ())])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
