"""Addresses under `/for/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.interests import views

app_name = "interests"
urlpatterns = [
    path("", views.home, name="home"),
    path("policy-makers/figures.csv", views.figures_csv, name="figures"),
    path("<slug:audience>/", views.page, name="page"),
]
