"""Write the alliance's fields."""

from __future__ import annotations

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.framework.models import Topic
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import stable_uid


def save_topic(
    *, by: audit.Actor, slug: str, titles: dict[str, str], summaries: dict[str, str], position: int, **source: object
) -> Topic:
    """Create or update the field with this slug; `source` are columns of its provenance."""
    require(may_edit_framework(by), "Only alliance staff can change the fields.")
    with transaction.atomic():
        values = {"titles": titles, "summaries": summaries, "position": position, **source}
        topic, created = Topic.objects.get_or_create(
            slug=slug, defaults={**values, "uid": stable_uid("field", "framework", slug)}
        )
        differs = any(getattr(topic, name) != value for name, value in values.items())
        if not created and differs:
            Topic.objects.filter(pk=topic.pk).update(**values)
        if created or differs:
            audit.record(by=by, action="save_topic", kind="field", uid=topic.uid)
    return topic
