import pytest
from django.test import Client
from tests.learning.records import CONTENTS, a_course_with_content, a_learner, give_part
from synchromesh.learning.models import Unit
PAGES = "/en/teach/courses/hv-safety/"
BROKEN = [{}, {"blocks": "x", "media": 5, "captions": [1], "alternatives": "no", "questions": "x", "minutes": "many"},
 {"blocks": [1, {"kind": "zzz"}, {"kind": "figure", "media": [], "alternatives": {"en": 5}}, {"kind": "sources", "entries": [3, {"key": 4, "checked": "x"}]}],
  "questions": [{"key": "x"}, 5, {"key": "y", "kind": "single", "choices": 3, "prompts": 7}, {"key":"z","kind":"match","pairs":[],"items":[{"key":[]}]},{"key":"h","kind":"hotspot","regions":[{"places":5}]},{"key":"f","kind":"fill-in","gaps":[{"options":[{"texts":{"en":"a"}}]}]},{"key":"n","kind":"numeric","value":"x","units":[1]}, {"key":"r","kind":"free-text","rubric":[{"steps":[{"texts":{"en":"a"}}]}]}], "captions": {"en": 5}, "transcripts": {"en": []}, "descriptions": {"en": {}}}]
@pytest.mark.django_db
@pytest.mark.parametrize("n", range(len(BROKEN)))
def test_broken(client: Client, n) -> None:
    kinds = ("text", "video", "picture", "file", "exercise", "quiz", "assignment", "live-session")
    course = a_course_with_content(published=False, kinds=kinds).course
    client.force_login(give_part(a_learner("autor"), course, "author"))
    Unit.objects.update(content=BROKEN[n])
    for k in kinds:
        for p in (f"units/{k}/", f"preview/{k}/", f"units/{k}/translate/de/"):
            r = client.get(PAGES + p); assert r.status_code == 200, (p, r.status_code)
        r = client.post(PAGES + f"units/{k}/", {"settings-title": "x", "settings-minutes": "5", "blocks-rows": "2", "block-0-stored": "["*100000, "block-1-stored": '{"kind":"figure","alternatives":5,"captions":{"de":[1]}}', "do": "save"})
        assert r.status_code in (302, 422), (k, r.status_code)
    for p in ("media/", "versions/", "outline/"):
        assert client.get(PAGES + p).status_code == 200
    for q in "xyzhfnr":
        Unit.objects.filter(kind="exercise").update(content=BROKEN[n])
        r = client.get(PAGES + f"units/exercise/?question={q}"); assert r.status_code in (200, 404), q
        r = client.post(PAGES + f"units/exercise/?question={q}", {"first-prompts-en": "a", "row-rows": "2"}); assert r.status_code in (302, 404, 422), q
