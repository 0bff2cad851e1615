"""Prices in schema.org offers: one amount is the price, several are words, none is unknown and never free."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.feeds.reading import only_course

from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.vocabulary.money import Money


def price_of(currency: str = "", **members: Any) -> tuple[Money | None, str]:
    document = {"@context": "https://schema.org", "@type": "Course", "name": "A", **members}
    found = only_course(schema_org, document, currency=currency)
    return found.price, found.price_text


def offer(price: object = None, **members: object) -> dict[str, object]:
    stated = {} if price is None else {"price": price, "priceCurrency": "EUR"}
    return {"@type": "Offer", **stated, **members}


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        (offer(240), (Money(cents=24000), "")), (offer("240.50"), (Money(cents=24050), "")),
        (offer(19.999), (Money(cents=2000), "")), (offer("1.200,00"), (Money(cents=120000), "")),
        (offer(0), (Money(cents=0), "")), (offer(category="Free"), (Money(cents=0), "")),
        (offer(240, description="plus travel"), (Money(cents=24000), "plus travel")),
        ([offer(240), offer(240, name="again")], (Money(cents=24000), "")),
        ([offer(200, name="Early bird"), offer(240, name="Regular")],
         (None, "Early bird: 200.00 EUR; Regular: 240.00 EUR")),
        ([offer(0, category="Free"), offer(49, category="Paid")], (None, "0.00 EUR; 49.00 EUR")),
        (offer(10, category="Subscription"), (None, "Subscription: 10.00 EUR")),
        (offer(category="Partially Free"), (None, "Partially Free")), (offer("on request"), (None, "on request EUR")),
        (offer(description="auf Anfrage"), (None, "auf Anfrage")), (offer(), (None, "")), (None, (None, "")),
        ("240 EUR", (Money(cents=24000), "")), ("on request", (None, "on request")),
        (offer(priceSpecification={"@type": "PriceSpecification", "price": 99, "priceCurrency": "CZK"}),
         (Money(cents=9900, currency="CZK"), "")),
        ({"@type": "AggregateOffer", "lowPrice": 100, "highPrice": 240, "priceCurrency": "EUR"},
         (None, "100.00 EUR – 240.00 EUR")),
        ({"@type": "AggregateOffer", "lowPrice": 9, "highPrice": 9, "priceCurrency": "EUR"}, (Money(cents=900), "")),
        ({"@type": "AggregateOffer", "offers": [offer(240)]}, (Money(cents=24000), "")),
        ({"@type": "Offer", "price": 240}, (None, "240")), ({"@type": "Offer", "price": "0"}, (Money(cents=0), "")),
    ],
)  # fmt: skip
def test_an_offer_states_a_price_or_words(offers: object, expected: tuple[Money | None, str]) -> None:
    assert price_of(offers=offers) == expected


def test_the_currency_of_the_settings_holds_where_an_offer_names_none() -> None:
    assert price_of(currency="CZK", offers={"@type": "Offer", "price": 240}) == (Money(cents=24000, currency="CZK"), "")


@pytest.mark.parametrize(
    ("stated", "free"), [(True, True), ("True", True), ("https://schema.org/True", True), (False, False), ("no", False)]
)
def test_a_course_that_says_so_is_free_unless_an_offer_names_an_amount(stated: object, free: bool) -> None:
    assert price_of(isAccessibleForFree=stated) == (Money(cents=0) if free else None, "")
    assert price_of(isAccessibleForFree=stated, offers=offer(10)) == (Money(cents=1000), "")


def test_the_offers_of_the_instances_count_where_the_course_has_none() -> None:
    def instances(*prices: int) -> list[dict[str, object]]:
        return [{"@type": "CourseInstance", "offers": [offer(price)]} for price in prices]

    assert price_of(hasCourseInstance=instances(240, 240)) == (Money(cents=24000), "")
    assert price_of(hasCourseInstance=instances(240, 240), offers=offer(99)) == (Money(cents=9900), "")
    assert price_of(hasCourseInstance=instances(240, 300)) == (None, "240.00 EUR; 300.00 EUR")
