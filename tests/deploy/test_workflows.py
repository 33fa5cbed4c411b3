"""The workflows for GitHub and GitLab: what linters say of them; their steps, run with a host of our own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())
GITLAB = ROOT / ".gitlab-ci.yml"


def read(path: Path) -> Any:  # noqa: ANN401  # YAML is whatever it is; the tests compare
    """A YAML file."""
    return YAML(typ="safe").load(path)


def steps(workflow: Path) -> dict[str, dict[str, Any]]:
    """The steps of a workflow's only job, by name."""
    (job,) = read(workflow)["jobs"].values()
    return {step["name"]: step for step in job["steps"]}


def said(*words: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """What a command writes; it must succeed."""
    command = [str(word) for word in words]
    env = {**os.environ, **environment}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)  # noqa: S603  # no word is a stranger's
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    """In no workflow; and in a broken one it finds what is wrong, so that its silence says something."""
    lint = ROOT / "tests/deploy/lint_workflows.mjs"
    assert json.loads(said("node", lint, *WORKFLOWS)) == []
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("github.token", "github.tokn"))
    assert "tokn" in json.loads(said("node", lint, broken))[0]["message"]


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_a_workflow_keeps_to_its_schema(path: Path) -> None:
    """To the one that its host publishes, as check-jsonschema brings it."""
    schema = "vendor.gitlab-ci" if path == GITLAB else "vendor.github-workflows"
    said(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_no_code_of_others(path: Path) -> None:
    """No action is used, so none can change below us; all begin alike, in the same image as GitLab's."""
    (job,) = read(path)["jobs"].values()
    assert not [step for step in job["steps"] if "uses" in step]
    first, gitlab = steps(ROOT / ".github/workflows/test.yml"), read(GITLAB)["default"]
    assert [job["steps"][at] for at in (0, 1)] == [first["Tools"], first["Clone"]]
    assert first["Tools"]["run"].splitlines() == gitlab["before_script"]
    assert job["container"] == gitlab["image"]
    assert job["timeout-minutes"]


@pytest.fixture
def host(tmp_path: Path) -> dict[str, str]:
    """A host with this repository, as a workflow's environment names it."""
    said("git", "clone", "--quiet", "--bare", ROOT, tmp_path / "host/someone/guides")
    return {
        "GITHUB_SERVER_URL": f"file://{tmp_path}/host",
        "GITHUB_REPOSITORY": "someone/guides",
        "GITHUB_SHA": said("git", "rev-parse", "HEAD").strip(),
        "HOME": str(tmp_path),
    }


def run(name: str, cwd: Path, host: dict[str, str]) -> None:
    """A step of the workflow that publishes, as a container without bash runs it."""
    workflow = ROOT / ".github/workflows/pages.yml"
    (job,) = read(workflow)["jobs"].values()
    said("sh", "-e", "-c", steps(workflow)[name]["run"], cwd=cwd, TOKEN="none", **job["env"], **host)


def test_the_clone_is_the_commit_with_its_history(tmp_path: Path, host: dict[str, str]) -> None:
    """A build from a part of the history could not tell what has changed."""
    work = tmp_path / "work"
    work.mkdir()
    run("Clone", work, host)
    for asked in (("rev-parse", "HEAD"), ("rev-list", "--count", "HEAD")):
        assert said("git", *asked, cwd=work) == said("git", *asked)


def test_what_is_published_is_the_site(tmp_path: Path, host: dict[str, str]) -> None:
    """Every file, in one commit on a branch of its own; the next build takes its place."""
    site = tmp_path / "work/site"
    (site / "en").mkdir(parents=True)
    bare = tmp_path / "host/someone/guides"
    for page in ("index.html", "en/index.html"):
        (site / page).write_text("a page", encoding="utf-8")
        run("Publish", site.parent, host)
        shutil.rmtree(site / ".git")
    listed = said("git", "ls-tree", "-r", "--name-only", "gh-pages", cwd=bare).splitlines()
    assert listed == [".nojekyll", "en/index.html", "index.html"]
    assert said("git", "rev-list", "--count", "gh-pages", cwd=bare) == "1\n"


def test_the_token_answers_git(host: dict[str, str]) -> None:
    """A private repository asks who is there: each workflow has a helper that says the token."""
    for path in WORKFLOWS:
        (job,) = read(path)["jobs"].values()
        filled = subprocess.run(  # noqa: S603  # no word is a stranger's
            ["git", "-c", f"credential.helper={job['env']['HELPER']}", "credential", "fill"],  # noqa: S607  # of the PATH
            input="protocol=https\nhost=host.invalid\n\n",
            env={**os.environ, **host, "TOKEN": "the token"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert filled.stdout.splitlines()[2:] == ["username=x-access-token", "password=the token"]


def test_gitlab_publishes_the_site_that_scripts_build_makes(tmp_path: Path) -> None:
    """The folder of the artifact is the built site."""
    job = read(GITLAB)["pages"]
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/build").write_text("#!/bin/sh\nmkdir site && echo built >site/index.html\n")
    (tmp_path / "scripts/build").chmod(0o755)
    for line in job["script"]:
        said("sh", "-e", "-c", line, cwd=tmp_path)
    (folder,) = job["artifacts"]["paths"]
    assert (tmp_path / folder / "index.html").read_text() == "built\n"


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint has no wheel for Windows")
def test_hadolint_finds_nothing() -> None:
    """In the image's definition; each exception has its reason beside it."""
    assert said(Path(sys.executable).with_name("hadolint"), ROOT / "deploy/Containerfile") == ""
