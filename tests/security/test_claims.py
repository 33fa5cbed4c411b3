"""SECURITY.md and the policies agree, and its guarantees have tests."""

import ast
import re

import pytest

from scripts.site.policy import load_policy
from tests.support import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def read_rows(heading: str) -> list[list[str]]:
    """Read the cells of the table below a heading, without its head."""
    part = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@pytest.mark.parametrize("heading", ["Guarantees", "Known limitations"])
def test_each_claim_names_a_test_that_exists(heading: str) -> None:
    """No claim stands without its test, and no test is named that is gone."""
    claims = read_rows(heading)
    assert claims
    for claim, cell in claims:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell)
        assert tests, claim
        for file, test in tests:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            assert test in functions, (file, test)


def parse_directives(policy: str) -> dict[str, set[str]]:
    """Parse a policy: the sources of each directive."""
    words = (directive.split() for directive in policy.split(";"))
    return {name: set(sources) for name, *sources in words}


def test_what_is_looser_on_guides_is_listed() -> None:
    """Each source that a guide has and the checker has not, each restriction that it lacks, with a reason."""
    policy = load_policy(ROOT / "deploy/policy.yaml")
    page_classes = {page_class.name: page_class for page_class in policy.classes}
    headers = {name: policy.headers | page_class.headers for name, page_class in page_classes.items()}
    classes = {name: parse_directives(page_class.csp) for name, page_class in page_classes.items()}
    check, guide = classes["check"], classes["guide"]
    looser = {
        f"`{name} {source}`"
        for name, sources in guide.items()
        for source in sources - check.get(name, set())
        if source != "'none'"
    }
    looser |= {f"no `{name}`" for name in check.keys() - guide.keys()}
    looser |= {f"no `{name}`" for name in headers["check"].keys() - headers["guide"].keys()}
    looser |= {
        f"`{name}: {value}`"
        for name, value in headers["guide"].items()
        if value != headers["check"].get(name)
    }
    listed = {row[0]: row[1] for row in read_rows("Differences between guide pages and the checker")}
    assert looser == listed.keys() - {"requests remain possible"}
    assert all(listed.values())


def test_no_page_class_is_looser_than_the_guides() -> None:
    """Whatever is neither a guide nor the checker allows nothing that they do not."""
    policies = {
        page_class.name: parse_directives(page_class.csp)
        for page_class in load_policy(ROOT / "deploy/policy.yaml").classes
    }
    guide, check = policies.pop("guide"), policies.pop("check")
    for class_name, policy in policies.items():
        for name, sources in policy.items():
            allowed = guide.get(name, set()) | check.get(name, set()) | {"'none'", "{scripts}", "{styles}"}
            assert sources <= allowed, (class_name, name)
