"""Addresses of authoring, below `/teach/courses/<slug>/`."""

from __future__ import annotations

from django.urls import URLPattern

authoring: list[URLPattern] = []
