"""The processor time of pages beside Django's simplest page; run as `python -m benchmarks.pages.cost`.

Both are asked in process, without a network, each in a process of its own: the pages in a site with the starter and the
example content, the peer ("hello": one line of text behind the middleware of a new Django project) without any. Prints
the microseconds of the peer and for each page its cost as a multiple of the peer's, in four states; each figure is the
least of many:

    kept      the page is kept and valid, as for nearly every visitor without a session; limit 1.1
    pieces    the page is put together from kept pieces, as for who is signed in, while nothing changes; limit 12, aim 6
    commit    the same right after a commit that changed nothing on the page
    new       nothing of it is kept: the first time that anybody asks after a start, but for compiled templates

and for the list of courses with filters that nobody asked for before, where only rows and options are kept, the median.

Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

LIMIT, AIM, LIMIT_KEPT = 12, 6, 1.1
BATCHES = 8
ROUNDS = 3
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


def ask(application: _Application, path: str) -> int:
    """The number of bytes; a page that fails ends the benchmark."""
    statuses: list[str] = []
    answer = application(_environment(path), lambda status, *_: statuses.append(status))
    size = sum(map(len, answer))
    getattr(answer, "close", bool)()
    if not statuses[0].startswith("200"):
        raise SystemExit(f"{path}: {statuses[0]}")
    return size


def cost_of(
    application: _Application,
    path: str,
    *,
    times: int,
    batches: int = BATCHES,
    before: Callable[[], None] | None = None,
) -> float:
    """Microseconds of processor time for one answer, the least of several batches; `before` is not counted."""
    for _ in range(5):
        ask(application, path)
    taken = []
    for _ in range(batches):
        spent = 0.0
        for _ in range(times):
            if before:
                before()
            start = time.process_time()
            ask(application, path)
            spent += time.process_time() - start
        taken.append(spent / times)
    return 1e6 * min(taken)


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

    return {"hello": cost_of(get_wsgi_application(), "/", times=300)}


def _pages() -> dict[str, dict[str, float]]:
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
        # In rounds, so that a busy minute of the machine does not spoil one page.
        rounds = [{path: _states(application, path) for path in PATHS} for _ in range(ROUNDS)]
        found = {path: {state: min(one[path][state] for one in rounds) for state in rounds[0][path]} for path in PATHS}
        return found | {"/en/courses/ with new filters": {"first": _new_filters(application)}}


def _states(application: _Application, path: str) -> dict[str, float]:
    """The cost of one page in each state."""
    from synchromesh.web.kept_pages.middleware import pages

    kept = cost_of(application, path, times=200)
    allowed, pages.most_bytes = pages.most_bytes, 0
    found = {
        "kept": kept,
        "pieces": cost_of(application, path, times=20),
        "commit": cost_of(application, path, times=1, batches=30, before=_commit),
        "new": cost_of(application, path, times=1, batches=10, before=_forget_everything),
    }
    pages.most_bytes = allowed
    return found


def _new_filters(application: _Application) -> float:
    """Microseconds of the first answers to many filters, the median; a few others were asked for before."""
    asked = [
        f"/en/courses/?price={price}&language={language}&mode={mode}&order={order}"
        for order in ("title", "price", "length", "newest")
        for price in ("free", "paid")
        for language in ("en", "de", "fr")
        for mode in ("online", "on-site", "blended")
    ]
    taken = []
    for path in asked:
        start = time.process_time()
        ask(application, path)
        taken.append(time.process_time() - start)
    return 1e6 * statistics.median(taken[len(taken) // 4 :])


def _commit() -> None:
    """Somebody writes something that no page shows."""
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.plumbing import audit

    audit.record(by=OPERATOR, action="measure_pages", kind="benchmark", uid="pages")


def _forget_everything() -> None:
    """Empty whatever the process keeps of pages and their parts."""
    from synchromesh.catalogue.queries import course_lines
    from synchromesh.search import kept_answers
    from synchromesh.web.courses import filters, list_results
    from synchromesh.web.templatetags import filter_pieces, kept_pieces

    _commit()
    for kept in (course_lines._made, kept_answers._answers, list_results._rendered):
        kept.clear()
    for function in (filters._fixed_names, filter_pieces._option, filter_pieces._shell, kept_pieces._kept):
        function.cache_clear()


def _in_process(part: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 (fixed command)
        [sys.executable, "-m", "benchmarks.pages.cost", "--part", part], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cost_of_hello() -> float:
    """Microseconds of the peer, asked in a process of its own."""
    return float(_in_process("hello")["hello"])


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("hello", "pages"), help="one process of the benchmark; prints JSON")
    chosen = parser.parse_args()
    if chosen.part:
        print(json.dumps(_hello() if chosen.part == "hello" else _pages()))
        return
    before, found, after = cost_of_hello(), _in_process("pages"), cost_of_hello()
    hello = min(before, after)
    print(f"hello {hello:.0f} us (before {before:.0f}, after {after:.0f})")
    print(f"limits: kept {LIMIT_KEPT} x hello, others {LIMIT} x, aim {AIM} x")
    for path, states in found.items():
        shown = ", ".join(f"{state} {cost:.0f} us = {cost / hello:.2f} x" for state, cost in states.items())
        print(f"{path} {shown}", flush=True)


if __name__ == "__main__":
    main()
