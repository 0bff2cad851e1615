"""Addresses under `/fields/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.fields import views

app_name = "fields"
urlpatterns = [
    path("", views.field_list, name="list"),
    path("<slug:slug>/", views.field_detail, name="detail"),
]
