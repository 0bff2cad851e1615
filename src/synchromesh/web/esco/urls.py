"""Addresses under `/esco/`; that of a concept ends as its European address does."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.esco import views

app_name = "esco"
urlpatterns = [
    path("", views.concept_list, name="list"),
    path("difference/", views.difference, name="difference"),
    path("<slug:family>/<str:code>/", views.concept_detail, name="concept"),
]
