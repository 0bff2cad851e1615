from __future__ import annotations
from datetime import timedelta
from decimal import Decimal
import json, pytest
from django.test import Client
from django.utils import timezone
from tests.learning.records import *
from tests.records import *
from tests.web.courses.learning.learning_site import *
from synchromesh.assessment.models import *
from synchromesh.learning.models import *
from synchromesh.learning.operations.enrolment import *
from synchromesh.learning.operations.unit_attempts import *
from synchromesh.engine.errors import *
pytestmark = pytest.mark.django_db

@pytest.fixture
def c(client):
    client.raise_request_exception = False
    return client
J = {"Accept": "application/json"}

def test_a(c):
    f = learning(c)
    for do in ({"do":"stuck","settle":"nonsense"}, {"do":"stuck","text":"a\0b"}, {"do":"note","text":"a\0b"}, {"do":"note","text":"x","seen":"2020-01-01"},{"do":"note","text":"x"*20001},{"do":"stuck","text":"x"*2001}, {"do": "\0"}):
        c.get(LEARN+"text/")
        r = c.post(LEARN+"text/", do); print(str(do)[:60], r.status_code)
    for do in ({"spans":"["*20000},{"spans":"[[NaN,1]]","duration":"10"},{"spans":"[[0,1e999]]","duration":"10"},{"spans":"[[0,"+"9"*400+"]]","duration":"10"},{"spans":"[[0,"+"9"*5000+"]]","duration":"10"},{"duration":"nan"},{"duration":"1e999"},{"spans":"{}"},{"spans":"5"},{"spans":'"a"'},{"save_number":"9"*9},{"save_number":"-4"}):
        r = c.post(LEARN+"video/", do|{"do":"report"}, headers=J); print("video", str(do)[:60], r.status_code)
        r = c.post(LEARN+"video/", do|{"do":"report"}); print("video html", str(do)[:60], r.status_code)
    for do in ({"question":"\0"},{"question":"colour","q-colour":"\0"},{"question":"steps","q-steps-off":"9"*5000,"q-steps-verify":"1"},{"question":"steps","q-steps-off":"²"},{"question":"colour","q-colour":"zzz"}, {"question":"colour","show":"1","save_number":"999999"}, {}):
        r = c.post(LEARN+"exercise/", do|{"do":"report"}); print("ex", str(do)[:60], r.status_code)
    for do in ({"do":"write","text":"a\0b"},{"do":"write","text":"x"*5000},{"do":"report","post":"zz"},{"do":"write","text":"b","answers":"\0"}):
        r = c.post(LEARN+"text/discussion/", do); print("disc", str(do)[:60], r.status_code)
    for path in ("media/%00", "media/pack.svg%00", "join/%00/", "join/"+"a"*3000+"/"):
        r = c.get(HOME+"/"+path); print(path[:30], r.status_code)
    for do in ({"do":"language","language":"\0"},{"do":"enrol","run":"\0"},{"do":"leave"},{"do":"leave"},{"do":"again","language":"\0"},{"do":"pilot","shares":"yes"}):
        r = c.post(LEARN, do); print("start", do, r.status_code)

def test_b(c):
    f = learning(c, kinds=("text",))
    a_test_unit(f.version, "order", "file", "numeric", "match")
    addr = begin(c); base = addr.rsplit("/",2)[0]
    for n in ("99999999999999999999", "40000", "0", "2147483648"):
        for m in ("get","post"):
            r = getattr(c,m)(f"{base}/{n}/"); print(n, m, r.status_code)
        r = c.post(f"{base}/{n}/", headers=J); print(n, "json", r.status_code)
    for d in ({"answer-off":"9"*5000},{"answer-off":"-1"},{"answer-off":"1","move":"answer:zz:up"},{"move":":::"},{"answer-off":"1","go":"nonsense"},{"go":"check"},{"remove":"\0"}):
        r = c.post(addr, d); print(str(d)[:50], r.status_code)
        r = c.post(addr, d, headers=J); print(str(d)[:50], r.status_code, r.content[:80])
    for d in ({"answer-value":"9"*500},{"answer-value":"1\0"},{"answer-value":"1","answer-unit":"\0"}):
        r = c.post(f"{base}/3/", d); print(str(d)[:50], r.status_code)
    other = a_learner(); c2 = Client(raise_request_exception=False); c2.force_login(other); an_enrolment(f.version, other)
    for p in ("", "1/", "result/"):
        r = c2.get(base+"/"+p); print("other", r.status_code); r=c2.post(base+"/"+p); print("other post", r.status_code)
    r = c2.post(base+"/1/", {"answer-off":"1"}, headers=J); print("other json", r.status_code, r.content)
    t = a_learner("tutor1"); give_part(t, f.version.course, "tutor"); ct = Client(raise_request_exception=False); ct.force_login(t)
    for p in ("", "1/", "result/"):
        r = ct.get(base+"/"+p); print("tutor", r.status_code); r=ct.post(base+"/"+p); print("tutor post", r.status_code)
    for u in (f"/en/teach/courses/{SLUG}/preview/test/", f"/en/teach/courses/{SLUG}/questions/", f"/en/teach/courses/{SLUG}/file/?download=course", f"/en/teach/courses/{SLUG}/questions/test-order/", f"/en/teach/courses/{SLUG}/tests/test/", f"/en/teach/courses/{SLUG}/statistics/", f"/en/teach/courses/{SLUG}/learners/", f"/en/teach/courses/{SLUG}/people/"):
        r = ct.get(u); print("tutor", u, r.status_code)
        r = c2.get(u); print("learner", u, r.status_code)
    r = ct.post(f"/en/teach/courses/{SLUG}/learners/", {"settle":"zz"}); print("settle", r.status_code)
    u = Attempt.objects.get().uid
    r = ct.get(f"/en/teach/courses/{SLUG}/marking/{u}/99999999999999999999/"); print("mark", r.status_code)

def test_c():
    v = a_course_with_content(SLUG, kinds=("text","quiz"))
    p = a_learner(); e = an_enrolment(v, p); u = v.units.get(key="quiz")
    Instrument.objects.filter(pk=u.instrument.pk).update(minutes=10, attempts_allowed=1)
    now = timezone.now()
    a = start_unit_attempt(by=p, enrolment_uid=e.uid, unit_key="quiz", now=now)
    leave_course(by=p, enrolment_uid=e.uid, now=now)
    print("settled", settle_overdue_attempts(by=OPERATOR, now=now+timedelta(minutes=20)))
    e = enrol_person(by=p, course=v.course, language="en", now=now+timedelta(minutes=30))
    try: start_unit_attempt(by=p, enrolment_uid=e.uid, unit_key="quiz", now=now+timedelta(minutes=31))
    except Conflict as x: print("C", x)
    print("done", UnitProgress.objects.filter(enrolment=e, unit=u).values_list("done_at"))

def test_d(c):
    v = a_course_with_content("zero", kinds=())
    p = a_learner(); c.force_login(p)
    b = "/en/courses/zero"
    for x in (b+"/", b+"/learn/"): print(x, c.get(x).status_code)
    print(c.post(b+"/learn/", {"do":"enrol"}).status_code)
    for x in (b+"/", b+"/learn/", b+"/result/", "/en/me/learning/"): print(x, c.get(x).status_code)
    # zero questions
    v2 = a_course_with_content("noq", kinds=("text",)); i = an_instrument(v2.course, "q0", questions=()); a_unit(v2.sections.first(), "quiz", key="q0", instrument=i)
    e2=an_enrolment(v2, p)
    print("q0", c.get("/en/courses/noq/learn/q0/").status_code, c.post("/en/courses/noq/learn/q0/attempt/").status_code)
    # language missing
    e2.language="fr"; e2.save()
    print("fr", c.get("/en/courses/noq/learn/q0/").status_code, c.get("/en/courses/noq/learn/text/").status_code, c.get("/en/courses/noq/learn/").status_code)
    # titles empty
    v2.units.update(titles={}, content={})
    print("no titles", c.get("/en/courses/noq/learn/q0/").status_code, c.get("/en/courses/noq/learn/text/").status_code, c.get("/en/courses/noq/learn/").status_code, c.get("/en/courses/noq/learn/text/offline/").status_code)
    # unpublished/merged
    w = a_course("winner")
    Course.objects.filter(pk=v2.course_id).update(published_at=None)
    for x in ("/learn/", "/result/", "/learn/text/"): print("unpub", x, c.get("/en/courses/noq"+x).status_code)
    print("leave", c.post("/en/courses/noq/learn/", {"do":"leave"}).status_code)
    Course.objects.filter(pk=v2.course_id).update(merged_into=w)
    for x in ("/learn/", "/result/", "/learn/text/"): r=c.get("/en/courses/noq"+x); print("merged", x, r.status_code, r.headers.get("Location"))
    r=c.post("/en/courses/noq/learn/", {"do":"language","language":"de"}); print("merged lang", r.status_code, r.headers.get("Location"))
    r = c.get("/en/courses/winner/learn/"); print(r.status_code, r.headers.get("Location"))
    print("home", c.get("/en/me/learning/").status_code)
    # pilot only
    v3 = a_course_with_content("pil", kinds=("text",)); Pilot.objects.create(version=v3, opened_at=timezone.now(), target_group="x")
    for x in ("/", "/learn/"): r=c.get("/en/courses/pil"+x); print("pilot", x, r.status_code, r.headers.get("Location"))
    print(c.post("/en/courses/pil/learn/", {"do":"enrol"}).status_code)
    v4 = a_course_with_content("odd", kinds=("text",)); an_enrolment(v4, p); v4.units.update(kind="weird")
    print("weird", c.get("/en/courses/odd/learn/").status_code, c.get("/en/me/learning/").status_code, c.get("/en/courses/odd/learn/text/").status_code)

def test_e():
    from synchromesh.learning.operations.unit_attempts import mark_unit_response
    v = a_course_with_content(SLUG, kinds=("assignment",))
    p = a_learner(); e = an_enrolment(v, p); t = give_part(a_learner(), v.course, "tutor")
    a = start_unit_attempt(by=p, enrolment_uid=e.uid, unit_key="assignment")
    from synchromesh.assessment.operations.attempts import save_answer
    save_answer(by=p, attempt_uid=a.uid, position=1, raw="words", save_number=1)
    submit_unit_attempt(by=p, attempt_uid=a.uid)
    from synchromesh.assessment.queries.marking import get_marking, rubric_of
    m = get_marking(a.uid, 1, visible_to=t); r = rubric_of(m.question)
    for bad in ("sNaN","NaN","Infinity"):
        try: mark_unit_response(by=t, attempt_uid=a.uid, position=1, marks={k.key: Decimal(bad) for k in r})
        except Exception as x: print(bad, type(x), x)
    try: mark_unit_response(by=t, attempt_uid=a.uid, position=1, marks={k.key: k.steps[0].points for k in r}, comment="a\0b"*3)
    except Exception as x: print(type(x), x)
