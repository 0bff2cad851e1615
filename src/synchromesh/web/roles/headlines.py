"""The sentence that answers "what do I lack?", in full words."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from synchromesh.pathways.queries.gaps import Gap
from synchromesh.pathways.queries.paths import TrainingPath
from synchromesh.web.templatetags.synchromesh import hours, money

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def gap_headline(gap: Gap, path: TrainingPath) -> str:
    """For example: "You meet 3 of 8 skills. Three courses close most of the rest." """
    total = len(gap.rows)
    if gap.met == total:
        return ngettext("You meet the skill of this job.", "You meet all %(total)s skills of this job.", total) % {
            "total": total
        }
    met = gettext("You meet %(met)s of %(total)s skills.") % {"met": gap.met, "total": total}
    return f"{met} {_what_closes(gap, path)}"


def _what_closes(gap: Gap, path: TrainingPath) -> str:
    count = len(path.steps)
    if count == 0:
        return gettext("No course that we know of closes the rest yet.")
    values = {"count": gettext(_NUMBERS[count]) if count < len(_NUMBERS) else count}
    if not path.unreachable:
        return ngettext("%(count)s course closes the rest.", "%(count)s courses close the rest.", count) % values
    fully = sum(not path.is_unreachable(row) for row in gap.open_rows)
    if 2 * fully > len(gap.open_rows):
        return (
            ngettext("%(count)s course closes most of the rest.", "%(count)s courses close most of the rest.", count)
            % values
        )
    return (
        ngettext("%(count)s course closes part of the rest.", "%(count)s courses close part of the rest.", count)
        % values
    )


def path_summary(path: TrainingPath) -> str:
    """Time and money in one line, "at least" where something is not known, and what is free."""
    if not path.steps:
        return ""
    totals = {"time": hours(path.plan.minutes), "price": money(path.plan.price_cents)}
    if path.plan.at_least:
        line = (
            gettext("At least %(time)s and %(price)s in total, because some courses do not state everything.") % totals
        )
    elif path.plan.price_cents == 0:
        line = gettext("%(time)s in total, all free.") % totals
    else:
        line = gettext("%(time)s and %(price)s in total.") % totals
    free = sum(step.course.price_cents == 0 for step in path.steps)
    if 0 < free < len(path.steps):
        line += " " + ngettext("%(count)s course is free.", "%(count)s courses are free.", free) % {"count": free}
    return line


def proof_sentence(path: TrainingPath) -> str:
    """Whether the path is proved to be the best, in words."""
    if not path.steps:
        return ""
    if path.plan.proved:
        return gettext("Among all courses listed here, no cheaper path exists. This was calculated exactly.")
    return gettext(
        "The calculation ran out of time. This path costs %(objective)s counted in money and hours; "
        "no path can cost less than %(bound)s."
    ) % {"objective": money(round(path.plan.objective * 100)), "bound": money(round(path.plan.bound * 100))}
