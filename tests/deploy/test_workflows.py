"""The workflows for GitHub and GitLab: linters find nothing, and steps run with a host of our own."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts.command import git, run
from tests.support import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())
GITLAB = ROOT / ".gitlab-ci.yml"


def read_workflow(path: Path) -> dict[str, Any]:
    """Read a YAML file."""
    workflow: dict[str, Any] = YAML(typ="safe").load(path)
    return workflow


def read_job(path: Path) -> dict[str, Any]:
    """Read a workflow's only job."""
    job: dict[str, Any]
    (job,) = read_workflow(path)["jobs"].values()
    return job


def read_steps(path: Path) -> dict[str, dict[str, Any]]:
    """Read the steps of a workflow's only job, by name."""
    return {step["name"]: step for step in read_job(path)["steps"]}


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    """In no workflow; and in a broken one it finds what is wrong, so that its silence says something."""
    lint = ROOT / "tests/deploy/lint_workflows.mjs"
    assert json.loads(run("node", lint, *WORKFLOWS).stdout) == []
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("github.token", "github.tokn"))
    assert "tokn" in json.loads(run("node", lint, broken).stdout)[0]["message"]


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_a_workflow_keeps_to_its_schema(path: Path) -> None:
    """To the one that its host publishes, as check-jsonschema brings it."""
    schema = "vendor.gitlab-ci" if path == GITLAB else "vendor.github-workflows"
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_no_code_of_others(path: Path) -> None:
    """No action is used, so none can change below us; all begin alike, in the same image as GitLab's."""
    job = read_job(path)
    assert not [step for step in job["steps"] if "uses" in step]
    steps, gitlab = read_steps(ROOT / ".github/workflows/test.yml"), read_workflow(GITLAB)["default"]
    assert job["steps"][:2] == [steps["Tools"], steps["Clone"]]
    assert steps["Tools"]["run"].splitlines() == gitlab["before_script"]
    assert job["container"] == gitlab["image"]
    assert job["timeout-minutes"]


@pytest.fixture
def host(tmp_path: Path) -> dict[str, str]:
    """Make a host with this repository, and name it as a workflow's environment does."""
    git("clone", "--quiet", "--bare", ROOT, tmp_path / "host/someone/guides")
    return {
        "GITHUB_SERVER_URL": f"file://{tmp_path}/host",
        "GITHUB_REPOSITORY": "someone/guides",
        "GITHUB_SHA": git("rev-parse", "HEAD"),
        "HOME": str(tmp_path),
    }


def run_step(name: str, cwd: Path, host: dict[str, str]) -> None:
    """Run a step of the workflow that publishes, as a container without bash does."""
    workflow = ROOT / ".github/workflows/pages.yml"
    env = {**os.environ, "TOKEN": "none", **read_job(workflow)["env"], **host}
    run("sh", "-e", "-c", read_steps(workflow)[name]["run"], cwd=cwd, env=env)


def test_the_clone_is_the_commit_with_its_history(tmp_path: Path, host: dict[str, str]) -> None:
    """A build from a part of the history could not tell what has changed."""
    work = tmp_path / "work"
    work.mkdir()
    run_step("Clone", work, host)
    for words in (("rev-parse", "HEAD"), ("rev-list", "--count", "HEAD")):
        assert git(*words, cwd=work) == git(*words)


def test_what_is_published_is_the_site(tmp_path: Path, host: dict[str, str]) -> None:
    """Every file, in one commit on a branch of its own; the next build takes its place."""
    site = tmp_path / "work/site"
    (site / "en").mkdir(parents=True)
    bare = tmp_path / "host/someone/guides"
    for page in ("index.html", "en/index.html"):
        (site / page).write_text("a page", encoding="utf-8")
        run_step("Publish", site.parent, host)
        shutil.rmtree(site / ".git")
    names = git("ls-tree", "-r", "--name-only", "gh-pages", cwd=bare).splitlines()
    assert names == [".nojekyll", "en/index.html", "index.html"]
    assert git("rev-list", "--count", "gh-pages", cwd=bare) == "1"


def test_the_token_answers_git(host: dict[str, str]) -> None:
    """A private repository asks for name and password: each workflow has a helper that gives the token."""
    for path in WORKFLOWS:
        helper = f"credential.helper={read_job(path)['env']['HELPER']}"
        filled = run(
            *("git", "-c", helper, "credential", "fill"),
            stdin="protocol=https\nhost=host.invalid\n\n",
            env={**os.environ, **host, "TOKEN": "the token"},
        )
        assert filled.stdout.splitlines()[2:] == ["username=x-access-token", "password=the token"]


def test_gitlab_publishes_the_site_that_scripts_build_makes(tmp_path: Path) -> None:
    """The folder of the artifact is the built site."""
    job = read_workflow(GITLAB)["pages"]
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/build").write_text("#!/bin/sh\nmkdir site && echo built >site/index.html\n")
    (tmp_path / "scripts/build").chmod(0o755)
    for line in job["script"]:
        run("sh", "-e", "-c", line, cwd=tmp_path)
    (folder,) = job["artifacts"]["paths"]
    assert (tmp_path / folder / "index.html").read_text() == "built\n"


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint has no wheel for Windows")
def test_hadolint_finds_nothing() -> None:
    """In the image's definition; each exception has its reason beside it."""
    assert run(Path(sys.executable).with_name("hadolint"), ROOT / "deploy/Containerfile").stdout == ""
