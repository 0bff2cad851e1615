"""A recruiter with a phone: from a QR code to the verdict without a click, and files that somebody has altered."""

from __future__ import annotations

import base64

from playwright.sync_api import Page, expect
from tests.browser.conftest import Facts, OpenContext

from synchromesh.engine.credential_formats.qr import qr_png

# The site of these tests calls itself so, wherever it is served.
SITE_ADDRESS = "http://localhost:8000"
# A camera in front of which somebody holds a picture, in a browser that cannot read codes itself.
CAMERA = """
delete window.BarcodeDetector;
navigator.mediaDevices.getUserMedia = async () => {
  const picture = new Image();
  picture.src = "data:image/png;base64,%s";
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width; canvas.height = picture.height;
  const paint = () => canvas.getContext("2d").drawImage(picture, 0, 0);
  paint();
  setInterval(paint, 50);
  return canvas.captureStream(20);
};
"""


def check_file(page: Page, name: str, data: bytes) -> None:
    page.goto("/verify")
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "application/json", "buffer": data})
    page.get_by_role("button", name="Check it").click()


def test_a_code_on_paper_leads_to_the_verdict_without_a_click_and_without_scripts(
    open_context: OpenContext, facts: Facts
) -> None:
    phone = open_context("light-320", java_script_enabled=False).new_page()
    phone.goto(f"/c/{facts.addresses['c_full']}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Valid")
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(phone.locator("[data-line]")).to_have_count(3)

    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Open Badge 3.0 (JSON)", exact=True).click()
    data = saved.value.path().read_bytes()
    check_file(phone, "badge.json", data)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Valid")
    check_file(phone, "badge.json", data.replace("Zoë".encode(), b"Max"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Altered")
    expect(phone.get_by_text("Anybody could have written this.")).to_be_visible()
    expect(phone.get_by_text("Ask the holder for the file as the issuer gave it.")).to_be_visible()


def test_without_a_network_the_page_says_that_it_was_not_checked_again(open_context: OpenContext, facts: Facts) -> None:
    context = open_context("light-320")
    page = context.new_page()
    page.goto(f"/c/{facts.addresses['c_initials']}")
    context.set_offline(True)
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("alert")).to_contain_text("Not checked again.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Valid")
    context.set_offline(False)
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_camera_sees_the_code(open_context: OpenContext, facts: Facts) -> None:
    code = facts.addresses["c_withdrawn"]
    context = open_context("light-1280")
    context.add_init_script(CAMERA % base64.b64encode(qr_png(f"{SITE_ADDRESS}/c/{code}")).decode())
    page = context.new_page()
    page.goto("/en/verify")
    page.get_by_role("button", name="Scan with the camera").click()
    page.get_by_role("button", name="Take the picture").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Withdrawn")
    assert page.url.partition("#")[0].endswith(f"/en/c/{code}")
