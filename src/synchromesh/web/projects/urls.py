"""Addresses under `/projects/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.projects import edit_views, views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("projects.csv", views.project_csv, name="csv"),
    path("new/", edit_views.new_project, name="new"),
    path("<slug:slug>/", views.project_detail, name="detail"),
    path("<slug:slug>/edit/", edit_views.edit_project, name="edit"),
    path("<slug:slug>/parts/", edit_views.parts, name="parts"),
    path("<slug:slug>/files/<uuid:uid>/", views.deliverable_file, name="file"),
]
