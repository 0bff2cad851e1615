"""Addresses without a language prefix: stable ids, the theme switch and what robots and monitors ask for."""
