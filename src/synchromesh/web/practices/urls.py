"""Addresses under `/practices/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.practices import review_views, views, writing_views

app_name = "practices"
urlpatterns = [
    path("", views.practice_list, name="list"),
    path("new/", writing_views.new, name="new"),
    path("mine/", writing_views.mine, name="mine"),
    path("review/", review_views.waiting, name="waiting"),
    path("<slug:slug>/", views.practice_detail, name="detail"),
    path("<slug:slug>/edit/", writing_views.edit, name="edit"),
    path("<slug:slug>/state/", writing_views.state, name="state"),
    path("<slug:slug>/review/", review_views.review, name="review"),
    path("<slug:slug>/we-did-this-too/", writing_views.reuse, name="reuse"),
]
