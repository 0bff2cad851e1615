"""Addresses under `/teach/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.teach import views
from synchromesh.web.teach.authoring_urls import authoring
from synchromesh.web.teach.tutoring_urls import tutoring

app_name = "teach"
urlpatterns = [
    path("", views.home, name="home"),
    path("courses/<slug:slug>/", views.course, name="course"),
    *authoring,
    *tutoring,
]
