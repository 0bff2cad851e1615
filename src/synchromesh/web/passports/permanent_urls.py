"""Addresses of the lab without a language: those in QR codes and in JSON-LD. They never change."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.passports import file_views, glance_views

urlpatterns = [
    path("01/<str:gtin>/21/<str:serial>", glance_views.digital_link, name="passport-link"),
    path("passports/fields/<slug:key>", file_views.field_word, name="passport-field"),
]
