"""Addresses under `/courses/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.courses import still_right_views, views

app_name = "courses"
urlpatterns = [
    path("", views.course_list, name="list"),
    path("<slug:slug>/", views.course_detail, name="detail"),
    path("<slug:slug>/leave/", views.course_leave, name="leave"),
    path("<slug:slug>/still-right/", still_right_views.still_right, name="still-right"),
]
