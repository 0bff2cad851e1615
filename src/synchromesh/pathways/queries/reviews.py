"""Read what people say about courses that they finished: what is shown, one's own, and what waits to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Window
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import require, role_in
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.models import PlanStep, Review, ReviewState, StepStatus
from synchromesh.pathways.permissions import may_read_waiting_reviews
from synchromesh.plumbing.audit import Actor

LEAST_TO_COUNT = 3
"""From how many reviews on they are counted: fewer say little, and might tell who wrote them."""
PAGE_SIZE = 20
_ANSWERS = {"yes": 3, "partly": 2, "no": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCounts:
    """How many shown reviews say that the course helped at work, helped partly, or did not."""

    yes: int
    partly: int
    no: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.yes + self.partly + self.no

    @property
    def enough(self) -> bool:
        """Whether the numbers are told."""
        return self.total >= LEAST_TO_COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReviews:
    """Some of the shown reviews of a course, newest first, and the counts of them all."""

    reviews: list[Review]
    counts: ReviewCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsToRead:
    """One page of reviews in a state, and how many there are in each state.

    Each review has `may_decide`: whether the reader may show or refuse it (see `permissions.may_decide_review`).
    """

    page: Page[Any]
    counts: dict[str, int]


def list_shown_reviews(course: Course, *, limit: int = 500) -> ShownReviews:
    """The newest shown reviews of a course and of those merged into it, with the counts of them all. One question."""
    answers = {name: Window(Count("pk", filter=Q(helped=value))) for name, value in _ANSWERS.items()}
    shown = _of(course).filter(state=ReviewState.SHOWN).annotate(**answers)
    reviews = list(shown.order_by("-written_at", "-pk")[:limit])  # the windows span all rows, not only these
    counts = {name: getattr(reviews[0], name) if reviews else 0 for name in _ANSWERS}
    return ShownReviews(reviews=reviews, counts=ReviewCounts(**counts))


def find_own_review(person: User, course: Course) -> Review | None:
    """What the person wrote about the course, whatever its state."""
    return _of(course).filter(person=person).order_by("-written_at", "-pk").first()


def find_finish_day(person: User, course: Course) -> date | None:
    """The last day on which the person marked the course as finished in a plan; None if they never did."""
    steps = PlanStep.objects.filter(plan__person=person, status=StepStatus.FINISHED)
    found = steps.filter(Q(course=course) | Q(course__merged_into=course)).aggregate(
        day=Max("finished_on"), n=Count("pk")
    )
    if not found["n"]:
        return None
    day: date | None = found["day"]
    return day or timezone.localdate()


def get_shown_review(uid: UUID | str) -> Review:
    """A review that everybody can read. Raises NotFound."""
    found = _with_course().filter(uid=uid, state=ReviewState.SHOWN).first()
    if found is None:
        raise NotFound("There is no such review.")
    return found


def get_review(uid: UUID | str, *, visible_to: Actor) -> Review:
    """One review in whatever state. Raises NotAllowed for all but alliance staff, and NotFound."""
    _require_reader(visible_to)
    found = _with_course().filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such review. Its author may have deleted it.")
    return found


def list_reviews_to_read(
    *, visible_to: Actor, state: str = ReviewState.WAITING, page: int | str | None = 1
) -> ReviewsToRead:
    """Reviews in a state: those that wait longest first, others newest first. Raises NotAllowed."""
    _require_reader(visible_to)
    wanted = state if state in ReviewState.values else ReviewState.WAITING
    order = ("written_at", "pk") if wanted == ReviewState.WAITING else ("-decided_at", "-pk")
    counted = dict(Review.objects.order_by().values_list("state").annotate(Count("pk")))
    reader = visible_to.pk if isinstance(visible_to, User) else 0  # no row has the number 0: the operator decides all
    own = Q(person=reader) | Q(course__provider__memberships__person=reader)
    found = _with_course().annotate(may_decide=~Exists(Review.objects.filter(own, pk=OuterRef("pk"))))
    return ReviewsToRead(
        page=Paginator(found.filter(state=wanted).order_by(*order), PAGE_SIZE).get_page(page),
        counts={name: counted.get(name, 0) for name in ReviewState.values},
    )


def list_unanswered_reviews(provider: Organisation, *, visible_to: Actor) -> list[Review]:
    """Shown reviews with words of a provider's courses that it has not answered, newest first; at most 50.

    Empty for all but the provider's editors and managers.
    """
    if role_in(visible_to, provider) not in EDITING_ROLES:
        return []
    found = _with_course().filter(course__provider=provider, state=ReviewState.SHOWN, answer="").exclude(words="")
    return list(found.order_by("-written_at", "-pk")[:50])


def count_waiting_reviews() -> int:
    """How many reviews wait to be read."""
    return Review.objects.filter(state=ReviewState.WAITING).count()


def _of(course: Course) -> QuerySet[Review]:
    return Review.objects.filter(Q(course=course) | Q(course__merged_into=course))


def _with_course() -> QuerySet[Review]:
    return Review.objects.select_related("course__provider", "course__merged_into__provider", "person")


def _require_reader(by: Actor) -> None:
    require(may_read_waiting_reviews(by), "Only alliance staff read reviews before they are shown.")
