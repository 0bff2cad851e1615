"""The WSGI entry point: what granian serves."""

from __future__ import annotations

import gc
import os

from django.core.checks.urls import check_resolver
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synchromesh.config.settings")
# Requests share the cores already; the small products of matrices of a search take eight times as long with more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
application = get_wsgi_application()
# What is loaded now lasts as long as the process. The collector would look through all of it again and again, each time
# a quarter of a second in which no page is answered.
check_resolver(get_resolver())  # loads the pages, too
gc.collect()
gc.freeze()
