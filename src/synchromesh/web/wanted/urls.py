"""Addresses under `/wanted/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.wanted import offer_views, views

app_name = "wanted"
urlpatterns = [
    path("", views.wanted_list, name="list"),
    path("offer/", offer_views.offer, name="offer"),
    path("claims/<uuid:uid>/give-up/", offer_views.give_up, name="give-up"),
    path("skills/<slug:slug>/", views.wanted_skill, name="skill"),
]
