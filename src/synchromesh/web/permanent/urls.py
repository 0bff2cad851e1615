"""Addresses without a language prefix."""

from __future__ import annotations

from django.urls import include, path

from synchromesh.web.about.views import open_file
from synchromesh.web.permanent import views

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("", include("synchromesh.web.credentials.permanent_urls")),
    path("", include("synchromesh.web.passports.permanent_urls")),
    path("id/<slug:kind>/<uuid:uid>", views.stable_address, name="stable-address"),
    path("data/<str:name>", open_file, name="open-data-file"),
    path("theme", views.choose_theme, name="choose-theme"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
]
