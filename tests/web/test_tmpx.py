import re, pytest
from django.test import Client
from tests.web.walk import make_site
@pytest.mark.django_db
def test_x():
    s=make_site(); c=Client(); c.force_login(s.people["staff"])
    for a in ("/<language>/desk/imports/","/<language>/desk/imports/<uid>/"):
        t=c.get(s.fill(a)).content.decode()
        print(a, re.findall(r".{60}unknown variable.{30}",t,re.S))
