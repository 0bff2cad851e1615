"""Addresses under `/news/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.news import digest_views, editing_views, feeds, views

app_name = "news"
urlpatterns = [
    path("", views.news_list, name="list"),
    path("feed.rss", feeds.news_rss, name="rss"),
    path("feed.atom", feeds.news_atom, name="atom"),
    path("drafts/", editing_views.drafts, name="drafts"),
    path("new/", editing_views.new_article, name="new"),
    path("digest/", digest_views.digest, name="digest"),
    path("digest/confirm/", digest_views.confirm, name="digest-confirm"),
    path("articles/<slug:slug>/", views.article, name="detail"),
    path("articles/<slug:slug>/edit/", editing_views.edit, name="edit"),
]
