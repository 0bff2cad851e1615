"""Addresses under `/award/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.award import (
    achievement_views,
    credential_views,
    issue_views,
    issuer_views,
    key_views,
    list_views,
    ready_views,
    registry_views,
    views,
)

app_name = "award"
urlpatterns = [
    path("", views.home, name="home"),
    path("registry/", registry_views.registry, name="registry"),
    path("organisations/<slug:slug>/", issuer_views.details, name="details"),
    path("issuers/<slug:slug>/", issuer_views.issuer, name="issuer"),
    path("issuers/<slug:slug>/keys/", key_views.keys, name="keys"),
    path("issuers/<slug:slug>/add/", achievement_views.new_achievement, name="new-achievement"),
    path("achievements/<slug:slug>/", achievement_views.achievement, name="achievement"),
    path("achievements/<slug:slug>/edit/", achievement_views.edit, name="edit-achievement"),
    path("achievements/<slug:slug>/issue/", issue_views.issue, name="issue"),
    path("achievements/<slug:slug>/lists/", list_views.lists, name="lists"),
    path("achievements/<slug:slug>/ready/", ready_views.ready, name="ready"),
    path("achievements/<slug:slug>/issued/", credential_views.issued, name="issued"),
    path("lists/<uuid:uid>/", list_views.issue_list, name="list"),
    path("credentials/<str:code>/", credential_views.credential, name="credential"),
]
