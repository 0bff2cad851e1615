"""Addresses under `/organisations/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisation_list, name="list"),
    path("<slug:slug>/", views.organisation_detail, name="detail"),
]
