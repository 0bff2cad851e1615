"""Symbols, restricted metals and proofs of conformity."""

from __future__ import annotations

import re

from synchromesh.engine.passport_models.examination import Examination

_LABELS = ("separate_collection", "ce_marking", "capacity")
_NOTIFIED_BODY = re.compile(r"[0-9]{4}", re.ASCII)
CADMIUM_LABEL = 0.002  # percent by mass, above which the label names the metal (Article 13)
LEAD_LABEL = 0.004
MOST_MERCURY = 0.0005
MOST_CADMIUM = 0.01
MOST_LEAD = 0.5  # believable in a battery that is not made of lead
_LEAD_ACID = "PB"


def examine(examination: Examination) -> None:
    """Report missing symbols, metals above their limits, and proofs that cannot be right."""
    named = {row.get("subject") for row in examination.rows("labels")}
    if named:
        for subject in _LABELS:
            if subject not in named:
                examination.report("labels", "label_missing", value=subject)
    _examine_metals(examination, named)
    body = examination.text("notified_body")
    if body and not _NOTIFIED_BODY.fullmatch(body):
        examination.report("notified_body", "notified_body_form", value=body)
    report = examination.text("test_report")
    if report and report == examination.text("declaration_of_conformity"):
        examination.report("test_report", "report_is_public")


def _examine_metals(examination: Examination, named: set[object]) -> None:
    mercury = examination.number("mercury_share")
    if mercury is not None and mercury > MOST_MERCURY:
        examination.report("mercury_share", "mercury_too_high", value=mercury)
    cadmium = examination.number("cadmium_share")
    if cadmium is not None and cadmium > MOST_CADMIUM:
        examination.report("cadmium_share", "cadmium_too_high", value=cadmium, most=MOST_CADMIUM)
    elif cadmium is not None and cadmium > CADMIUM_LABEL and "cadmium" not in named:
        examination.report("cadmium_share", "cadmium_label", value=cadmium)
    lead = examination.number("lead_share")
    of_lead = examination.chemistry is not None and examination.chemistry.code == _LEAD_ACID
    if lead is not None and lead > MOST_LEAD and not of_lead:
        examination.report("lead_share", "lead_too_high", value=lead, most=MOST_LEAD)
    elif lead is not None and lead > LEAD_LABEL and "lead" not in named:
        examination.report("lead_share", "lead_label", value=lead)
