"""Background work of credentials."""
