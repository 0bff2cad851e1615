"""Addresses under `/framework/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.framework import feeds, views

app_name = "framework"
urlpatterns = [
    path("versions/", views.version_list, name="versions"),
    path("versions/<int:number>/", views.version_detail, name="version"),
    path("changes.rss", feeds.changes_rss, name="changes-rss"),
    path("changes.json", feeds.changes_json, name="changes-json"),
]
