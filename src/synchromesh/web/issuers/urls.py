"""Addresses under `/issuers/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.issuers import views

app_name = "issuers"
urlpatterns = [path("", views.issuer_list, name="list")]
