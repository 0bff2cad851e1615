"""Addresses under `/achievements/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.achievements import views

app_name = "achievements"
urlpatterns = [
    path("", views.achievement_list, name="list"),
    path("<slug:slug>/", views.achievement_detail, name="detail"),
]
