"""Addresses of tutoring, below `/teach/courses/<slug>/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from synchromesh.web.teach import (
    tutoring_attendance,
    tutoring_cohorts,
    tutoring_discussions,
    tutoring_imports,
    tutoring_learner,
    tutoring_learners,
    tutoring_marking,
    tutoring_pilots,
    tutoring_statistics,
)

tutoring: list[URLPattern] = [
    path("courses/<slug:slug>/learners/", tutoring_learners.learners, name="learners"),
    path("courses/<slug:slug>/learners/<uuid:uid>/", tutoring_learner.learner, name="learner"),
    path("courses/<slug:slug>/cohorts/", tutoring_cohorts.cohorts, name="cohorts"),
    path("courses/<slug:slug>/cohorts/<uuid:uid>/", tutoring_cohorts.cohort, name="cohort"),
    path("courses/<slug:slug>/cohorts/<uuid:uid>/import/", tutoring_imports.cohort_import, name="cohort-import"),
    path(
        "courses/<slug:slug>/cohorts/<uuid:uid>/attendance/<slug:unit>/",
        tutoring_attendance.attendance,
        name="attendance",
    ),
    path("courses/<slug:slug>/discussions/", tutoring_discussions.discussions, name="discussions"),
    path("courses/<slug:slug>/pilot/", tutoring_pilots.pilot, name="pilot"),
    path("courses/<slug:slug>/marking/", tutoring_marking.marking, name="marking"),
    path("courses/<slug:slug>/marking/<uuid:uid>/<int:position>/", tutoring_marking.mark, name="mark"),
    path("courses/<slug:slug>/statistics/", tutoring_statistics.statistics, name="statistics"),
]
