"""Why a record stands among the results although it does not have the words: what it has to do with their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_lazy

from synchromesh.catalogue.queries.filter_names import find_filter_names
from synchromesh.search.contract import Hit
from synchromesh.web.templatetags.synchromesh import plain

_COURSE_REASONS = {
    "skill": gettext_lazy("Teaches: %(name)s"),
    "role": gettext_lazy("Teaches a skill of the job role: %(name)s"),
    "field": gettext_lazy("In the field: %(name)s"),
}


def list_reasons(hits: Iterable[Hit]) -> dict[str, str]:
    """A few words for each hit that was found by meaning, by its uid. At most one query, none where there is no such.

    What a course has in common with the words is named; a skill or a role is itself what the words mean.
    """
    found = [hit for hit in hits if hit.because is not None]
    pairs = {hit.because for hit in found if hit.kind == "course" and hit.because}
    names = find_filter_names({group: {value for name, value in pairs if name == group} for group in _COURSE_REASONS})
    return {hit.uid: _reason(hit, names) for hit in found}


def _reason(hit: Hit, names: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    if hit.kind == "course" and hit.because is not None:
        group, value = hit.because
        if group in _COURSE_REASONS and value in names.get(group, {}):
            return str(_COURSE_REASONS[group]) % {"name": plain(names[group][value])}
    return gettext("Similar meaning")
