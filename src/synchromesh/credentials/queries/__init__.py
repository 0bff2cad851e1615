"""What is read of issuers, achievements, credentials and wallets."""
