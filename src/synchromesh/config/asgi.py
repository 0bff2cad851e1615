"""The ASGI entry point, for hosts that serve nothing else."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synchromesh.config.settings")
application = get_asgi_application()
