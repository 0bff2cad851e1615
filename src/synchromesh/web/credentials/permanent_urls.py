"""Addresses of credentials without a language: those in QR codes and in signed files. They never change."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.credentials import credential_views, log_views, record_views, verify_views

urlpatterns = [
    path("c/<str:code>", credential_views.credential_page, name="credential"),
    path("verify", verify_views.verify, name="verify"),
    path("id/issuer/<uuid:uid>/did.json", record_views.issuer_keys, name="issuer-did"),
    path("id/status/<uuid:uid>/<slug:purpose>", record_views.status_list, name="status-list"),
    path("id/achievement/<uuid:uid>/badge.<slug:ending>", record_views.badge, name="achievement-badge"),
    path("id/log", log_views.head, name="log-head"),
    path("id/log/did.json", record_views.log_keys, name="log-did"),
    path("id/log/heads", log_views.heads, name="log-heads"),
    path("id/log/entries", log_views.entries, name="log-entries"),
    path("id/log/inclusion", log_views.inclusion, name="log-inclusion"),
    path("id/log/consistency", log_views.consistency, name="log-consistency"),
]
