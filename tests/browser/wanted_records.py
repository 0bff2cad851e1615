"""Wanted training for the browser tests: many and few wishes, words, a region, and a claim."""

from __future__ import annotations


def wanted_training(provider: str) -> None:
    """Wishes that everybody sees, some that only staff see, and a claim of the provider that is not answered yet."""
    from django.utils import timezone

    from synchromesh.accounts.models import Organisation
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.models import Brief, BriefOrigin
    from synchromesh.catalogue.operations.brief_claims import claim_brief
    from synchromesh.catalogue.queries.briefs import get_wanted_training
    from synchromesh.framework.queries.concepts import get_skill
    from synchromesh.places.models import Region

    skill = get_skill("isolate-hv")
    region = Region.objects.filter(level=2).order_by("code").first()
    columns = {"origin": BriefOrigin.GAP, "skill": skill, "level": 3}
    Brief.objects.create(wish="wanted-mt", language="mt", times=7, **columns)
    Brief.objects.create(wish="wanted-ga", language="ga", region=region, times=6, **columns)
    Brief.objects.create(wish="wanted-few", language="et", times=2, **columns)
    Brief.objects.create(wish="wanted-words", origin=BriefOrigin.SEARCH, words="laser cutting of foils", times=14)
    Brief.objects.create(wish="wanted-rare", origin=BriefOrigin.SEARCH, words="rare words", language="en", times=1)
    wanted = get_wanted_training({"words": "laser cutting of foils"}, visible_to=OPERATOR, today=timezone.localdate())
    claim_brief(by=OPERATOR, provider=Organisation.objects.get(slug=provider), wanted=wanted, texts_in="en")
