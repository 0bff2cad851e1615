"""How long suggestions take while somebody types."""
