"""One learner in front of a browser: reads, thinks, answers, and waits for the word that it is saved."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
from benchmarks.learning.forms import Form, forms_of

THINK = (5.0, 15.0)  # seconds, ten on average
_PATIENCE = 8  # tries after an answer that did not come
_ATTEMPT = re.compile(r"/attempt/([0-9a-f-]{36})/(\d+)/")


@dataclass(slots=True)
class Seen:
    """What all learners saw together: seconds by kind of request, what was acknowledged, what failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    saved: dict[tuple[str, str], int] = field(default_factory=dict)
    acknowledged: int = 0
    failed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Learner:
    """Takes the units in order, again and again, until `until` (seconds of the monotonic clock)."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        course: str,
        units: list[dict[str, str]],
        *,
        seed: int,
        until: float,
        seen: Seen,
    ) -> None:
        self._client, self._course, self._units = client, course, units
        self._chance, self._until, self._seen = random.Random(seed), until, seen

    async def learn(self) -> None:
        """Open some unit, then stay on the pages one is led to; all kinds of requests come mixed."""
        await asyncio.sleep(self._chance.uniform(0, THINK[1]))
        page = await self._open(self._chance.choice(self._units)["key"])
        while time.monotonic() < self._until:
            page = await self._go_on(page)

    async def _open(self, unit: str) -> httpx.Response:
        return await self._ask("unit", "GET", f"/en/courses/{self._course}/learn/{unit}/")

    async def _go_on(self, page: httpx.Response) -> httpx.Response:
        """What one does on this page, after thinking: answer, hand in, start the test, mark as done, or go further."""
        forms, path = forms_of(page.text), page.url.path
        place = _ATTEMPT.search(path)
        if place is not None:
            form = next((form for form in forms if form.is_saved and "save_number" in form.values), None)
            return await self._answer(path, form, place.groups()) if form else await self._next(path)
        await self._think()
        if "/attempt/" in path and not path.endswith("/result/"):
            return await self._ask("hand in", "POST", path, next(form for form in forms if not form.action).values)
        begin = next((form for form in forms if form.action.endswith("/attempt/")), None)
        if begin is not None:
            return await self._ask("begin", "POST", begin.action, begin.values)
        done = next((form for form in forms if form.values.get("do") == "done"), None)
        return await self._ask("done", "POST", path, done.values) if done else await self._next(path)

    async def _next(self, path: str) -> httpx.Response:
        """The unit after this one; after the last the first."""
        keys = [unit["key"] for unit in self._units]
        here = next((place for place, key in enumerate(keys) if f"/learn/{key}/" in path), -1)
        return await self._open(keys[(here + 1) % len(keys)])

    async def _answer(self, address: str, form: Form, place: tuple[str, ...]) -> httpx.Response:
        """Think, answer, have it saved by itself as the script does, and go on with the button."""
        await self._think()
        values = form.fill(self._chance)
        said = await self._ask("save", "POST", address, values | {"save": "1"}, Accept="application/json")
        answer = said.json() if said.headers.get("Content-Type", "").startswith("application/json") else {}
        if answer.get("saved"):
            number = int(answer["fields"]["save_number"])
            self._seen.acknowledged += 1
            self._seen.saved[place[0], place[1]] = number
            values["save_number"] = str(number)
        else:
            self._seen.refused.append(f"{said.status_code} {answer.get('message', said.text[:80])}")
        return await self._ask("next", "POST", address, values | {"go": "next"})

    async def _think(self) -> None:
        await asyncio.sleep(self._chance.uniform(*THINK))

    async def _ask(
        self, kind: str, method: str, address: str, form: Mapping[str, str | list[str]] | None = None, **headers: str
    ) -> httpx.Response:
        """One request with the redirect behind it; where no answer comes, again after a second, as a person would."""
        for _try in range(_PATIENCE):
            at = time.perf_counter()
            try:
                answer = await self._client.request(method, address, data=form, headers=headers)
            except httpx.HTTPError as error:
                self._seen.failed.append(f"{kind}: {type(error).__name__}")
            else:
                self._seen.seconds.setdefault(kind, []).append(time.perf_counter() - at)
                if answer.status_code < 500:
                    return answer
                self._seen.failed.append(f"{kind}: {answer.status_code}")
            await asyncio.sleep(1)
        raise RuntimeError(f"{address} does not answer.")
