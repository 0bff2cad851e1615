"""Addresses of authoring, below `/teach/courses/<slug>/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from synchromesh.web.teach import (
    authoring_achievement_views,
    authoring_file_views,
    authoring_media_views,
    authoring_outline_views,
    authoring_people_views,
    authoring_preview_views,
    authoring_question_views,
    authoring_review_views,
    authoring_test_views,
    authoring_translate_views,
    authoring_unit_views,
    authoring_version_views,
)

_COURSE = "courses/<slug:slug>/"

authoring: list[URLPattern] = [
    path(f"{_COURSE}outline/", authoring_outline_views.outline, name="outline"),
    path(f"{_COURSE}units/<slug:key>/", authoring_unit_views.unit_edit, name="unit-edit"),
    path(f"{_COURSE}units/<slug:key>/translate/<slug:lang>/", authoring_translate_views.translate, name="translate"),
    path(f"{_COURSE}preview/<slug:key>/", authoring_preview_views.preview, name="preview"),
    path(f"{_COURSE}media/", authoring_media_views.media, name="media"),
    path(f"{_COURSE}versions/", authoring_version_views.versions, name="versions"),
    path(f"{_COURSE}review/", authoring_review_views.review, name="review"),
    path(f"{_COURSE}people/", authoring_people_views.people, name="people"),
    path(f"{_COURSE}achievement/", authoring_achievement_views.achievement, name="achievement"),
    path(f"{_COURSE}file/", authoring_file_views.file, name="file"),
    path(f"{_COURSE}questions/", authoring_question_views.questions, name="questions"),
    path(f"{_COURSE}questions/<slug:key>/", authoring_question_views.question, name="question"),
    path(f"{_COURSE}tests/", authoring_test_views.tests, name="tests"),
    path(f"{_COURSE}tests/<slug:key>/", authoring_test_views.test, name="test"),
]
