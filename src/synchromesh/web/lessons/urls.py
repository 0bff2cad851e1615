"""Addresses under `/lessons/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.lessons import views, writing_views

app_name = "lessons"
urlpatterns = [
    path("", views.lesson_list, name="list"),
    path("new/", writing_views.new, name="new"),
    path("mine/", writing_views.mine, name="mine"),
    path("<slug:slug>/", views.lesson_detail, name="detail"),
    path("<slug:slug>/versions/<int:number>/", views.lesson_version, name="version"),
    path("<slug:slug>/files/<uuid:uid>/", views.lesson_file, name="file"),
    path("<slug:slug>/use/", writing_views.use, name="use"),
    path("<slug:slug>/edit/", writing_views.edit, name="edit"),
    path("<slug:slug>/state/", writing_views.state, name="state"),
]
