"""Addresses without a language prefix."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.permanent import views

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("id/<slug:kind>/<uuid:uid>", views.stable_address, name="stable-address"),
    path("theme", views.choose_theme, name="choose-theme"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
]
