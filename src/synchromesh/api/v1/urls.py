"""Addresses of version 1."""

from __future__ import annotations

from django.urls import path

from synchromesh.api.v1 import documentation
from synchromesh.api.v1.interface import interface

urlpatterns = [
    path("", documentation.reference, name="api-reference"),
    path("openapi.json", documentation.openapi, name="api-openapi"),
    path("", interface.urls),
]
