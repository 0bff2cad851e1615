"""Addresses under `/courses/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.courses import compare_views, feeds, review_views, still_right_views, views

app_name = "courses"
urlpatterns = [
    path("", views.course_list, name="list"),
    path("feed.rss", feeds.course_rss, name="rss"),
    path("calendar.ics", feeds.course_calendar, name="calendar"),
    path("compare/", compare_views.compare_courses, name="compare"),
    path("<slug:slug>/", views.course_detail, name="detail"),
    path("<slug:slug>/leave/", views.course_leave, name="leave"),
    path("<slug:slug>/reviews/", review_views.course_reviews, name="reviews"),
    path("<slug:slug>/reviews/mine/", review_views.own_review, name="own-review"),
    path("<slug:slug>/reviews/mine/delete/", review_views.delete_own_review, name="delete-own-review"),
    path("<slug:slug>/reviews/<uuid:uid>/answer/", review_views.answer_review, name="answer-review"),
    path("<slug:slug>/still-right/", still_right_views.still_right, name="still-right"),
]
