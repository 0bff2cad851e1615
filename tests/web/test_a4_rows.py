import pytest
from tests.web.test_permission_walk import ROWS
from tests.web.walk import make_site, list_addresses
@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_matching")
def test_rows():
    site = make_site(); bad=[]
    for m,a,o in ROWS:
        if "/award/" in a or a.endswith("achievement/") or "/organisations/" in a or a in ("/<language>/me/","/<language>/desk/") or "/teach/courses/<slug>/" in a:
            seen={x: site.visit(x,a,m) for x in o}
            if seen!=o: bad.append((m,a,seen))
    listed={a for m,a,_ in ROWS if m=="GET"}
    missing=[a for a in list_addresses() if a not in listed and ("award" in a or "achievement/" in a)]
    print(missing)
    assert bad==[] 
