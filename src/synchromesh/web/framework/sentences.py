"""What differs between two versions, in sentences of the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from synchromesh.framework.queries.versions import VersionDifference


def title(difference: VersionDifference) -> str:
    """The heading of an entry in the list of changes."""
    return gettext("Skills framework, version %(number)s") % {"number": difference.newer.number}


def sentences(difference: VersionDifference) -> list[str]:
    """One short sentence for each kind of difference that there is; one that says so when there is none."""
    counted = {name: number for name, number in difference.counts.items() if number}
    found = [_words(name, number) % {"number": number} for name, number in counted.items()]
    return found or [gettext("Nothing differs.")]


def _words(name: str, number: int) -> str:  # noqa: C901 - one line for each kind, so that each can be translated
    match name:
        case "roles_added":
            return ngettext("%(number)s job role added.", "%(number)s job roles added.", number)
        case "roles_removed":
            return ngettext("%(number)s job role removed.", "%(number)s job roles removed.", number)
        case "skills_added":
            return ngettext("%(number)s skill added.", "%(number)s skills added.", number)
        case "skills_removed":
            return ngettext("%(number)s skill removed.", "%(number)s skills removed.", number)
        case "requirements_added":
            return ngettext("%(number)s requirement added.", "%(number)s requirements added.", number)
        case "requirements_removed":
            return ngettext("%(number)s requirement removed.", "%(number)s requirements removed.", number)
        case "requirements_changed":
            return ngettext("%(number)s requirement changed.", "%(number)s requirements changed.", number)
        case "anchors_changed":
            return ngettext("The words of %(number)s level changed.", "The words of %(number)s levels changed.", number)
        case "units_added":
            return ngettext("%(number)s line of skill cards added.", "%(number)s lines of skill cards added.", number)
        case "units_removed":
            return ngettext(
                "%(number)s line of skill cards removed.", "%(number)s lines of skill cards removed.", number
            )
        case "units_changed":
            return ngettext(
                "%(number)s line of skill cards changed.", "%(number)s lines of skill cards changed.", number
            )
        case _:
            return ngettext(
                "%(number)s requirement names another source.", "%(number)s requirements name another source.", number
            )
