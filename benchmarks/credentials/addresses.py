"""Time the addresses that stand in QR codes and signed files; run as `python -m benchmarks.credentials.addresses`.

A site with one credential, served as in production; one reader asks each address again and again. Prints the 95th
percentile of the answers as a ratio to its limit (1.00 is the limit), because milliseconds say more about the machine:
    page      /c/{code}: the signature is checked anew each time, limit 50 ms
    list      a status list of 131,072 places, signed once an hour, limit 50 ms
Look at the load of the machine, which is printed too. Nothing is asserted.
"""

from __future__ import annotations

import json
import os
import sys

import django

LIMIT_MS = 50
TIMES = 200


def fill() -> None:
    """Fill the site of this process's environment and print its addresses."""
    django.setup()
    from benchmarks.issuing.content import make_achievement_of_three_skills
    from django.core.management import call_command

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.operations.issuing import NewCredential, issue_credential

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    new = NewCredential(name="Zoë Müller-Šťastná", occasion="benchmark:1")
    credential = issue_credential(by=OPERATOR, achievement=make_achievement_of_three_skills(), new=new)
    addresses = {"page": f"/c/{credential.code}", "list": f"/id/status/{credential.status_list.uid}/revocation"}
    json.dump(addresses, sys.stdout)


def main() -> None:
    """Start the site, print a line for each address, and remove the site."""
    from benchmarks.pages.__main__ import answer_ms
    from benchmarks.pages.serving import running_site

    with running_site(content="benchmarks.credentials.addresses_content") as site:
        for name, path in json.loads(site.printed).items():
            ratio = answer_ms(site.address + path, times=TIMES) / LIMIT_MS
            print(f"credentials.{name}={ratio:.2f} load={os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
