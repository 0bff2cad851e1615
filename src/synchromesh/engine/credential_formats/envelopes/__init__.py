"""Envelopes of a credential: one module each, found by discovery.

The contract of an envelope module:

- `TITLE: str`: what a person calls it;
- `MEDIA_TYPE: str` and `ENDING: str` (without the dot) of a file of it;
- `IS_WRITTEN: bool`: whether the product issues it, or only checks it;
- `IS_BUNDLE: bool`, where it is true: the file holds several credentials, `record.parts`;
- `IS_BUNDLE: bool`, true and only there for an envelope of several credentials (`CredentialRecord.parts`);
- `accepts(data: bytes) -> bool`: whether a file looks like this envelope; must be quick, must not raise and must leave
  other envelopes alone;
- `seal(record: CredentialRecord, *, signer: Signer) -> bytes`: the signed file. The same record, key and instant give
  the same bytes wherever the signature's algorithm is deterministic. Raises InvalidInput for a record that it cannot
  say. Absent where `IS_WRITTEN` is false;
- `check(data: bytes, *, around: Surroundings) -> CheckedCredential`: the three verdicts. Never raises for what is in
  the file: a file that is no use at all ends in the verdict `could_not_check` or `altered` with its reason.
"""
