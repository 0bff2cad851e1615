"""Do the identifiers of a battery agree with each other?"""

from __future__ import annotations

from synchromesh.engine.passport_models import gs1
from synchromesh.engine.passport_models.examination import Examination
from synchromesh.engine.passport_models.model import ValueType, fields

_ADDRESSES = tuple(field.key for field in fields().values() if field.type is ValueType.ADDRESS)


def examine(examination: Examination) -> None:
    """Report identifiers with wrong check digits or that name something else, and a status without its history."""
    product, link = examination.text("product_identifier"), examination.text("passport_identifier")
    if gs1.is_gtin(product):
        _check_digit(examination, "product_identifier", product)
    if link:
        _compare_link(examination, link, product)
    category = examination.text("battery_category")
    if category and category != examination.kind:
        examination.report("battery_category", "category_differs", value=category, expected=examination.kind.value)
    _compare_status(examination, link)
    for key in _ADDRESSES:
        if examination.text(key).startswith("http://"):
            examination.report(key, "insecure_address")


def _check_digit(examination: Examination, key: str, gtin: str) -> None:
    expected = gs1.gtin_check_digit(gtin[:-1])
    if expected != gtin[-1]:
        examination.report(key, "gtin_check_digit", value=gtin, given=gtin[-1], expected=expected)


def _compare_link(examination: Examination, link: str, product: str) -> None:
    gtin, serial = gs1.keys_of_link(link)
    own_serial = examination.text("serial_number")
    sound = "product_identifier" not in examination.doubted
    if gtin and gs1.is_gtin(product) and sound and gtin.zfill(14) != product.zfill(14):
        examination.report("passport_identifier", "link_product_differs", given=gtin, expected=product)
    elif gtin and not (gs1.is_gtin(product) and sound):
        _check_digit(examination, "passport_identifier", gtin)
    if serial and own_serial and serial != own_serial:
        examination.report("serial_number", "link_serial_differs", given=serial, expected=own_serial)


def _compare_status(examination: Examination, link: str) -> None:
    """After reuse, repurposing or remanufacturing a new passport names the old one (Article 77(7))."""
    status, previous = examination.text("battery_status"), examination.text("previous_passport")
    stated = examination.stated("previous_passport")
    if previous and previous == link:
        examination.report("previous_passport", "previous_is_own")
    elif status in ("reused", "repurposed", "remanufactured") and (stated is None or not stated.value):
        examination.report("previous_passport", "previous_missing", status=status)
    elif status == "original" and previous:
        examination.report("previous_passport", "previous_unexpected")
