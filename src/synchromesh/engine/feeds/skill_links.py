"""The short notation for what a course teaches: `isolate-hv 0>2 "switch off and lock out"; use-hv-ppe 1`.

Entries are separated by semicolons: skill, entry level and `>` (optional), level, quoted words (optional). Inside the
quotes a quotation mark is doubled. Levels are numbers or names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import SkillLinkRecord
from synchromesh.engine.vocabulary.levels import Level, parse_level

# Office programs turn straight quotes into curly ones, so both are read.
_ENTRY = re.compile(
    r"""\s*(?P<skill>[^\s;"]+)\s+
    (?:(?P<entry>[^\s;">]+)\s*>\s*)?
    (?P<level>[^\s;">„“”]+)\s*
    (?:"(?P<quote>(?:[^"]|"")*)"|[„“”](?P<curly>[^„“”"]*)[“”])?\s*(?:;|\Z)""",
    re.VERBOSE,
)
_NOTHING = re.compile(r"[\s;]*")
_SKILL = re.compile(r'[^\s;"]+')


def parse_skill_links(text: str, *, field: str = "skills") -> tuple[SkillLinkRecord, ...]:
    """Read the notation; empty text gives no links.

    Raises InvalidInput naming `field` for anything else, for a level outside 1 to 3, for an entry level that is not
    below the level, and for a skill that stands twice.
    """
    links: dict[str, SkillLinkRecord] = {}
    place = _end_of_nothing(text, 0)
    while place < len(text):
        match = _ENTRY.match(text, place)
        if match is None:
            shown = text[place : place + 60]
            raise InvalidInput(
                f"'{shown}' is not a skill with its level. Write it like: isolate-hv 0>2 \"words of the source\".",
                field=field,
            )
        link = _link(match, field)
        if link.skill in links:
            raise InvalidInput(f"The skill '{link.skill[:60]}' stands twice. Keep one entry.", field=field)
        links[link.skill] = link
        place = _end_of_nothing(text, match.end())
    return tuple(links.values())


def format_skill_links(links: Iterable[SkillLinkRecord]) -> str:
    """Write the notation, from which `parse_skill_links` reads the same links.

    Raises InvalidInput for a skill whose name has spaces, semicolons or quotation marks.
    """
    return "; ".join(_written(link) for link in links)


def _end_of_nothing(text: str, place: int) -> int:
    match = _NOTHING.match(text, place)
    return match.end() if match else place


def _link(match: re.Match[str], field: str) -> SkillLinkRecord:
    level = parse_level(match["level"], field=field)
    entry = parse_level(match["entry"], field=field) if match["entry"] else None
    if level == Level.NONE:
        raise InvalidInput(f"'{match['skill'][:60]}' has level 0. A course leads to a level from 1 to 3.", field=field)
    if entry is not None and entry >= level:
        raise InvalidInput(
            f"'{match['skill'][:60]}' starts at level {entry:d}, which is not below its end, {level:d}.", field=field
        )
    quote = match["curly"] if match["quote"] is None else match["quote"].replace('""', '"')
    return SkillLinkRecord(
        skill=match["skill"], entry=None if entry is None else int(entry), level=int(level), quote=quote or ""
    )


def _written(link: SkillLinkRecord) -> str:
    if not _SKILL.fullmatch(link.skill):
        raise InvalidInput(f"The skill '{link.skill[:60]}' cannot be written: use its slug.", field="skills")
    entry = "" if link.entry is None else f"{link.entry}>"
    quote = ' "' + link.quote.replace('"', '""') + '"' if link.quote else ""
    return f"{link.skill} {entry}{link.level}{quote}"
