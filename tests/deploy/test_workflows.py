"""The workflows for GitHub and GitLab: linters find nothing, and steps run with a host of our own."""

import json
import os
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts.command import git, run
from scripts.site.offline_lists import PREVIEW
from tests.support import ROOT

FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.iterdir())
PAGES, TEST = FOLDER / "pages.yml", FOLDER / "test.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
# Actions that are used, all of them GitHub's own and named by their commit; and in which job.
ACTIONS = {
    ("preview", "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a"),
    ("build", "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a"),
    ("deploy", "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e"),
}

Job = dict[str, Any]


def read_workflow(path: Path) -> dict[str, Any]:
    """Read a YAML file."""
    workflow: dict[str, Any] = YAML(typ="safe").load(path)
    return workflow


def read_jobs(path: Path) -> dict[str, Job]:
    """Read a workflow's jobs, by name."""
    jobs: dict[str, Job] = read_workflow(path)["jobs"]
    return jobs


def list_cloning_jobs(path: Path) -> list[Job]:
    """List the jobs that have this repository's code."""
    jobs = read_jobs(path).values()
    return [job for job in jobs if any(step["name"] == "Clone" for step in job.get("steps", []))]


def read_steps(job: Job) -> dict[str, dict[str, Any]]:
    """Return a job's steps, by name."""
    return {step["name"]: step for step in job["steps"]}


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
def test_jobs_with_our_code_begin_alike(path: Path) -> None:
    """In the same image as GitLab's, with the same tools; none runs longer than it may."""
    test = read_jobs(TEST)["test"]
    gitlab = read_workflow(GITLAB)["default"]
    for job in list_cloning_jobs(path):
        assert job["steps"][:2] == [read_steps(test)["Tools"], read_steps(test)["Clone"]]
        assert read_steps(test)["Tools"]["run"].splitlines() == gitlab["before_script"]
        assert job["container"] == gitlab["image"]
    assert all(job.get("timeout-minutes") or "uses" in job for job in read_jobs(path).values())


def test_actions_are_githubs_own_and_named_by_their_commit() -> None:
    """No tag, which can be moved; two of them, where nothing else can hand a folder over."""
    used = set()
    for path in WORKFLOWS:
        for name, job in read_jobs(path).items():
            used |= {(name, step["uses"]) for step in job.get("steps", []) if "uses" in step}
    assert used == ACTIONS


def test_github_publishes_after_the_tests_without_our_code() -> None:
    """Test, build, deploy: only the last may write, and it has no clone and no command."""
    workflow, jobs = read_workflow(PAGES), read_jobs(PAGES)
    assert workflow["permissions"] == {}
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "test": None,
        "build": "test",
        "deploy": "build",
    }
    assert jobs["test"]["uses"] == f"./{TEST.relative_to(ROOT).as_posix()}"
    assert [step.get("run") for step in read_jobs(TEST)["test"]["steps"]][-1] == "scripts/test"
    permissions = {name: job["permissions"] for name, job in jobs.items()}
    assert permissions == {
        "test": {"contents": "read"},
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert [step for step in jobs["deploy"]["steps"] if "run" in step or "env" in step] == []
    # In the build, the token that reads is in the environment of the one step that clones.
    assert [step["name"] for step in jobs["build"]["steps"] if "token" in str(step)] == ["Clone"]
    assert not [name for name, job in jobs.items() if "secrets" in str(job)]


def test_main_is_tested_once() -> None:
    """By the workflow that publishes it; all else that is pushed, by the other."""
    triggers = {path: read_workflow(path)["on"] for path in (PAGES, TEST)}
    assert triggers[PAGES]["push"]["branches"] == triggers[TEST]["push"]["branches-ignore"] == ["main"]
    assert "workflow_call" in triggers[TEST]


def test_a_request_to_merge_gets_a_preview_on_github() -> None:
    """With drafts; not again for main; with no token but the one that clones, which reads."""
    workflow, job = read_workflow(TEST), read_jobs(TEST)["preview"]
    assert (workflow["permissions"], job.get("permissions")) == ({"contents": "read"}, None)
    assert job["if"] == "github.event_name == 'pull_request'"
    assert job.get("needs") is None  # whoever reviews sees the page, whatever a test says
    steps = read_steps(job)
    assert (steps["Build"]["env"], steps["Build"]["run"]) == ({PREVIEW: "1"}, "scripts/build")
    assert (steps["Hand over"]["with"]["name"], steps["Hand over"]["with"]["path"]) == ("preview", "site")
    assert [name for name, step in steps.items() if "token" in str(step)] == ["Clone"]


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_forks_get_no_secrets(path: Path) -> None:
    """No workflow names one, and none runs a fork's code with this repository's rights."""
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "inherit" not in text
    assert "pull_request_target" not in read_workflow(path).get("on", {})
    # GitLab's own variables only: those of the project's settings may be secret.
    assert all(name.startswith("CI_") for name in re.findall(r"\$([A-Z]\w+)", text) if path == GITLAB)


def test_a_request_to_merge_gets_a_preview_on_gitlab(tmp_path: Path) -> None:
    """With drafts, in one pipeline, and the folder that is kept is the built site."""
    workflow = read_workflow(GITLAB)
    job = workflow["preview"]
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert (job["variables"], job["artifacts"]["expose_as"]) == ({PREVIEW: "1"}, "preview")
    assert "needs" not in job
    branch, other = workflow["workflow"]["rules"]
    assert ("$CI_OPEN_MERGE_REQUESTS" in branch["if"], branch["when"]) == (True, "never")
    assert other == {"when": "always"}
    write_build(tmp_path, f"echo ${PREVIEW} >site/index.html")
    for line in job["script"]:
        run("sh", "-e", "-c", line, cwd=tmp_path, env={**os.environ, **job["variables"]})
    (folder,) = job["artifacts"]["paths"]
    assert (tmp_path / folder / "index.html").read_text() == "1\n"


def write_build(folder: Path, command: str) -> None:
    """Write a scripts/build that makes a site by one command."""
    (folder / "scripts").mkdir()
    (folder / "scripts/build").write_text(f"#!/bin/sh\nmkdir site && {command}\n")
    (folder / "scripts/build").chmod(0o755)


def test_gitlab_publishes_after_the_tests_without_our_code() -> None:
    """Test, build, pages: the job whose artifact GitLab publishes has no clone and moves one folder."""
    workflow = read_workflow(GITLAB)
    assert workflow["stages"] == ["test", "build", "deploy"]
    test, build, pages = (workflow[name] for name in ("test", "build", "pages"))
    assert [job["stage"] for job in (test, build, pages)] == workflow["stages"]
    assert (build["needs"], pages["needs"]) == (["test"], ["build"])
    assert test["script"] == ["scripts/test"]
    assert (pages["variables"]["GIT_STRATEGY"], pages["before_script"]) == ("none", [])
    assert pages["script"] == [f"mv {build['artifacts']['paths'][0]} {pages['artifacts']['paths'][0]}"]


def test_dependencies_are_audited_by_schedule() -> None:
    """On both hosts, by the report of what is out of date: its issue, or its artifact, names the findings."""
    workflow = read_workflow(FOLDER / "freshness.yml")
    assert workflow["on"]["schedule"]
    report = read_steps(workflow["jobs"]["freshness"])["Report"]["run"]
    assert "scripts/freshness --network" in report
    job = read_workflow(GITLAB)["freshness"]
    assert "scripts/freshness --network" in job["script"][0]
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]
    assert (job["artifacts"]["when"], job["artifacts"]["paths"]) == ("always", ["freshness.md"])


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
    job = read_jobs(PAGES)["build"]
    env = {**os.environ, "TOKEN": "none", **job["env"], **host}
    run("sh", "-e", "-c", read_steps(job)[name]["run"], cwd=cwd, env=env)


def test_the_clone_is_the_commit_with_its_history(tmp_path: Path, host: dict[str, str]) -> None:
    """A build from a part of the history could not tell what has changed."""
    work = tmp_path / "work"
    work.mkdir()
    run_step("Clone", work, host)
    for words in (("rev-parse", "HEAD"), ("rev-list", "--count", "HEAD")):
        assert git(*words, cwd=work) == git(*words)


def test_what_is_handed_over_is_the_site(tmp_path: Path, host: dict[str, str]) -> None:
    """Every file of it, and no link: what would be published is plain files."""
    site = tmp_path / "work/site"
    (site / "en").mkdir(parents=True)
    for page in ("index.html", "en/index.html"):
        (site / page).write_text("a page", encoding="utf-8")
    (site / "same.html").hardlink_to(site / "index.html")
    run_step("Pack", site.parent, host)
    upload = read_steps(read_jobs(PAGES)["build"])["Hand over"]["with"]
    with tarfile.open(site.parent / upload["path"]) as archive:
        files = {member.name for member in archive.getmembers() if member.isreg()}
        others = [member.name for member in archive.getmembers() if not (member.isreg() or member.isdir())]
    assert files == {"./index.html", "./en/index.html", "./same.html"}
    assert others == []


def test_the_token_answers_git(host: dict[str, str]) -> None:
    """A private repository asks for name and password: each workflow has a helper that gives the token."""
    jobs = [job for path in WORKFLOWS for job in list_cloning_jobs(path)]
    assert len(jobs) == len(WORKFLOWS) + 1  # a preview beside the test
    for job in jobs:
        helper = f"credential.helper={job['env']['HELPER']}"
        filled = run(
            *("git", "-c", helper, "credential", "fill"),
            stdin="protocol=https\nhost=host.invalid\n\n",
            env={**os.environ, **host, "TOKEN": "the token"},
        )
        assert filled.stdout.splitlines()[2:] == ["username=x-access-token", "password=the token"]


def test_gitlab_publishes_the_site_that_scripts_build_makes(tmp_path: Path) -> None:
    """The folder of the last artifact is the built site."""
    write_build(tmp_path, "echo built >site/index.html")
    jobs = read_workflow(GITLAB)
    for line in [*jobs["build"]["script"], *jobs["pages"]["script"]]:
        run("sh", "-e", "-c", line, cwd=tmp_path)
    (folder,) = jobs["pages"]["artifacts"]["paths"]
    assert (tmp_path / folder / "index.html").read_text() == "built\n"


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint has no wheel for Windows")
def test_hadolint_finds_nothing() -> None:
    """In the image's definition; each exception has its reason beside it."""
    assert run(Path(sys.executable).with_name("hadolint"), ROOT / "deploy/Containerfile").stdout == ""
