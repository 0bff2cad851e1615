"""Demo accounts for `make run`: one of each kind, with passwords made here and printed once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin

WORDS = (
    "amber", "anvil", "beacon", "birch", "bolt", "canal", "cedar", "clover", "cobalt", "copper", "coral", "delta",
    "ember", "falcon", "fern", "flint", "garnet", "harbor", "hazel", "indigo", "iris", "jasper", "juniper", "kayak",
    "lagoon", "lantern", "linen", "maple", "marble", "meadow", "nickel", "oasis", "ochre", "olive", "onyx", "opal",
    "orchard", "pebble", "pine", "piston", "prairie", "quartz", "raven", "ribbon", "river", "rowan", "saffron", "sage",
    "silver", "slate", "spruce", "summit", "tandem", "thistle", "timber", "topaz", "tulip", "velvet", "violet",
    "walnut", "willow", "yarrow", "zephyr", "zinc",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """An account and its password, which is not kept anywhere."""

    email: str
    what: str
    password: str


_ACCOUNTS = (
    ("worker@example.org", "Alex Worker", "a worker", False),
    ("provider@example.org", "Pat Provider", "manages an example training provider", False),
    ("staff@example.org", "Sam Staff", "alliance staff", True),
)


def make_demo_accounts(*, by: audit.Actor, renew: bool = False) -> list[DemoAccount]:
    """Create the demo accounts that are missing (all of them anew with `renew`) and return those with a new password.

    The provider's account manages the first example provider, also when that was removed and loaded again.
    """
    require(is_operator(by), "Only the operator makes demo accounts.")
    made = []
    with transaction.atomic():
        for email, name, what, staff in _ACCOUNTS:
            person = User.objects.filter(sign_in_name=email).first()
            if person is None or renew:
                password = _new_password()
                if person is None:
                    person = User.objects.create_user(email=email, name=name, origin="example", is_alliance_staff=staff)
                person.set_password(password)
                person.save()
                audit.record(by=by, action="make_demo_account", kind="person", uid=person.uid)
                made.append(DemoAccount(email=email, what=what, password=password))
            if email.startswith("provider"):
                _make_manager(person)
    return made


def _new_password() -> str:
    return "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"


def _make_manager(person: User) -> None:
    provider = Organisation.objects.filter(origin=Origin.EXAMPLE, kinds__kind="provider").order_by("name", "pk").first()
    if provider is not None:
        Membership.objects.get_or_create(
            person=person, organisation=provider, defaults={"role": MembershipRole.MANAGER}
        )
