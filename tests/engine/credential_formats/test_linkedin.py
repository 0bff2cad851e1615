"""LinkedIn's form gets what it asks for, and nothing about the holder."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from tests.engine.credential_formats.printed_records import FULL, LEAST

from synchromesh.engine.credential_formats.linkedin import add_to_profile_fields, add_to_profile_url


def test_the_fields_say_title_issuer_dates_and_where_to_check() -> None:
    assert add_to_profile_fields(FULL) == {
        "name": "High-voltage battery safety",
        "organizationName": "Example Skills Alliance",
        "issueYear": "2026",
        "issueMonth": "11",
        "expirationYear": "2029",
        "expirationMonth": "11",
        "certUrl": FULL.url,
        "certId": FULL.uid,
    }


def test_a_credential_without_an_end_states_none() -> None:
    assert not {"expirationYear", "expirationMonth"} & add_to_profile_fields(LEAST).keys()


def test_the_number_of_the_issuers_page_takes_the_place_of_its_name() -> None:
    fields = add_to_profile_fields(FULL, organization_id="1337")
    assert fields["organizationId"] == "1337"
    assert "organizationName" not in fields


def test_the_title_is_in_the_language_of_the_credential() -> None:
    german = replace(FULL, language="de")
    assert add_to_profile_fields(german)["name"] == "Sicherheit an Hochvoltbatterien"


def test_the_address_carries_the_fields_whatever_letters_they_have() -> None:
    titles = {"en": "Ασφάλεια & “A+B”?"}
    record = replace(FULL, achievement=replace(FULL.achievement, titles=titles))
    address = urlsplit(add_to_profile_url(record))
    assert (address.scheme, address.netloc, address.path) == ("https", "www.linkedin.com", "/profile/add")
    asked = parse_qs(address.query)
    assert asked["startTask"] == ["CERTIFICATION_NAME"]
    assert asked["name"] == [titles["en"]]
    assert FULL.holder.name not in address.query
