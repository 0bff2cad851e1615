"""When a learner may see what was right: the one place that decides whether feedback leaves the server."""

from __future__ import annotations

from synchromesh.assessment.models import Attempt, FeedbackTime, Purpose, Response


def is_feedback_due(attempt: Attempt) -> bool:
    """Whether the feedback of the whole attempt may be shown; at most one query.

    A questionnaire has no right answers, and so nothing to say of them. After passing means passing in any attempt of
    the occasion; after the last attempt means that all are used up and marked.
    """
    instrument = attempt.instrument
    if attempt.submitted_at is None or instrument.purpose == Purpose.QUESTIONNAIRE:
        return False
    if instrument.feedback != FeedbackTime.AFTER_PASS:
        return instrument.feedback != FeedbackTime.NEVER
    found = Attempt.objects.filter(instrument=instrument, person=attempt.person_id, occasion=attempt.occasion)
    ended = list(found.order_by("number").values_list("passed", "marked_at"))
    is_last = instrument.attempts_allowed is not None and len(ended) >= instrument.attempts_allowed
    return any(passed for passed, _ in ended) or (is_last and all(marked_at for _, marked_at in ended))


def is_answer_feedback_due(response: Response, attempt: Attempt, *, attempt_is_due: bool) -> bool:
    """Whether the feedback of one answer may be shown: with the whole attempt, or since it was checked."""
    is_checked = response.checked_at is not None and attempt.instrument.feedback == FeedbackTime.AFTER_EACH
    return attempt_is_due or (is_checked and attempt.instrument.purpose != Purpose.QUESTIONNAIRE)
