"""Single steps of a person's way through the site, as a person does them: by label and by the words on a button."""

from __future__ import annotations

from playwright.sync_api import Page

ANSWERS = ("Not yet", "With help", "On my own", "I can teach it")


def answer_some(page: Page) -> int:
    """Answer the self-check, each question differently from the one before, and send it; returns how many."""
    questions = page.locator("fieldset.check-item")
    count = questions.count()
    for position in range(count):
        questions.nth(position).get_by_label(ANSWERS[position % 3], exact=True).check()
    page.get_by_role("button", name="Show my gap").click()
    page.wait_for_url("**/gap/")
    return count


def sign_in(page: Page, login: str, password: str) -> None:
    """Sign in on the sign-in page."""
    if "/account/login/" not in page.url:
        page.goto("/en/account/login/")
    page.get_by_label("E-mail address or sign-in name").fill(login)
    page.get_by_label("Password").fill(password)
    page.locator("main form").get_by_role("button", name="Sign in", exact=True).click()


def send_wrong_choice(page: Page) -> None:
    """Answer a question with something that was not offered."""
    page.evaluate("document.querySelector('.choice input').value = '9'")
    page.locator(".choice input").first.check()
    page.get_by_role("button", name="Show my gap").click()


def send_a_file(page: Page, name: str, content: bytes) -> None:
    """Send a file of courses from the page of imports."""
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Show the preview").click()


def start_draft_if_none(page: Page) -> None:
    """Go to the framework at the desk, and start a draft unless there is one."""
    page.goto("/en/desk/framework/")
    start = page.get_by_role("button", name="Start a draft from the published version")
    if start.count():
        start.click()


CV = """Battery technician, 2019 - 2023
Isolated high-voltage batteries before each repair.
Read logs of battery management systems and found faulty cells.
Programmed industrial robots and worked in a team.
"""


def send_a_cv(page: Page) -> None:
    """Let a pasted CV be read, and open why the first skill was found."""
    page.get_by_label("Or paste the text").fill(CV)
    page.get_by_role("button", name="Read my CV").click()
    page.get_by_text("Why this skill, and what else it could be").first.click()
