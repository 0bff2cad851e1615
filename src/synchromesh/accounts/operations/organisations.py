"""Write organisations, and find the one that a file names."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from synchromesh.accounts.models import Organisation, OrganisationKindOf
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.places.models import Country
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.free_slugs import FreeSlugs
from synchromesh.plumbing.sources import stable_uid


def free_organisation_slug(name: str) -> str:
    """A slug from the name that no other organisation has."""
    return FreeSlugs(Organisation).take([wanted_organisation_slug(name)])[0]


def wanted_organisation_slug(name: str) -> str:
    """The slug that an organisation of this name gets if it is free."""
    return slugify(name)[:110] or "organisation"


def _ask_for_index(organisation: Organisation, *, renamed: bool) -> None:
    """Have the search read it anew; its courses are found by its name too, so that a new name changes many entries."""
    if renamed:
        jobs.enqueue("search.tasks.rebuild_index")
    else:
        jobs.enqueue("search.tasks.update_index", kind="organisation", uids=[str(organisation.uid)])


def save_organisation(
    *,
    by: audit.Actor,
    import_source: str,
    external_id: str,
    name: str,
    kinds: tuple[str, ...],
    country: str,
    **columns: Any,
) -> tuple[Organisation, bool]:
    """Create or update the organisation that an import knows by (source, id); returns it and whether it is new.

    `country` is a two-letter code or empty for unknown; `columns` are further columns of the record.
    """
    require(is_alliance_staff(by), "Only alliance staff can load organisations.")
    values = {**columns, "name": name, "country": Country.objects.filter(code=country).first()}
    with transaction.atomic():
        found = Organisation.objects.filter(import_source=import_source, external_id=external_id).first()
        if found is None:
            uid = stable_uid("organisation", import_source, external_id)
            slug = free_organisation_slug(name)
            found = Organisation.objects.create(
                uid=uid, slug=slug, import_source=import_source, external_id=external_id, **values
            )
            audit.record(by=by, action="save_organisation", kind="organisation", uid=found.uid)
            created = True
        else:
            created = False
            if any(getattr(found, key) != value for key, value in values.items()):
                Organisation.objects.filter(pk=found.pk).update(**values)
                audit.record(by=by, action="save_organisation", kind="organisation", uid=found.uid)
                _ask_for_index(found, renamed=found.name != name)
        for kind in kinds:
            OrganisationKindOf.objects.get_or_create(organisation=found, kind=kind)
    return found, created
