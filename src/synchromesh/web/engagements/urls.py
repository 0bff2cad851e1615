"""Addresses under `/engagements/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.engagements import editing_views, views

app_name = "engagements"
urlpatterns = [
    path("", views.engagement_list, name="list"),
    path("new/", editing_views.new_engagement, name="new"),
    path("<int:year>/", views.year_record, name="year"),
    path("<int:year>/engagements.csv", views.year_csv, name="year-csv"),
    path("<uuid:uid>/", views.engagement_detail, name="detail"),
    path("<uuid:uid>/slides/", views.slides, name="slides"),
    path("<uuid:uid>/edit/", editing_views.edit_engagement, name="edit"),
    path("<uuid:uid>/follow-up/", editing_views.follow_up, name="follow-up"),
]
