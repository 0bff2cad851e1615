"""Addresses under `/events/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.events import (
    calendar_views,
    check_in_views,
    editing_views,
    guest_views,
    list_views,
    material_views,
    own_views,
    people_views,
    ticket_views,
)

app_name = "events"
urlpatterns = [
    path("", list_views.event_list, name="list"),
    path("month/", list_views.month, name="month"),
    path("map/", list_views.event_map, name="map"),
    path("feed.ics", calendar_views.feed, name="feed"),
    path("mine/", own_views.mine, name="mine"),
    path("mine/<str:key>.ics", own_views.own_calendar, name="own-calendar"),
    path("organise/", editing_views.organised, name="organise"),
    path("add/", editing_views.add, name="add"),
    path("guest/<str:key>/", guest_views.guest, name="guest"),
    path("guest/<str:key>/certificate/", guest_views.guest_certificate, name="guest-certificate"),
    path("guest/<str:key>/materials/<uuid:uid>/", guest_views.guest_material, name="guest-material"),
    path("<slug:slug>.ics", calendar_views.event_file, name="file"),
    path("<slug:slug>/", list_views.detail, name="detail"),
    path("<slug:slug>/register/", ticket_views.register, name="register"),
    path("<slug:slug>/ticket/", ticket_views.ticket, name="ticket"),
    path("<slug:slug>/certificate/", ticket_views.certificate, name="certificate"),
    path("<slug:slug>/edit/", editing_views.edit, name="edit"),
    path("<slug:slug>/programme/", editing_views.programme, name="programme"),
    path("<slug:slug>/materials/", material_views.materials, name="materials"),
    path("<slug:slug>/materials/<uuid:uid>/", material_views.material, name="material"),
    path("<slug:slug>/people/", people_views.people, name="people"),
    path("<slug:slug>/people.csv", people_views.people_file, name="people-file"),
    path("<slug:slug>/feedback/", people_views.feedback, name="feedback"),
    path("<slug:slug>/check-in/", check_in_views.check_in, name="check-in"),
    path("<slug:slug>/check-in/sync/", check_in_views.sync, name="sync"),
    path("<slug:slug>/check-in/worker.js", check_in_views.worker, name="worker"),
]
