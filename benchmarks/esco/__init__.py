"""How long the official ESCO packs take to load and to look through."""
