"""Addresses of tutoring, below `/teach/courses/<slug>/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from synchromesh.web.teach import tutoring_learners, tutoring_marking, tutoring_statistics

tutoring: list[URLPattern] = [
    path("courses/<slug:slug>/learners/", tutoring_learners.learners, name="learners"),
    path("courses/<slug:slug>/marking/", tutoring_marking.marking, name="marking"),
    path("courses/<slug:slug>/marking/<uuid:uid>/<int:position>/", tutoring_marking.mark, name="mark"),
    path("courses/<slug:slug>/statistics/", tutoring_statistics.statistics, name="statistics"),
]
