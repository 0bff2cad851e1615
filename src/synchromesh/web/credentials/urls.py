"""Addresses of credentials under a language."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.credentials import credential_views, log_views, verify_views

app_name = "credentials"
urlpatterns = [
    path("c/<str:code>", credential_views.credential_page, name="credential"),
    path("c/<str:code>/file/<slug:format_name>", credential_views.credential_file, name="file"),
    path("verify", verify_views.verify, name="verify"),
    path("log/", log_views.log_page, name="log"),
]
