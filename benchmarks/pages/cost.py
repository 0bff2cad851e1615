"""The processor time of pages beside Django's simplest page; run as `python -m benchmarks.pages.cost`.

Both are asked in process, without a network, each in a process of its own: the pages in a site with the starter and the
example content, the peer ("hello": one line of text behind the middleware of a new Django project) without any. Prints
the microseconds of the peer and for each page its cost as a multiple of the peer's, limit 12, aim 6; each figure is the
least of eight batches. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

LIMIT, AIM = 12, 6
BATCHES = 8
PATHS = ("/en/courses/", "/en/courses/?price=free&language=en", "/en/courses/?q=battery", "/en/", "/en/roles/")
_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def _environment(path: str) -> dict[str, Any]:
    place, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": place, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    }  # fmt: skip


def _ask(application: _Application, path: str) -> int:
    """The number of bytes; a page that fails ends the benchmark."""
    statuses: list[str] = []
    answer = application(_environment(path), lambda status, *_: statuses.append(status))
    size = sum(map(len, answer))
    getattr(answer, "close", bool)()
    if not statuses[0].startswith("200"):
        raise SystemExit(f"{path}: {statuses[0]}")
    return size


def _cost(application: _Application, path: str, *, times: int) -> float:
    """Microseconds of processor time for one answer, the least of several batches."""
    for _ in range(5):
        _ask(application, path)
    batches = []
    for _ in range(BATCHES):
        start = time.process_time()
        for _ in range(times):
            _ask(application, path)
        batches.append((time.process_time() - start) / times)
    return 1e6 * min(batches)


def _hello() -> dict[str, float]:
    from django.conf import settings
    from django.http import HttpResponse
    from django.urls import path

    urls = type(sys)("hello_urls")
    urls.urlpatterns = [path("", lambda request: HttpResponse("Hello"))]  # type: ignore[attr-defined]
    sys.modules["hello_urls"] = urls
    settings.configure(
        ROOT_URLCONF="hello_urls", MIDDLEWARE=_MIDDLEWARE, ALLOWED_HOSTS=["localhost"], SECRET_KEY="benchmark",  # noqa: S106
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    )  # fmt: skip
    from django.core.wsgi import get_wsgi_application

    return {"hello": _cost(get_wsgi_application(), "/", times=300)}


def _pages() -> dict[str, float]:
    from benchmarks.own_site import collect_files, set_up_site

    with tempfile.TemporaryDirectory(prefix="synchromesh-cost-") as folder:
        set_up_site(Path(folder))
        from synchromesh.accounts.permissions import OPERATOR
        from synchromesh.config.wsgi import application
        from synchromesh.search.operations import rebuild_index
        from synchromesh.site.starter import load_examples, load_starter

        collect_files()
        load_starter(by=OPERATOR)
        load_examples(by=OPERATOR)
        rebuild_index(by=OPERATOR)
        return {path: _cost(application, path, times=20) for path in PATHS}


def _in_process(part: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 (fixed command)
        [sys.executable, "-m", "benchmarks.pages.cost", "--part", part], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("hello", "pages"), help="one process of the benchmark; prints JSON")
    chosen = parser.parse_args()
    if chosen.part:
        print(json.dumps(_hello() if chosen.part == "hello" else _pages()))
        return
    hello = _in_process("hello")["hello"]
    print(f"hello {hello:.0f} us")
    for path, cost in _in_process("pages").items():
        print(f"{path} {cost:.0f} us, {cost / hello:.1f} x hello (limit {LIMIT}, aim {AIM})", flush=True)


if __name__ == "__main__":
    main()
