"""Pages of the passport lab on a site with many passports; run as `python -m benchmarks.passports.lists`.

A site of its own (SQLite) gets so many passports, all but a few on the market: 500 of one person, 500 of an
organisation, and 500 that are shared with the person. Every page is asked for once to warm up and then many times in
this process; printed are the number of questions to the database, the median and the 95th percentile of the processor's
time in milliseconds (SQLite works in the same process; what else the machine does hardly counts), from a site with a
hundredth of the passports to the full one. The limits are those of `benchmarks.pages.limits`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.own_site import collect_files, set_up_site
from benchmarks.pages.asking import ask_page
from benchmarks.pages.limits import ANSWER_MS, QUERIES

SHARE = 500
PATTERNS = 60
TODAY = date(2026, 11, 23)
WORDS = ("North", "South", "Amber", "Cobalt", "Willow", "Granite", "Harbour", "Meadow", "Copper", "Saffron")


def main(given: Sequence[str]) -> int:
    """Fill the site twice, small and large, and ask for the pages; the exit code is 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.passports.lists", description=__doc__.splitlines()[0])
    parser.add_argument("--passports", type=int, default=10_000)
    arguments = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="synchromesh-passports-") as folder:
        set_up_site(Path(folder))
        collect_files()
        small = max(arguments.passports // 100, 10)
        fill(first=0, past=small)
        before = measure()
        fill(first=small, past=arguments.passports)
        after = measure()
    print(f"{'page':34}{'queries':>16}{'median ms':>18}{'p95 ms':>16}")
    for name, (queries, median, slow) in after.items():
        was = before[name]
        print(f"{name:34}{was[0]:>7} -> {queries:<5}{was[1]:>9.1f} -> {median:<6.1f}{was[2]:>8.1f} -> {slow:<6.1f}")
    return int(any(queries > QUERIES or slow > ANSWER_MS for queries, _, slow in after.values()))


def fill(*, first: int, past: int) -> None:
    """Passports with one version each; what they state takes turns among a few dozen invented batteries."""
    from django.utils import timezone

    from synchromesh.passports.models import Passport, PassportGrant, PassportVersion

    now, who = timezone.now(), _people()
    documents = _documents()
    made = [
        Passport(
            **_owner(number, who),
            title=f"{WORDS[number % 10]} {WORDS[number // 10 % 10]} pack {number}",
            kind=documents[number % PATTERNS]["battery_kind"],
            state="placed",
            number=1,
            gtin=f"02{number:011}0",
            serial=f"P{number:08}",
            made_at=now,
            changed_at=now - timedelta(seconds=number),
            published_at=now - timedelta(seconds=number),
            published_number=1,
        )
        for number in range(first, past)
    ]
    Passport.objects.bulk_create(made, batch_size=500)
    stored = dict(Passport.objects.filter(serial__gte=f"P{first:08}").values_list("serial", "pk"))
    versions, grants = [], []
    for number in range(first, past):
        row = stored[f"P{number:08}"]
        document = documents[number % PATTERNS]["document"]
        versions.append(PassportVersion(passport_id=row, number=1, data=document, made_by="operator", made_at=now))
        if SHARE * 2 <= number < SHARE * 3:
            ends = now + timedelta(days=30)
            grant = {"tier": "interest", "granted_by": "operator", "made_at": now, "ends_at": ends}
            grants.append(PassportGrant(passport_id=row, person=who["owner"], **grant))
    PassportVersion.objects.bulk_create(versions, batch_size=200)
    PassportGrant.objects.bulk_create(grants, batch_size=500)


def _people() -> dict[str, Any]:
    from synchromesh.accounts.models import Membership, Organisation, User

    people = {}
    for name in ("owner", "other"):
        email = f"{name}@example.org"
        people[name] = User.objects.filter(email=email).first() or User.objects.create_user(email=email, name=name)
    works = Organisation.objects.get_or_create(slug="pack-works", defaults={"name": "Pack Works"})[0]
    Membership.objects.get_or_create(person=people["owner"], organisation=works, defaults={"role": "editor"})
    return people | {"works": works}


def _owner(number: int, who: dict[str, Any]) -> dict[str, Any]:
    if number < SHARE:
        return {"owner": who["owner"]}
    return {"organisation": who["works"]} if number < SHARE * 2 else {"owner": who["other"]}


def _documents() -> list[dict[str, Any]]:
    from synchromesh.engine.passport_models.generating import generate_passport
    from synchromesh.engine.passport_models.model import BatteryKind
    from synchromesh.engine.passport_models.writing import as_document

    kinds = tuple(BatteryKind)
    found = [generate_passport(seed, kinds[seed % len(kinds)], today=TODAY) for seed in range(PATTERNS)]
    return [{"battery_kind": one.kind.value, "document": as_document(one)} for one in found]


def measure() -> dict[str, tuple[int, float, float]]:
    """Questions, median and 95th percentile of each page, with a search index of just now."""
    from django.test import Client
    from django.test.utils import override_settings

    from synchromesh.accounts.models import User
    from synchromesh.passports.models import Passport
    from synchromesh.search.operations import rebuild

    start = time.process_time()
    rebuild()
    print(f"the search index: {time.process_time() - start:.1f} s for {Passport.objects.count()} passports")
    visitor, owner = Client(), Client()
    owner.force_login(User.objects.get(email="owner@example.org"))
    last = (Passport.objects.count() + 29) // 30
    own = Passport.objects.get(serial="P00000001")
    pages = {
        "the lab": (visitor, "/en/passports/"),
        "the lab, signed in": (owner, "/en/passports/"),
        "on the market": (visitor, "/en/passports/all/"),
        "on the market, last page": (visitor, f"/en/passports/all/?page={last}"),
        "on the market, words and kind": (visitor, "/en/passports/all/?q=cobalt+pack&kind=ev"),
        "on the market, nothing found": (visitor, "/en/passports/all/?q=zirkon"),
        "on the market, a serial number": (visitor, "/en/passports/all/?q=P00000007"),
        "own": (owner, "/en/passports/mine/"),
        "own, page 20": (owner, "/en/passports/mine/?page=20"),
        "shared": (owner, "/en/passports/mine/?list=shared"),
        "one passport, a visitor": (visitor, f"/en/passports/{own.uid}/"),
        "one passport, its owner": (owner, f"/en/passports/{own.uid}/"),
        "behind a code": (visitor, f"/01/{own.gtin}/21/{own.serial}"),
        "the site's search": (visitor, "/en/search/?q=cobalt"),
    }
    with override_settings(ALLOWED_HOSTS=["testserver"], DEBUG=False):
        return {name: ask_page(client, address) for name, (client, address) in pages.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
