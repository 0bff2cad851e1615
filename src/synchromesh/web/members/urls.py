"""Addresses under `/members/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.members import desk_views, manage_views, views

app_name = "members"
urlpatterns = [
    path("", views.member_list, name="list"),
    path("members.csv", views.member_csv, name="csv"),
    path("apply/", views.apply, name="apply"),
    path("desk/", desk_views.desk, name="desk"),
    path("<slug:slug>/", views.member_detail, name="detail"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/manage/", manage_views.manage, name="manage"),
    path("<slug:slug>/details/", manage_views.details, name="details"),
]
