"""What a walk over all addresses finds at the issuer's desk: an achievement, a list that waits, and a credential."""

from __future__ import annotations

import io
from collections.abc import Mapping

from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.credentials.operations.batches import preview_batch
from synchromesh.learning.operations.awarding import link_achievement

_HOLDER = {"name": "Zoë Müller", "language": "en", "once": "11111111-2222-4333-8444-555555555555"}
FORMS = {
    "/<language>/award/achievements/<slug>/": {"do": "two"},
    "/<language>/award/achievements/<slug>/issue/": _HOLDER,
    "/<language>/award/achievements/<slug>/ready/": {},
    "/<language>/award/credentials/<code>/": {"do": "withdraw", "reason": "error"},
    "/<language>/award/issuers/<slug>/keys/": {"do": "rotate"},
    "/<language>/award/lists/<uid>/": {"do": "cancel"},
    "/<language>/award/organisations/<slug>/": {"legal_name": "North Works"},
    "/<language>/teach/courses/<slug>/achievement/": {"do": "unlink"},
}


def make_award(
    people: Mapping[str, User | None], organisation: Organisation, course: Course
) -> dict[str, dict[str, str]]:
    """The organisation awards an achievement, which the course earns; `person` holds it.

    Returns the values for addresses, by how these begin.
    """
    achievement = an_achievement(an_issuer(organisation))
    link_achievement(by=OPERATOR, course=course, achievement=achievement)
    held = a_credential(achievement, person=people["person"])
    batch = preview_batch(by=OPERATOR, achievement=achievement, file=io.BytesIO(b"name\nIvo\n"), name="people.csv")
    slug, desk = {"slug": achievement.slug}, "/<language>/award/"
    return {
        f"{desk}organisations/": {"slug": organisation.slug},
        f"{desk}issuers/": {"slug": organisation.slug},
        f"{desk}achievements/": slug,
        f"{desk}lists/": {"uid": str(batch.uid)},
        f"{desk}credentials/": {"code": held.code},
        "/<language>/achievements/": slug,
        "/<language>/c/": {"code": held.code},
    }
