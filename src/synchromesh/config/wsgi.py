"""The WSGI entry point: what granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synchromesh.config.settings")
# Requests share the cores already; the small products of matrices of a search take eight times as long with more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
application = get_wsgi_application()
