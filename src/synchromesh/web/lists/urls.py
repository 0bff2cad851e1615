"""Addresses under `/lists/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.lists import shared_views

app_name = "lists"
urlpatterns = [path("<str:key>/", shared_views.shared_list, name="shared")]
