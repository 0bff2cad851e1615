"""Every reason that a verdict can give, as a code; `sentences.py` holds the English of each.

The codes are part of the JSON interface: they may grow, but never change their meaning.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a line of a verdict says what it says."""

    # What kind of file it is
    UNKNOWN_FORMAT = "unknown_format"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    DUPLICATE_NAME = "duplicate_name"
    UNSAFE_NUMBER = "unsafe_number"
    NOT_A_CREDENTIAL = "not_a_credential"
    INVALID_FIELD = "invalid_field"
    NOTHING_INSIDE = "nothing_inside"
    CHECK_FAILED = "check_failed"

    # Signature
    SIGNATURE_GOOD = "signature_good"
    HOSTED_AS_STATED = "hosted_as_stated"
    HOSTED_DIFFERS = "hosted_differs"
    HOSTED_UNREACHABLE = "hosted_unreachable"
    HOSTED_WITHDRAWN = "hosted_withdrawn"
    SIGNATURE_BAD = "signature_bad"
    SIGNATURE_UNREADABLE = "signature_unreadable"
    NOT_SIGNED = "not_signed"
    PROOF_UNKNOWN = "proof_unknown"
    PROOF_INVALID = "proof_invalid"
    PROOF_CHAIN_BROKEN = "proof_chain_broken"
    PROOF_EXPIRED = "proof_expired"
    PROOF_OF_ANOTHER_PURPOSE = "proof_of_another_purpose"
    ALGORITHM_REFUSED = "algorithm_refused"
    KEY_UNREACHABLE = "key_unreachable"
    KEY_METHOD_UNKNOWN = "key_method_unknown"
    KEY_NOT_LISTED = "key_not_listed"
    KEY_OF_ANOTHER = "key_of_another"
    KEY_OF_ANOTHER_PURPOSE = "key_of_another_purpose"
    KEY_NO_LONGER_USED = "key_no_longer_used"
    KEY_UNREADABLE = "key_unreadable"
    UNKNOWN_CONTEXT = "unknown_context"
    CONTEXT_REFUSED = "context_refused"
    UNDEFINED_TERM = "undefined_term"
    NOT_JSON_LD = "not_json_ld"
    GRAPH_TOO_LARGE = "graph_too_large"
    GRAPH_TOO_HARD = "graph_too_hard"

    # Signature: seals with a certificate, and pages
    SEAL_GOOD = "seal_good"
    SEAL_SELF_MADE = "seal_self_made"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_OUT_OF_DATE = "certificate_out_of_date"
    PAGES_NOT_SIGNED = "pages_not_signed"
    PAGES_SIGNED = "pages_signed"
    PAGES_CHANGED = "pages_changed"
    PAGES_NOT_CHECKED = "pages_not_checked"
    PAGES_SIGNED_ONLY = "pages_signed_only"
    PDF_UNREADABLE = "pdf_unreadable"
    OLD_EUROPASS_XML = "old_europass_xml"

    # Status
    STATUS_NONE_STATED = "status_none_stated"
    STATUS_CLEAR = "status_clear"
    STATUS_LAST_KNOWN = "status_last_known"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    STATUS_LIST_UNREACHABLE = "status_list_unreachable"
    STATUS_LIST_INVALID = "status_list_invalid"
    STATUS_LIST_NOT_SIGNED = "status_list_not_signed"
    STATUS_TYPE_UNKNOWN = "status_type_unknown"
    SIGNATURE_NOT_PROVED = "signature_not_proved"

    # Issuer
    ISSUER_KNOWN = "issuer_known"
    ISSUER_NO_LONGER_KNOWN = "issuer_no_longer_known"
    ISSUER_VOUCHED_FOR = "issuer_vouched_for"
    ISSUER_VOUCHED_FOR_BY_OLD_LIST = "issuer_vouched_for_by_old_list"
    ISSUER_NO_LONGER_VOUCHED_FOR = "issuer_no_longer_vouched_for"
    TRUSTED_LIST_TOO_OLD = "trusted_list_too_old"
    ISSUER_UNKNOWN = "issuer_unknown"
    ISSUER_NOT_PROVED = "issuer_not_proved"
    REGISTRY_UNREACHABLE = "registry_unreachable"
    ISSUER_KEY_FROM_FILE = "issuer_key_from_file"

    # Transparency log
    LOG_RECORDED = "log_recorded"
    LOG_KEY_FROM_FILE = "log_key_from_file"
    LOG_LATER_THAN_STATED = "log_later_than_stated"
    LOG_CONTRADICTED = "log_contradicted"
    LOG_NOT_CHECKED = "log_not_checked"
