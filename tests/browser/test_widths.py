"""Every width from a small phone to a large window: nothing is cut off, nothing lies over anything else."""

import pytest
from playwright.sync_api import Page

from scripts.serving.server import SiteServer

WIDTHS = range(320, 1601, 40)

# Returns what is wrong at the present width. Controls in the bar that stays in sight lie over the steps by
# design, and the title of the next step in it is shortened by design: it has one line.
FIND_FAULTS = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  const name = ({ tagName, className, textContent }) =>
    `${tagName}.${className} ${textContent.trim().slice(0, 30)}`;
  const controls = [...document.querySelectorAll("a, button, input, select, summary, label")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !element.closest(".follow-bar, .visually-hidden") && element.getBoundingClientRect().width > 2);
  const boxes = controls.map((element) => [...element.getClientRects()]);
  controls.forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const part of [element, ...element.querySelectorAll("*")]) {
      if (getComputedStyle(part).overflowX !== "hidden" || part.closest(".visually-hidden, svg")) continue;
      if (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 4)
        faults.push(`cut off: ${name(part)}`);
    }
    for (const box of boxes[at]) {
      const isSkip = style.position === "fixed" || box.bottom <= 0; // shown when it has the focus
      if (!isSkip && (box.left < -1 || box.right > innerWidth + 1)) faults.push(`outside: ${name(element)}`);
    }
    for (let other = at + 1; other < controls.length; other += 1) {
      if (element.contains(controls[other]) || controls[other].contains(element)) continue;
      for (const a of boxes[at]) for (const b of boxes[other]) {
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of text overlap by what the letters' boxes are higher than the lines.
        if (width > 2 && height > 6)
          faults.push(`over each other: ${name(element)} / ${name(controls[other])}`);
      }
    }
  });
  return faults;
}"""


@pytest.mark.parametrize("mounted", ["/"], indirect=True)  # the width has nothing to do with the path
@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("below", ["", "boj/renew/", "check/", "no/such/page/"])
def test_no_width_spoils_a_page(
    page: Page, server: SiteServer, complaints: list[str], prefix: str, below: str
) -> None:
    """From 320 to 1,600 pixels, in steps of 40, of the same page: as when a window is made larger."""
    page.goto(f"{server.url}{prefix}{below}", wait_until="networkidle" if "such" in below else "load")
    faults: dict[int, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if found := page.evaluate(FIND_FAULTS):
            faults[width] = found
    assert faults == {}
    if "such" in below:
        complaints.clear()  # the answer 404 itself, and the looks upwards


def test_the_faults_are_found(page: Page, server: SiteServer) -> None:
    """The control: what is cut off, outside, or over another is named."""
    page.goto(f"{server.url}boj/renew/")
    page.evaluate("""() => {
      for (const style of [
        "position: absolute; left: 3rem; top: 60rem; width: 2rem; overflow: hidden; white-space: nowrap",
        "position: absolute; left: -3rem; top: 70rem",
        "position: absolute; left: 9rem; top: 80rem",
        "position: absolute; left: 9rem; top: 80rem",
      ]) {
        const button = document.createElement("button");
        button.textContent = "a long label";
        button.style.cssText = style;
        document.body.append(button);
      }
    }""")
    faults = " ".join(page.evaluate(FIND_FAULTS))
    for word in ("cut off: BUTTON", "outside: BUTTON", "over each other: BUTTON"):
        assert word in faults
