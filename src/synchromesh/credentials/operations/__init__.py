"""What changes issuers, achievements, credentials and wallets."""
