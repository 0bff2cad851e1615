"""Schema changes, made by Django."""
