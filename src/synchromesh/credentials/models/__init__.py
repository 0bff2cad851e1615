"""Issuers and keys, achievements, credentials and their status, the transparency log, wallets."""

from synchromesh.credentials.models.achievements import (
    Achievement,
    AchievementKind,
    AchievementPart,
    AchievementSkill,
    AchievementVersion,
)
from synchromesh.credentials.models.batches import BatchState, IssueBatch, IssueRow
from synchromesh.credentials.models.credentials import (
    ClaimLink,
    Credential,
    CredentialEnvelope,
    CredentialState,
    PageDetail,
    StatusChange,
    StatusReason,
)
from synchromesh.credentials.models.issuers import (
    Issuer,
    KeyKind,
    KeyPurpose,
    KnownIssuer,
    KnownIssuerIdentifier,
    SigningKey,
    TrustedList,
)
from synchromesh.credentials.models.log import LogEntry, LogHead, LogNode, LogTip
from synchromesh.credentials.models.status_lists import StatusList
from synchromesh.credentials.models.wallet import (
    CredentialCollection,
    CredentialShare,
    HeldCredential,
    WalletNonce,
    WalletOffer,
    WalletRequest,
)

__all__ = [
    "Achievement",
    "AchievementKind",
    "AchievementPart",
    "AchievementSkill",
    "AchievementVersion",
    "BatchState",
    "ClaimLink",
    "Credential",
    "CredentialCollection",
    "CredentialEnvelope",
    "CredentialShare",
    "CredentialState",
    "HeldCredential",
    "IssueBatch",
    "IssueRow",
    "Issuer",
    "KeyKind",
    "KeyPurpose",
    "KnownIssuer",
    "KnownIssuerIdentifier",
    "LogEntry",
    "LogHead",
    "LogNode",
    "LogTip",
    "PageDetail",
    "SigningKey",
    "StatusChange",
    "StatusList",
    "StatusReason",
    "TrustedList",
    "WalletNonce",
    "WalletOffer",
    "WalletRequest",
]
