"""What schema.org offers say about a price. Where they name several amounts, none of them is the price."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from synchromesh.engine.feeds.readers._course_parts import one_of_each, read_price, shortened
from synchromesh.engine.feeds.readers._schema_nodes import SchemaNode
from synchromesh.engine.vocabulary.money import Money

__all__ = ["format_money", "read_offers"]

_PARTLY = ("subscription", "partially free", "partiallyfree")  # categories whose amount is not the price of the course
_DEEPEST = 3
_MOST = 1_000_000_000  # units of a currency; more is a slip of the keyboard
_CURRENCY = re.compile("[A-Z]{3}")


def read_offers(offers: Iterable[SchemaNode], *, currency: str) -> tuple[Money | None, str]:
    """The price that the offers state, and their words where they state none or more than one.

    `currency` holds where an offer names none. An offer without any amount is unknown, never free.
    """
    found = [_read_offer(offer, currency) for offer in _all_offers(offers, _DEEPEST)]
    prices = {price for price, _, _ in found if price is not None}
    if len(prices) <= 1:
        words = [text for _, text, _ in found]
    else:
        words = [_labelled(price, text or label) for price, text, label in found]
    text = shortened("; ".join(one_of_each(words)))
    return (prices.pop() if len(prices) == 1 else None), text


def format_money(price: Money) -> str:
    """An amount as people of any country read it: "240.50 EUR"."""
    return f"{Decimal(price.cents) / 100:.2f} {price.currency}"


def _all_offers(offers: Iterable[SchemaNode], depth: int) -> Iterable[SchemaNode]:
    for offer in offers:
        inner = offer.nodes("offers") if depth and "AggregateOffer" in offer.types else []
        if inner:
            yield from _all_offers(inner, depth - 1)
        else:
            yield offer


def _labelled(price: Money | None, text: str) -> str:
    amount = format_money(price) if price is not None else ""
    return ": ".join(part for part in (text, amount) if part)


def _read_offer(offer: SchemaNode, currency: str) -> tuple[Money | None, str, str]:
    """The price of an offer, its words, and its name."""
    category = offer.words("category").rstrip("/").rpartition("/")[2]
    is_text = not offer.types and not offer.has("price")
    words, label = offer.words("description"), "" if is_text else offer.words("name")
    stated = _amount(offer, "name", currency) if is_text else _stated_price(offer, currency)
    if isinstance(stated, str):
        return None, words or stated, label
    if category.casefold() in _PARTLY:
        return None, words or _labelled(stated, category), label
    if stated is None and category.casefold() == "free":
        stated = Money(cents=0, currency=currency or "EUR")
    return stated, words, label


def _stated_price(offer: SchemaNode, currency: str) -> Money | str | None:
    """The amount of an offer; words where it is none, None where there are not even words."""
    for node in (offer, *offer.nodes("priceSpecification")):
        stated = node.words("priceCurrency").upper() or currency
        if node.has("price"):
            return _amount(node, "price", stated)
        if node.has("lowPrice") or node.has("highPrice"):
            low, high = _amount(node, "lowPrice", stated), _amount(node, "highPrice", stated)
            if low == high or high in (None, ""):
                return low
            return " – ".join(_written(one) for one in (low, high) if one)
    return None


def _amount(node: SchemaNode, name: str, currency: str) -> Money | str | None:
    """The amount of a property, the words in its place, or None."""
    value = next(iter(node.values(name)), None)
    if isinstance(value, int | Decimal):
        number = node.number(name, least=0, most=_MOST)
        if number is None:
            return None
        if number == 0 or _CURRENCY.fullmatch(currency):
            return Money(cents=int((number * 100).to_integral_value()), currency=currency or "EUR")
        return f"{number:f} {currency}".strip()
    text = node.words(name)
    if not text:
        return None
    price = read_price(text, currency=currency)
    return price if price is not None else f"{text} {currency}".strip()


def _written(amount: Money | str) -> str:
    return format_money(amount) if isinstance(amount, Money) else amount
