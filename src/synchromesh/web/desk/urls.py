"""Addresses under `/desk/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.desk import invitation_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("imports/", views.import_list, name="imports"),
    path("imports/<uuid:uid>/", views.import_detail, name="import"),
    path("imports/<uuid:uid>/commit/", views.import_commit, name="import-commit"),
    path("imports/<uuid:uid>/undo/", views.import_undo, name="import-undo"),
    path("imports/<uuid:uid>/problems.csv", views.import_problems, name="import-problems"),
    path("organisations/<slug:slug>/invitations/", invitation_views.invitations, name="invitations"),
]
