"""Addresses of learning, below `/courses/<slug>/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.courses.learning import (
    answer_views,
    attempt_views,
    discussion_views,
    file_views,
    offline_views,
    start_views,
    unit_views,
)

app_name = "learn"
urlpatterns = [
    path("learn/", start_views.start, name="start"),
    path("result/", start_views.result, name="result"),
    path("join/<str:key>/", start_views.join, name="join"),
    path("media/<str:name>", file_views.media, name="media"),
    path("answers/<uuid:uid>/", file_views.answer_file, name="answer-file"),
    path("learn/<slug:unit>/", unit_views.unit, name="unit"),
    path("learn/<slug:unit>/discussion/", discussion_views.discussion, name="discussion"),
    path("learn/<slug:unit>/offline/", offline_views.offline, name="offline"),
    path("learn/<slug:unit>/attempt/", attempt_views.begin, name="begin"),
    path("learn/<slug:unit>/attempt/<uuid:uid>/", attempt_views.attempt, name="attempt"),
    path("learn/<slug:unit>/attempt/<uuid:uid>/<int:position>/", answer_views.question, name="question"),
    path("learn/<slug:unit>/attempt/<uuid:uid>/result/", attempt_views.attempt_result, name="attempt-result"),
]
