"""Addresses of tutoring, below `/teach/courses/<slug>/`."""

from __future__ import annotations

from django.urls import URLPattern

tutoring: list[URLPattern] = []
