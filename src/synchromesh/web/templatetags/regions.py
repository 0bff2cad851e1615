"""Figures of regions, in the reader's way of writing numbers."""

from __future__ import annotations

from django import template

from synchromesh.web.regions.comparing import figure_words

register = template.Library()
register.filter("figure_words", figure_words)
