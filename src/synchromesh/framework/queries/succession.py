"""Names that a skill had before it was retired or renamed: what an import may still say."""

from __future__ import annotations

from synchromesh.framework.models import Address, Skill


def list_retired_names(*, source: str) -> dict[str, str]:
    """By slug, uid and, within the import source, external id of each retired skill: the slugs of its successors."""
    found: dict[str, str] = {}
    for skill in Skill.objects.exclude(retired_at=None).prefetch_related("successors"):
        successors = ", ".join(sorted(successor.slug for successor in skill.successors.all()))
        own = {skill.external_id} if skill.external_id and skill.import_source == source else set()
        found |= dict.fromkeys({skill.slug, str(skill.uid), *own}, successors)
    return found | {former: skill.slug for former, skill in find_former_slugs().items()}


def find_former_slugs() -> dict[str, Skill]:
    """The skill in force that each former slug leads to; a slug that a skill in force has now is no former one."""
    skills = {skill.uid: skill for skill in Skill.objects.filter(retired_at=None)}
    taken = {skill.slug for skill in skills.values()}
    addresses = Address.objects.filter(kind="skill", uid__in=skills).exclude(slug__in=taken)
    return {address.slug: skills[address.uid] for address in addresses}
