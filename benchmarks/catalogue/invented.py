"""A catalogue of invented courses in which it is known which are the same."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from benchmarks.catalogue import plantings
from benchmarks.catalogue.drafts import Draft, Provider, invent_draft, invent_providers, starter_courses
from benchmarks.catalogue.topics import Topic

from synchromesh.engine.deduplication.courses import CourseProfile

SAME_LANGUAGE = {
    "typo": plantings.misspell, "other provider": plantings.list_elsewhere, "re-dated": plantings.give_again,
    "shortened": plantings.shorten, "two changes": plantings.combine,
}  # fmt: skip
OTHER_LANGUAGE = "other language"
OTHER_TOWN = "other town"
_SHARES = {
    **dict.fromkeys(SAME_LANGUAGE, 240), OTHER_TOWN: 200, OTHER_LANGUAGE: 480,
    "other level": 500, "other audience": 300, "other standard": 100, "neighbour": 700, "same topic": 700,
    "other level and language": 200,
}  # fmt: skip
_OF = 10_000

Pair = tuple[str, str]


@dataclass(slots=True)
class Catalogue:
    """Courses in random order; `planted` names the kind of each pair that is one course, `decoys` of each that is not.

    `twins` holds every pair that is one course, also two copies of a third. Pairs are in the order of their keys.
    """

    courses: list[CourseProfile] = field(default_factory=list)
    planted: dict[Pair, str] = field(default_factory=dict)
    decoys: dict[Pair, str] = field(default_factory=dict)
    twins: set[Pair] = field(default_factory=set)


class _Maker:
    def __init__(self, topics: Sequence[Topic], count: int, seed: int) -> None:
        self.generator = random.Random(seed)
        self.count = count
        self.catalogue = Catalogue()
        self.same: dict[str, list[str]] = {}
        self.topics_of: dict[str, list[Topic]] = defaultdict(list)
        for topic in topics:
            self.topics_of[topic.group].append(topic)
        self.providers = invent_providers(self.generator, max(4, count // 65))
        self.drafts: dict[str, tuple[Draft, str]] = {}
        self.profiles: dict[str, CourseProfile] = {}
        self.offered: set[tuple[str, str]] = set()  # which provider has a course about which topic
        groups = [group for group in sorted(self.topics_of) if len(self.topics_of[group]) > 4]
        self.taught = {provider.host: self.generator.sample(groups, 6) for provider in self.providers}
        for provider in self.providers[::8]:
            self.taught[provider.host].append("standards")

    def add(self, course: CourseProfile, like: str | None = None) -> str:
        """Take a course in under a new key; `like` is the course that it is."""
        key = f"c{self.generator.getrandbits(48):012x}"
        self.profiles[key] = replace(course, key=key)
        group = self.same[like] if like else []
        self.catalogue.twins.update(_pair(known, key) for known in group)
        group.append(key)
        self.same[key] = group
        return key

    def plant(self, key: str, course: CourseProfile, kind: str) -> str:
        """Take a copy in."""
        copy = self.add(course, like=key)
        self.catalogue.planted[_pair(key, copy)] = kind
        return copy

    def decoy(self, key: str, draft: Draft, language: str, kind: str) -> None:
        """Take in a course that only looks like another."""
        self.catalogue.decoys[_pair(key, self.add(draft.write(language, key="")))] = kind

    def offers_first(self, provider: Provider, topic: Topic) -> bool:
        """Whether a provider has no course about the topic yet; from now on it has."""
        known = (provider.host, topic.uri) in self.offered
        self.offered.add((provider.host, topic.uri))
        return not known

    def originals(self, count: int) -> None:
        """Courses of providers that each teach a few groups of topics, until there are `count` courses."""
        while len(self.profiles) < count:
            provider = self.generator.choice(self.providers)
            neighbours = self.topics_of[self.generator.choice(self.taught[provider.host])]
            topic = self.generator.choice(neighbours)
            languages = [language for language in provider.languages if language in topic.names]
            if languages and self.offers_first(provider, topic):
                others = [other for other in neighbours if other.uri != topic.uri]
                draft = invent_draft(self.generator, topic, others, provider)
                language = self.generator.choice(languages)
                self.drafts[self.add(draft.write(language, key=""))] = (draft, language)

    def duplicates(self) -> None:
        """Copies within a language, also copies of copies; then other towns and other languages."""
        make = self.generator
        for kind, copy in SAME_LANGUAGE.items():
            for key in make.choices(sorted(self.profiles), k=_wanted(kind, self.count)):
                self.plant(key, copy(make, self.profiles[key]), kind)
        known = sorted(self.drafts)
        for key in make.choices(known, k=_wanted(OTHER_TOWN, self.count)):
            self.plant(key, plantings.move_town(make, *self.drafts[key]), OTHER_TOWN)
        for key in make.choices(known, k=_wanted(OTHER_LANGUAGE, self.count)):
            draft, language = self.drafts[key]
            others = [other for other in draft.languages() if other != language]
            if others:
                self.plant(key, plantings.translate(make, draft, make.choice(others)), OTHER_LANGUAGE)

    def decoys(self) -> None:
        """Courses that only look alike. Each course has one at most, since two might be the same course."""
        known = sorted(self.drafts)
        self.generator.shuffle(known)
        standards = [key for key in known if self.drafts[key][0].topic.kind == "standard"]
        for key in standards[: _wanted("other standard", self.count)]:
            self.other_standard(key)
        rest = iter([key for key in known if self.drafts[key][0].topic.kind != "standard"])
        ways = {
            "other level": self.other_level, "other audience": self.other_audience, "neighbour": self.neighbour,
            "other level and language": self.other_level_and_language, "same topic": self.same_topic,
        }  # fmt: skip
        for kind, way in ways.items():
            for key in islice(rest, _wanted(kind, self.count)):
                way(key)

    def other_level(self, key: str) -> None:
        draft, language = self.drafts[key]
        self.decoy(key, plantings.other_level(self.generator, draft), language, "other level")

    def other_audience(self, key: str) -> None:
        draft, language = self.drafts[key]
        self.decoy(key, plantings.other_audience(self.generator, draft), language, "other audience")

    def other_level_and_language(self, key: str) -> None:
        draft, _ = self.drafts[key]
        language = self.generator.choice(draft.languages())
        self.decoy(key, plantings.other_level(self.generator, draft), language, "other level and language")

    def other_standard(self, key: str) -> None:
        draft, language = self.drafts[key]
        other = plantings.other_standard(self.generator, draft)
        if self.offers_first(draft.provider, other.topic):
            self.decoy(key, other, language, "other standard")

    def neighbour(self, key: str) -> None:
        draft, language = self.drafts[key]
        kind = [topic for topics in self.topics_of.values() for topic in topics if topic.kind == draft.topic.kind]
        near = plantings.neighbour(self.generator, draft, kind, language)
        if self.offers_first(draft.provider, near.topic):
            self.decoy(key, near, language, "neighbour")

    def same_topic(self, key: str) -> None:
        """What another provider offers about the same, in its own words, one in three in another language."""
        draft, language = self.drafts[key]
        others = [other for other in draft.languages() if other != language]
        if others and self.generator.random() < 0.33:
            language = self.generator.choice(others)
        provider = self.generator.choice([one for one in self.providers if one.host != draft.provider.host])
        if self.offers_first(provider, draft.topic):
            neighbours = [topic for topic in self.topics_of[draft.topic.group] if topic.uri != draft.topic.uri]
            own = invent_draft(self.generator, draft.topic, neighbours, provider)
            self.decoy(key, replace(own, described=False), language, "same topic")


def invent_catalogue(topics: Sequence[Topic], *, count: int, seed: int) -> Catalogue:
    """Invent `count` courses about the topics, duplicates and decoys among them; the same seed gives the same."""
    maker = _Maker(topics, count, seed)
    for course in starter_courses():
        maker.add(course)
    maker.originals(count - sum(_wanted(kind, count) for kind in _SHARES))
    maker.duplicates()
    maker.decoys()
    maker.originals(count)
    courses = list(maker.profiles.values())
    maker.generator.shuffle(courses)
    maker.catalogue.courses = courses
    return maker.catalogue


def _wanted(kind: str, count: int) -> int:
    """How many of a kind a catalogue of that size gets."""
    return max(1, _SHARES[kind] * count // _OF)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
