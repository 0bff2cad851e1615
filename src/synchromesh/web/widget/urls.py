"""Addresses under `/widget/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.widget import views

app_name = "widget"
urlpatterns = [
    path("", views.embedding_code, name="code"),
    path("courses/", views.course_widget, name="courses"),
]
