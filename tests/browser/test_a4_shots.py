import pytest
from tests.browser.award_addresses import award_states
from tests.browser.test_accessibility import show_as
STATES = award_states()
@pytest.mark.parametrize("state", STATES, ids=lambda s: s.name)
def test_shot(state, open_context, facts):
    page = open_context("light-320", person=state.person).new_page()
    page.goto(state.path.format(**facts.addresses))
    if state.then: state.then(page)
    page.wait_for_load_state("load")
    name = state.name.replace(":", "_").replace(" ", "-")
    for v in ("light-320", "dark-1280"):
        show_as(page, v)
        page.screenshot(path=f"/tmp/boot6/a4pics/{name}-{v}.png", full_page=True)
