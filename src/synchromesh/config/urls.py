"""Every address: permanent ones and those for programs without a prefix, all pages under the language of the reader."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("synchromesh.web.permanent.urls")),
    path("api/v1/", include("synchromesh.api.v1.urls")),
    path("", include("synchromesh.api.wallets.urls")),
    *i18n_patterns(path("", include("synchromesh.web.urls"))),
]

handler404 = "synchromesh.web.error_pages.page_not_found"
handler500 = "synchromesh.web.error_pages.server_error"
