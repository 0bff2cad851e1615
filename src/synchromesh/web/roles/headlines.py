"""The sentence that answers "what do I lack?", in full words."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext, pgettext

from synchromesh.framework.queries.nearness import RoleComparison
from synchromesh.pathways.queries.gaps import Gap
from synchromesh.pathways.queries.paths import TrainingPath
from synchromesh.plumbing.sources import Origin
from synchromesh.web.roles.path_words import title_of
from synchromesh.web.templatetags.synchromesh import hours, money


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
    values = {"count": _number_of_courses(count)}
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


def _number_of_courses(count: int) -> str:
    """One to nine as a word that begins a sentence; the context lets a language bend it to its word for course."""
    words = (
        pgettext("number of courses, first word of a sentence", "One"),
        pgettext("number of courses, first word of a sentence", "Two"),
        pgettext("number of courses, first word of a sentence", "Three"),
        pgettext("number of courses, first word of a sentence", "Four"),
        pgettext("number of courses, first word of a sentence", "Five"),
        pgettext("number of courses, first word of a sentence", "Six"),
        pgettext("number of courses, first word of a sentence", "Seven"),
        pgettext("number of courses, first word of a sentence", "Eight"),
        pgettext("number of courses, first word of a sentence", "Nine"),
    )
    return words[count - 1] if count <= len(words) else str(count)


def path_summary(path: TrainingPath) -> str:
    """Time and money in one line, "at least" where something is not known, and what is free."""
    if not path.steps:
        return ""
    price = path.plan.price_cents
    totals = {"time": hours(path.plan.minutes), "price": money(price)}
    if path.plan.at_least and price == 0:
        line = gettext("At least %(time)s in total. Some courses do not state their price or time.") % totals
    elif path.plan.at_least:
        line = (
            gettext("At least %(time)s and %(price)s in total. Some courses do not state their price or time.") % totals
        )
    elif price == 0:
        line = gettext("%(time)s in total, all free.") % totals
    else:
        line = gettext("%(time)s and %(price)s in total.") % totals
    free = sum(step.course.price_cents == 0 for step in path.steps)
    if 0 < free < len(path.steps):
        line += " " + ngettext("%(count)s course is free.", "%(count)s courses are free.", free) % {"count": free}
    examples = sum(step.course.origin == Origin.EXAMPLE for step in path.steps)
    if examples:
        line += " " + ngettext(
            "%(count)s course is an invented example.", "%(count)s courses are invented examples.", examples
        ) % {"count": examples}
    return line


def proof_sentence(path: TrainingPath) -> str:
    """Whether the path is proved to be the best, in words, and what an hour of the person's time counted as."""
    if not path.steps:
        return ""
    return f"{_proof(path)} {_hour_value(path)}"


def _proof(path: TrainingPath) -> str:
    if path.plan.proved and path.plan.at_least:
        return gettext(
            "Calculated exactly: no path needs fewer courses that do not state price or time, and of those paths none "
            "costs less, as far as stated."
        )
    if path.plan.proved:
        return gettext("Calculated exactly: among all courses listed here no path costs less.")
    return gettext(
        "The calculation ran out of time. This path costs %(objective)s counted in money and hours; "
        "no path can cost less than %(bound)s."
    ) % {"objective": money(round(path.plan.objective * 100)), "bound": money(round(path.plan.bound * 100))}


def _hour_value(path: TrainingPath) -> str:
    cents = path.wishes.hour_value_cents
    if cents == 0:
        return gettext("Your time does not count in this.")
    return gettext("An hour of your time counts as %(money)s.") % {"money": money(cents)}


def comparison_headline(found: RoleComparison) -> str:
    """How much of the second role somebody who fully meets the first one has already, in one sentence."""
    roles = {"first": title_of(found.first).text, "second": title_of(found.second).text}
    if found.fully_met == found.needed:
        return gettext("Somebody who fully meets %(first)s has all that %(second)s needs.") % roles
    if not found.shared:
        return gettext("Somebody who fully meets %(first)s has none of the skills of %(second)s yet.") % roles
    numbers = roles | {"met": found.fully_met, "total": found.needed, "part": found.partly_met}
    if not found.partly_met:
        return (
            ngettext(
                "Somebody who fully meets %(first)s already has %(met)s of %(total)s skill of %(second)s.",
                "Somebody who fully meets %(first)s already has %(met)s of %(total)s skills of %(second)s.",
                found.needed,
            )
            % numbers
        )
    return (
        ngettext(
            "Somebody who fully meets %(first)s already has %(met)s of %(total)s skill of %(second)s, "
            "and a part of %(part)s more.",
            "Somebody who fully meets %(first)s already has %(met)s of %(total)s skills of %(second)s, "
            "and a part of %(part)s more.",
            found.needed,
        )
        % numbers
    )
