"""Addresses under `/groups/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.groups import document_views, meeting_views, people_views, views

app_name = "groups"
urlpatterns = [
    path("", views.group_list, name="list"),
    path("new/", views.new_group, name="new"),
    path("<slug:slug>/", views.group_detail, name="detail"),
    path("<slug:slug>/edit/", views.edit_group, name="edit"),
    path("<slug:slug>/join/", people_views.join, name="join"),
    path("<slug:slug>/people/", people_views.people, name="people"),
    path("<slug:slug>/meetings/new/", meeting_views.new_meeting, name="new-meeting"),
    path("<slug:slug>/meetings/<uuid:uid>/", meeting_views.meeting, name="meeting"),
    path("<slug:slug>/meetings/<uuid:uid>/edit/", meeting_views.edit_meeting, name="edit-meeting"),
    path("<slug:slug>/meetings/<uuid:uid>/meeting.ics", meeting_views.meeting_calendar, name="calendar"),
    path("<slug:slug>/documents/new/", document_views.new_document, name="new-document"),
    path("<slug:slug>/documents/<uuid:uid>/", document_views.document, name="document"),
    path("<slug:slug>/documents/<uuid:uid>/<int:number>/", document_views.document_file, name="file"),
]
