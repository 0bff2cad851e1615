"""Addresses under `/agreements/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreement_list, name="list"),
    path("new/", views.new_agreement, name="new"),
    path("<slug:slug>/", views.agreement_detail, name="detail"),
    path("<slug:slug>/edit/", views.edit_agreement, name="edit"),
]
