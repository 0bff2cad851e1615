"""Names of the product's fixed choices, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import upcoming_runs

register = template.Library()

SKILL_KINDS = {
    "skill": gettext_lazy("Skill"),
    "knowledge": gettext_lazy("Knowledge"),
    "competence": gettext_lazy("Key competence"),
}
ORGANISATION_KINDS = {
    "provider": gettext_lazy("Training provider"),
    "employer": gettext_lazy("Employer"),
    "region": gettext_lazy("Regional body"),
    "member": gettext_lazy("Alliance member"),
    "assessment-centre": gettext_lazy("Assessment centre"),
    "school": gettext_lazy("School"),
}
MEMBERSHIP_ROLES = {
    "member": gettext_lazy("Member"),
    "editor": gettext_lazy("Editor"),
    "manager": gettext_lazy("Manager"),
}
RATING_KINDS = {
    "self": gettext_lazy("your own answer"),
    "peer": gettext_lazy("a colleague"),
    "superior": gettext_lazy("your superior"),
    "assessed": gettext_lazy("assessed"),
    "credential": gettext_lazy("credential"),
}
BATCH_STATES = {
    "previewed": gettext_lazy("previewed, not written"),
    "committed": gettext_lazy("committed"),
    "undone": gettext_lazy("undone"),
}
FETCH_OUTCOMES = {
    "unchanged": pgettext_lazy("how a fetch ended", "nothing new"),
    "previewed": pgettext_lazy("how a fetch ended", "something new"),
    "committed": pgettext_lazy("how a fetch ended", "committed by itself"),
    "alarmed": pgettext_lazy("how a fetch ended", "stopped by an alarm"),
    "failed": pgettext_lazy("how a fetch ended", "failed"),
}
VERSION_STATES = {
    "draft": pgettext_lazy("state of a version", "draft"),
    "published": pgettext_lazy("state of a version", "in force"),
    "retired": pgettext_lazy("state of a version", "no longer in force"),
    "discarded": pgettext_lazy("state of a version", "discarded"),
}
EFFECTS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("same"),
    "kept": pgettext_lazy("what an import does to a row", "kept as it is"),
    "missing": pgettext_lazy("what an import does to a row", "missing in the file"),
}
# The words that sources use most; another word of a source is shown as it stands.
RECORD_TYPES = {
    "course": pgettext_lazy("kind of record", "course"),
    "course with exam": pgettext_lazy("kind of record", "course with exam"),
    "programme": pgettext_lazy("kind of record", "programme"),
    "certification": pgettext_lazy("kind of record", "certification"),
    "aggregate": pgettext_lazy("kind of record", "aggregate"),
}
MAPPING_STATES = {
    "unmapped": gettext_lazy("no skills yet"),
    "due": gettext_lazy("to check again"),
    "waiting": gettext_lazy("stated by a file"),
    "mapped": gettext_lazy("nothing to do"),
}
LINK_METHODS = {
    "hand": pgettext_lazy("how a link came about", "by hand"),
    "import": pgettext_lazy("how a link came about", "from a file"),
    "suggested": pgettext_lazy("how a link came about", "suggested by a program"),
}
UNIT_DEPTHS = {
    "unit": pgettext_lazy("part of a skill card", "Unit"),
    "element": pgettext_lazy("part of a skill card", "Element"),
    "criterion": pgettext_lazy("part of a skill card", "Performance criterion"),
}
MATCHES = {
    "exact": gettext_lazy("exactly this"),
    "close": gettext_lazy("nearly this"),
    "broad": gettext_lazy("the ESCO concept is wider"),
    "narrow": gettext_lazy("the ESCO concept is narrower"),
    "related": gettext_lazy("related"),
}


def _named(names: dict[str, Any], value: str) -> str:
    return gettext(str(names[value])) if value in names else value


@register.filter
def skill_kind_name(kind: str) -> str:
    """The name of a kind of skill."""
    return _named(SKILL_KINDS, kind)


@register.filter
def organisation_kind_name(kind: str) -> str:
    """The name of a kind of organisation."""
    return _named(ORGANISATION_KINDS, kind)


@register.filter
def membership_role_name(role: str) -> str:
    """The name of a role in an organisation."""
    return _named(MEMBERSHIP_ROLES, role)


@register.filter
def record_type_name(record_type: str) -> str:
    """What a source calls its record."""
    return str(RECORD_TYPES.get(record_type, record_type))


@register.filter
def rating_kind_name(kind: str) -> str:
    """How a level is known."""
    return _named(RATING_KINDS, kind)


@register.filter
def batch_status_name(status: str) -> str:
    """The state of an import."""
    return _named(BATCH_STATES, status)


@register.filter
def fetch_outcome_name(outcome: str) -> str:
    """How a fetch of a source ended."""
    return str(FETCH_OUTCOMES.get(outcome, outcome))


@register.filter
def version_status_name(status: str) -> str:
    """Whether a version of the framework is a draft, in force, or was."""
    return _named(VERSION_STATES, status)


@register.filter
def effect_name(effect: str) -> str:
    """What an import would do to a row."""
    return _named(EFFECTS, effect)


@register.filter
def mapping_state_name(state: str) -> str:
    """What there is to do about the skills of a course."""
    return _named(MAPPING_STATES, state)


@register.filter
def link_method_name(method: str) -> str:
    """How a link between a course and a skill came about."""
    return str(LINK_METHODS.get(method, method))


@register.filter
def match_name(match: str) -> str:
    """A SKOS match in plain words; broad means that the ESCO concept is the broader one (SKOS, section 10)."""
    return _named(MATCHES, match)


@register.filter
def unit_depth_name(depth: str) -> str:
    """The depth of a line of a skill card."""
    return str(UNIT_DEPTHS.get(depth, depth))


@register.filter
def next_run(course: Course) -> Run | None:
    """The next dated run of a course in a list, from runs that the query has already read."""
    return next((run for run in upcoming_runs(course.runs.all(), today=timezone.localdate()) if run.starts_on), None)
