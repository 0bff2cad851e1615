"""Addresses under `/desk/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.desk import (
    course_views,
    crosswalk_views,
    duplicate_views,
    framework_subject_views,
    framework_views,
    invitation_views,
    mapping_views,
    provider_views,
    review_views,
    source_views,
    succession_views,
    upkeep_views,
    views,
    wanted_views,
)

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("imports/", views.import_list, name="imports"),
    path("imports/<uuid:uid>/", views.import_detail, name="import"),
    path("imports/<uuid:uid>/commit/", views.import_commit, name="import-commit"),
    path("imports/<uuid:uid>/undo/", views.import_undo, name="import-undo"),
    path("imports/<uuid:uid>/problems/", views.import_problems, name="import-problems"),
    path("sources/", source_views.source_list, name="sources"),
    path("sources/add/", source_views.add_source, name="add-source"),
    path("sources/<uuid:uid>/", source_views.source_detail, name="source"),
    path("duplicates/", duplicate_views.duplicate_list, name="duplicates"),
    path("duplicates/<uuid:uid>/", duplicate_views.duplicate_pair, name="duplicate"),
    path("providers/", provider_views.providers, name="providers"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("framework/", framework_views.framework, name="framework"),
    path("framework/skills/", framework_views.skill_list, name="framework-skills"),
    path("framework/skills/<str:slug>/", framework_subject_views.skill_detail, name="framework-skill"),
    path("framework/roles/", framework_views.role_list, name="framework-roles"),
    path("framework/roles/<str:slug>/", framework_subject_views.role_detail, name="framework-role"),
    path("crosswalk/", crosswalk_views.crosswalk, name="crosswalk"),
    path("crosswalk/<str:kind>/<str:slug>/", crosswalk_views.crosswalk_subject, name="crosswalk-subject"),
    path("skills/", succession_views.skill_changes, name="skill-changes"),
    path("skills/<str:kind>/", succession_views.prepare_skill_change, name="prepare-skill-change"),
    path("skills/changes/<uuid:uid>/", succession_views.skill_change, name="skill-change"),
    path("mapping/", mapping_views.mapping_list, name="mapping"),
    path("mapping/<slug:slug>/", mapping_views.mapping_detail, name="mapping-course"),
    path("upkeep/", upkeep_views.upkeep, name="upkeep"),
    path("wanted/", wanted_views.wanted, name="wanted"),
    path("organisations/<slug:slug>/", course_views.provider_home, name="provider"),
    path("organisations/<slug:slug>/courses/add/", course_views.new_course, name="new-course"),
    path("courses/<slug:slug>/", course_views.course, name="course"),
    path("organisations/<slug:slug>/invitations/", invitation_views.invitations, name="invitations"),
]
