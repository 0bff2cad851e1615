"""Read what is said beside units: learners of the course their part of it, its tutors all of it.

A name is shown, never an e-mail address. Who learns in a cohort reads what was said to everybody and to that cohort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from synchromesh.accounts.models import Membership, User
from synchromesh.catalogue.models import Course, CoursePart, CourseRole, Run
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, Post, PostReport
from synchromesh.learning.permissions import LEARNING, may_moderate
from synchromesh.plumbing.audit import Actor

MOST_THREADS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What somebody may read in the discussions of a course: a tutor everything, a learner their own cohorts' part."""

    person: Actor
    is_tutor: bool
    runs: frozenset[int]

    def sees_run(self, run_id: int) -> bool:
        """Whether what is said to this cohort is for them."""
        return self.is_tutor or run_id in self.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as one reader sees it. Plain text with line breaks: whoever shows it escapes it.

    `author` is a name, empty where the account was deleted or has none; `text` is empty where it is hidden from this
    reader or was taken back. `reports` is counted for tutors only.
    """

    uid: UUID
    unit_key: str
    text: str
    language: str
    author: str
    is_tutor: bool
    is_mine: bool
    posted_at: datetime
    run: Run | None
    is_hidden: bool
    hidden_because: str
    is_withdrawn: bool
    reports: int
    may_hide: bool
    may_report: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A post and the answers to it, in the order in which they were written."""

    post: ShownPost
    answers: tuple[ShownPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPost:
    """A post that somebody reported, and why. Who reported it is not told."""

    post: ShownPost
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """Posts with open reports, the longest waiting first, and the newest others, the newest first."""

    reported: tuple[ReportedPost, ...]
    newest: tuple[ShownPost, ...]


def reader_of(by: Actor, course: Course) -> Reader:
    """What somebody may read in the discussions of a course. Raises NotFound for whoever does not take part."""
    is_tutor = may_moderate(by, course)
    learning = Enrolment.objects.none()
    if isinstance(by, User) and by.is_active and not is_tutor:
        learning = Enrolment.objects.filter(person=by, course=course, state__in=LEARNING)
    runs = list(learning.values_list("run_id", flat=True))
    if not is_tutor and not runs:
        raise NotFound("There is no such discussion.")
    return Reader(person=by, is_tutor=is_tutor, runs=frozenset(run for run in runs if run is not None))


def get_discussed_version(course_slug: str, *, visible_to: Actor) -> ContentVersion:
    """The newest published version of a course, beside whose units its tutors and authors talk with learners.

    They need not learn in it themselves. Raises NotFound for everybody else.
    """
    published = ContentVersion.objects.filter(course__slug=course_slug, published_at__isnull=False)
    newest = published.select_related("course__provider").order_by("-number").first()
    if newest is None or not may_moderate(visible_to, newest.course):
        raise NotFound("There is no such discussion.")
    return newest


def may_read_post(by: Actor, post: Post) -> bool:
    """Whether somebody takes part in the discussion in which the post stands."""
    try:
        reader = reader_of(by, post.course)
    except NotFound:
        return False
    return post.run_id is None or reader.sees_run(post.run_id)


def list_threads(course: Course, unit_key: str, *, visible_to: Actor, run: Run | None = None) -> list[Thread]:
    """The newest 200 threads beside a unit, the newest last; with `run` only what was said to that cohort.

    At most eight questions, whatever is said. Raises NotFound for whoever does not take part.
    """
    reader = reader_of(visible_to, course)
    posts = _readable(course, reader).filter(unit_key=unit_key, answers=None)
    if run is not None:
        posts = posts.filter(run=run)
    answers = Prefetch("replies", queryset=_with_reports(Post.objects.all()), to_attr="given_answers")
    newest = list(_with_reports(posts).prefetch_related(answers).order_by("-posted_at", "-pk")[:MOST_THREADS])
    show = _Shower(course, reader)
    return [
        Thread(post=show.one(post), answers=tuple(map(show.one, vars(post)["given_answers"])))
        for post in reversed(newest)
    ]


def get_moderation(course: Course, *, visible_to: Actor, limit: int = 50) -> Moderation:
    """What tutors look at in the discussions of a course. Raises NotFound for others."""
    if not may_moderate(visible_to, course):
        raise NotFound("There is no such course.")
    show = _Shower(course, Reader(person=visible_to, is_tutor=True, runs=frozenset()))
    open_reports = PostReport.objects.filter(post__course=course, settled_at=None).order_by("made_at", "pk")
    reasons: dict[int, list[str]] = {}
    for post_id, reason in open_reports.values_list("post_id", "reason"):
        reasons.setdefault(post_id, []).append(reason)
    posts = {post.pk: post for post in _with_reports(Post.objects.filter(pk__in=list(reasons)))}
    newest = _with_reports(Post.objects.filter(course=course)).order_by("-posted_at", "-pk")[:limit]
    return Moderation(
        reported=tuple(ReportedPost(post=show.one(posts[key]), reasons=tuple(words)) for key, words in reasons.items()),
        newest=tuple(show.one(post) for post in newest if post.pk not in posts),
    )


def _readable(course: Course, reader: Reader) -> QuerySet[Post]:
    posts = Post.objects.filter(course=course)
    return posts if reader.is_tutor else posts.filter(Q(run=None) | Q(run__in=sorted(reader.runs)))


def _with_reports(posts: QuerySet[Post]) -> QuerySet[Post]:
    waiting = Count("reports", filter=Q(reports__settled_at=None))
    return posts.select_related("author", "run").annotate(open_reports=waiting).order_by("posted_at", "pk")


class _Shower:
    """Shows posts of one course to one reader. It asks once who the tutors are."""

    def __init__(self, course: Course, reader: Reader) -> None:
        self._reader = reader
        self._tutors = frozenset(_tutor_ids(course))

    def one(self, post: Post) -> ShownPost:
        """One post; it was read with its author, its run and its `open_reports`."""
        author, person = post.author, self._reader.person
        is_mine = isinstance(person, User) and post.author_id == person.pk
        is_hidden = post.hidden_at is not None
        is_shown = not is_hidden or is_mine or self._reader.is_tutor
        return ShownPost(
            uid=post.uid,
            unit_key=post.unit_key,
            text=post.text if is_shown else "",
            language=post.language,
            author=author.name if author else "",
            is_tutor=bool(author and (author.is_alliance_staff or author.pk in self._tutors)),
            is_mine=is_mine,
            posted_at=post.posted_at,
            run=post.run,
            is_hidden=is_hidden,
            hidden_because=post.hidden_because,
            is_withdrawn=not post.text,
            reports=vars(post)["open_reports"] if self._reader.is_tutor else 0,
            may_hide=self._reader.is_tutor and not is_hidden,
            may_report=not is_mine and not is_hidden,
        )


def _tutor_ids(course: Course) -> Iterable[int]:
    """Accounts of those who teach the course: its authors and tutors, and the editors of its provider."""
    parts = (CoursePart.AUTHOR, CoursePart.TUTOR)
    yield from CourseRole.objects.filter(course=course, part__in=parts).values_list("person_id", flat=True)
    if course.provider_id is not None:
        editors = Membership.objects.filter(organisation=course.provider_id, role__in=EDITING_ROLES)
        yield from editors.values_list("person_id", flat=True)
