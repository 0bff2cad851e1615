"""Which addresses count as public; the ranges are those of the IANA registries."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.plumbing.public_addresses import is_public, may_be_reached

CLOSED = [
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2a00::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]
OPEN = [
    "1.1.1.1",
    "8.8.8.8",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "193.99.144.80",
    "2a00:1450::1",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_inside_a_house_or_with_a_special_meaning_is_not_reached(address: str) -> None:
    assert not may_be_reached(address)


@pytest.mark.parametrize("address", OPEN)
def test_an_address_on_the_public_internet_is_reached(address: str) -> None:
    assert may_be_reached(address)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_or_special_is_never_public(address: IPv4Address) -> None:
    special = address.is_private or address.is_multicast or address.is_reserved or address.is_link_local
    assert not (special and is_public(address))


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_outside_global_unicast_is_public_unless_it_stands_for_a_public_ipv4_one(
    address: IPv6Address,
) -> None:
    if is_public(address):
        assert address in ip_network("2000::/3") or is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        assert not any((address.is_multicast, address.is_link_local, address.is_loopback, address.ipv4_mapped))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_written_as_a_mapped_ipv6_one_is_never_reached(address: IPv4Address) -> None:
    assert not may_be_reached(f"::ffff:{address}")


def test_a_network_that_was_allowed_opens_itself_and_nothing_beside_it() -> None:
    allowed = (IPv4Network("127.0.0.1/32"),)
    assert may_be_reached("127.0.0.1", allowed=allowed)
    assert not may_be_reached("127.0.0.2", allowed=allowed)
    assert not may_be_reached("::1", allowed=allowed)
    assert not is_public(ip_address("127.0.0.1"))
