"""Reads about people and organisations."""
