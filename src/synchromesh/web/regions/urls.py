"""Addresses under `/regions/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.regions import editing_views, views

app_name = "regions"
urlpatterns = [
    path("", views.region_list, name="list"),
    path("compare/", views.compare, name="compare"),
    path("compare/regions.pdf", views.compare_pdf, name="compare-pdf"),
    path("add/", editing_views.add, name="add"),
    path("<str:code>/", views.region_detail, name="detail"),
    path("<str:code>/region.pdf", views.region_pdf, name="pdf"),
    path("<str:code>/edit/", editing_views.edit, name="edit"),
    path("<str:code>/facts/", editing_views.facts, name="facts"),
    path("<str:code>/contact/", editing_views.contact, name="contact"),
]
