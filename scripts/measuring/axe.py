"""axe-core, run on a page as it stands."""

from typing import Any

from playwright.sync_api import Page

from scripts import ROOT

_AXE = ROOT / "node_modules/axe-core/axe.min.js"
_RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary]));
}"""


def find_violations(page: Page) -> list[Any]:
    """Return every violation that axe-core finds: rule, element and reason."""
    # Given to the page from outside, past the site's policy.
    page.evaluate(f"{_AXE.read_text(encoding='utf-8')}; undefined")
    violations: list[Any] = page.evaluate(_RUN)
    return violations
