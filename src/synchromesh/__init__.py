"""Synchromesh: the open platform on which a sector's skills alliance runs.

One installable package. `engine` thinks (no Django), the Django apps own the data, `web` owns the HTML, `api` the
JSON; imports run downwards only and import-linter proves it (see docs/architecture.md).
"""

__version__ = "0.1.0"
