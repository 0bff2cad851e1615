"""Addresses under `/complete/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.complete import views

urlpatterns = [path("", views.complete, name="complete")]
