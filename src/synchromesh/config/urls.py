"""Every address of the site: permanent ones without a prefix, all pages under the language of the interface."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("synchromesh.web.permanent.urls")),
    *i18n_patterns(path("", include("synchromesh.web.urls"))),
]

handler404 = "synchromesh.web.error_pages.page_not_found"
handler500 = "synchromesh.web.error_pages.server_error"
