"""Fill a site with one credential; run by `benchmarks.credentials.addresses` in a process of its own."""

from __future__ import annotations

from benchmarks.credentials.addresses import fill

if __name__ == "__main__":
    fill()
