"""Addresses under `/about/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.about import views

app_name = "about"
urlpatterns = [
    path("", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("data/", views.data, name="data"),
    path("data/<slug:name>.<slug:format>", views.download, name="download"),
    path("help/", views.help_page, name="help"),
    path("languages/", views.languages, name="languages"),
]
