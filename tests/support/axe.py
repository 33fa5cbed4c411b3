"""axe-core, asked about a page as it stands."""

from typing import Any

from playwright.sync_api import Page

from tests.support import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary]));
}"""


def objections(page: Page) -> list[Any]:
    """What axe-core objects to: rule, element and reason."""
    # Given to the page from outside, past the site's policy.
    page.evaluate(f"{AXE}; undefined")
    found: list[Any] = page.evaluate(RUN)
    return found
