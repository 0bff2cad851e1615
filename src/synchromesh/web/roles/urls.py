"""Addresses under `/roles/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.roles import reference_views, views

app_name = "roles"
urlpatterns = [
    path("", views.role_list, name="list"),
    path("compare/", reference_views.compare, name="compare"),
    path("<slug:slug>/", views.role_detail, name="detail"),
    path("<slug:slug>/details/", reference_views.details, name="details"),
    path("<slug:slug>/role.pdf", reference_views.role_pdf, name="sheet"),
    path("<slug:slug>/check/", views.role_check, name="check"),
    path("<slug:slug>/gap/", views.role_gap, name="gap"),
    path("<slug:slug>/path/", views.role_path, name="path"),
    path("<slug:slug>/path/save/", views.save_path, name="save"),
    path("<slug:slug>/path/wanted/", views.want_course, name="wanted"),
    path("<slug:slug>/path.pdf", views.path_pdf, name="pdf"),
    path("<slug:slug>/path.ics", views.path_calendar, name="calendar"),
]
