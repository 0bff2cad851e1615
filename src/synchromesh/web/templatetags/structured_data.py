"""What a page is about in the words of schema.org, for search engines and for sites that read courses from pages.

The tags write a data block (`<script type="application/ld+json">`). That is no script: browsers never run it, and a
content security policy is not asked about it (https://html.spec.whatwg.org/multipage/scripting.html#data-block).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

from synchromesh.accounts.models import Organisation, OrganisationKind
from synchromesh.catalogue.models import Course
from synchromesh.engine.feeds.readers.schema_org import course_node, organisation_node
from synchromesh.site.open_data.public_records import public_record, stable_address

register = template.Library()

# As escapes of JSON these signs mean the same, and neither "</script>" nor "<!--" can stand in the block.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
_TEACHING = {OrganisationKind.PROVIDER, OrganisationKind.SCHOOL}


@register.simple_tag
def course_data(course: Course) -> SafeString:
    """The course as data. Its skills, runs, fields and provider with country must have been fetched."""
    record = public_record(course)
    return _block({"@id": record.position, **course_node(record)})


@register.simple_tag
def organisation_data(organisation: Organisation) -> SafeString:
    """The organisation as data. Its kinds must have been fetched."""
    node = organisation_node(
        organisation.name,
        country=organisation.country.code if organisation.country else "",
        url=organisation.url,
        teaches=any(row.kind in _TEACHING for row in organisation.kinds.all()),
    )
    return _block({"@id": stable_address("organisation", organisation.uid), **node})


def _block(node: Mapping[str, object]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False, allow_nan=False)
    data = text.translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - escaped just above
