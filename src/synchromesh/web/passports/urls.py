"""Addresses under `/passports/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.passports import (
    check_views,
    class_views,
    edit_views,
    event_views,
    file_views,
    glance_views,
    matrix_views,
    request_views,
    share_views,
    start_views,
    version_views,
    views,
)

app_name = "passports"
urlpatterns = [
    path("", views.home, name="home"),
    path("all/", views.published, name="published"),
    path("mine/", views.mine, name="mine"),
    path("check/", check_views.check, name="check"),
    path("fields/", matrix_views.matrix, name="matrix"),
    path("start/", start_views.start, name="start"),
    path("classes/", class_views.classes, name="classes"),
    path("classes/start/", class_views.start_class, name="class-start"),
    path("classes/<uuid:uid>/", class_views.class_page, name="class"),
    path("classes/<uuid:uid>/ask/<int:number>/", request_views.ask, name="ask"),
    path("classes/<uuid:uid>/requests/<uuid:request_uid>/", request_views.request_page, name="request"),
    path("<uuid:uid>/", glance_views.glance, name="glance"),
    path("<uuid:uid>/print/", glance_views.sheet, name="print"),
    path("<uuid:uid>/code.svg", file_views.code, name="code"),
    path("<uuid:uid>/files/", file_views.files, name="files"),
    path("<uuid:uid>/files/<slug:name>", file_views.export, name="export"),
    path("<uuid:uid>/versions/", version_views.versions, name="versions"),
    path("<uuid:uid>/versions/back/", version_views.restore, name="restore"),
    path("<uuid:uid>/versions/<int:first>/<int:second>/", version_views.difference, name="difference"),
    path("<uuid:uid>/edit/", edit_views.overview, name="edit"),
    path("<uuid:uid>/edit/<slug:category>/", edit_views.category, name="category"),
    path("<uuid:uid>/events/", event_views.events, name="events"),
    path("<uuid:uid>/share/", share_views.share, name="share"),
    path("<uuid:uid>/sign/", share_views.sign, name="sign"),
    path("<uuid:uid>/copy/", start_views.copy, name="copy"),
    path("<uuid:uid>/remove/", start_views.remove, name="remove"),
]
