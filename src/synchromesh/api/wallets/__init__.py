"""The protocols by which wallets take credentials (OpenID4VCI) and show them (OpenID4VP), as JSON for machines."""
