"""A trusted list says who keeps it, how new it is, and which services it trusted when; broken ones are refused."""

from __future__ import annotations

import pytest
from tests.engine.credential_formats.trusted_list_samples import (
    KEEPER,
    PROVIDER,
    STATUS,
    TIME_STAMPS,
    TYPE,
    Entry,
    authority,
    on,
    written_list,
)

from synchromesh.engine.credential_formats import trusted_list_xml
from synchromesh.engine.credential_formats.certificates import key_id_of
from synchromesh.engine.credential_formats.trusted_lists import TrustedListFile, TrustService, read_trusted_list
from synchromesh.engine.errors import InvalidInput

SERVICE = Entry(certificates=[authority().text])
ENDED = [("withdrawn", "2024-01-01T00:00:00Z"), ("granted", "2021-06-01T00:00:00Z")]


def read(*entries: Entry, **more: object) -> TrustedListFile:
    return read_trusted_list(written_list(entries, **more), name="list.xml")  # type: ignore[arg-type]


def only(entry: Entry) -> TrustService:
    (service,) = read(entry).services
    return service


def test_a_list_says_who_keeps_it_and_how_new_it_is() -> None:
    found = read(SERVICE, number=7)
    assert (found.operator, found.name, found.territory) == (KEEPER, "XX: Example list", "EL")
    assert (found.sequence_number, found.issued_at) == (7, on(2026, 10, 1))
    assert found.next_update_at == on(2027, 3, 1)
    assert not found.bears_signature
    assert read(SERVICE, renewed_by="").next_update_at is None
    assert read(SERVICE, signature='<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>').bears_signature


def test_a_service_comes_with_provider_type_status_and_certificates() -> None:
    service = only(SERVICE)
    assert (service.position, service.provider, service.provider_url) == ("entry 1", PROVIDER, "https://trust.example/")
    assert (service.name, service.type) == ("Qualified seals", TYPE)
    assert (service.statuses[0].status, service.statuses[0].since) == (f"{STATUS}granted", on(2020, 5, 5))
    (held,) = service.certificates
    assert (held.der, held.key_id) == (authority().der, key_id_of(authority().certificate))


@pytest.mark.parametrize(
    ("status", "since", "before", "trusted"),
    [
        ("granted", "2020-05-05T00:00:00Z", [], (on(2020, 5, 5), None)),
        ("granted", "2016-07-01T00:00:00Z", [("undersupervision", "2010-01-01T00:00:00Z")], (on(2010, 1, 1), None)),
        ("withdrawn", "2024-01-01T00:00:00Z", ENDED[1:], (on(2021, 6, 1), on(2024, 1, 1))),
        ("granted", "2025-01-01T00:00:00Z", ENDED, (on(2025, 1, 1), None)),
        ("withdrawn", "2026-01-01T00:00:00Z", ENDED, (on(2021, 6, 1), on(2024, 1, 1))),
        ("withdrawn", "2026-01-01T00:00:00Z", [], None),
        ("somethingnew", "2026-01-01T00:00:00Z", [], None),
    ],
)
def test_a_service_was_trusted_while_its_status_was_good(
    status: str, since: str, before: list[tuple[str, str]], trusted: tuple[object, object] | None
) -> None:
    assert only(Entry(certificates=[authority().text], status=status, since=since, before=before)).trusted == trusted


def test_services_that_cannot_be_read_are_left_out_with_their_place() -> None:
    found = read(
        SERVICE,
        Entry(certificates=["AAAA"], provider="Broken"),
        Entry(certificates=["§"]),
        Entry(certificates=["A" * 30_000]),
        Entry(since="yesterday"),
        Entry(provider=""),
        Entry(type=TIME_STAMPS),
    )
    assert [one.position for one in found.services] == ["entry 1", "entry 7"]
    assert [one.position for one in found.problems] == [f"entry {number}" for number in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a/>",
        b"\x00\x01",
        written_list([], before='<!DOCTYPE x [<!ENTITY a "b">]>'),
        written_list([], before="<!DOCTYPE TrustServiceStatusList>"),
        written_list([]).replace(b"SchemeOperatorName", b"SomethingElse"),
        written_list([]).replace(b">12<", b">twelve<"),
        written_list([]).replace(b"2026-10-01T00:00:00Z", b"2026-10-01"),
        written_list([])[:-30],
        b"<a>" * 100 + b"</a>" * 100,
    ],
)
def test_what_is_no_such_list_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"list\.xml"):
        read_trusted_list(data, name="list.xml")


def test_a_list_is_bounded_in_size_and_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written_list([SERVICE])
    monkeypatch.setattr(trusted_list_xml, "_MOST_ELEMENTS", 20)
    with pytest.raises(InvalidInput, match="too many"):
        read_trusted_list(data, name="list.xml")
    monkeypatch.setattr(trusted_list_xml, "MOST_BYTES", len(data) - 1)
    with pytest.raises(InvalidInput, match="bytes"):
        read_trusted_list(data, name="list.xml")
