"""Run what takes longer than a test may, and keep the figures in docs-dev/prove.md.

fuzzing  every property test with many more examples than the tests try
hostile  a million mutated files to certcheck: a report or an error of its own, in 2 s and 500 MB
agreement  what RFC 5280, certcheck, openssl and cryptography say of minted paths: docs-dev/agreement.md
vectors  every file of cryptography's test vectors: what a table says of it, and the same JSON in both Pythons
rows     500 mutated files in a row, in one page of the checker
pages    every page of the site to axe-core, every end of the start page's questions, every page at 320 pixels
wire     the checker's journey in a Chromium without silencing flags, five times: which hosts the browser asks
memory   what of a file's secrets lies in the browser's memory: a finding, which nothing refutes
clone    two empty clones, the second without a network: scripts/build makes the same site in both
image    the container image, built and run: as root, needs mmdebstrap and buildah; only when named
wheels   the Pyodide wheels from source: as root, needs mmdebstrap, about 15 minutes; only when named
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scripts import ROOT
from scripts.command import CommandError, git, run
from scripts.measuring.measure import describe_commit
from scripts.measuring.summary import update_summary
from scripts.proving.fuzz import fuzz
from scripts.site.inputs import hash_file

REPORT = ROOT / "docs-dev/prove.md"
AGREEMENT = ROOT / "docs-dev/agreement.md"
AGREEMENT_HEAD = """# Agreement on paths

Written by `scripts/prove agreement`, from the cases in `tests/certcheck/clauses`, one file a clause. ROOT is
the trust anchor; the holder signs in as a client. What contradicts RFC 5280 is in bold. `openssl verify` runs
with `-x509_strict -policy_check -purpose sslclient`, cryptography's verifier with the widest extension
policies that it allows.

"""
MUTATIONS = 1_000_000
# That the mutated files may take.
MUTATION_SECONDS = 3_600 * float(os.environ.get("CERT_GUIDES_HOURS", "3"))
HEAD = """# Proofs: the long runs

Written by `scripts/prove`; each line is the last run of that proof.

| proof | shown | seconds | commit | date |
|---|---|---|---|---|
"""


class RefutedError(Exception):
    """A proof failed; says what was seen."""


def prove_properties() -> str:
    """Run the property tests with the profile “prove” of tests/conftest.py."""
    output = run(
        *(sys.executable, "-m", "pytest", "-m", "hypothesis"),
        *("--hypothesis-profile=prove", "--hypothesis-show-statistics"),
    ).stdout
    passing = [int(number) for number in re.findall(r"- (\d+) passing, 0 failing", output)]
    if not passing:
        raise RefutedError(f"no property was tried:\n{output[-4000:]}")
    return f"{len(passing)} properties held, tried with {sum(passing):,} examples"


def prove_hostile() -> str:
    """Inspect mutated files; those that raise, take long or take much memory are left in build/fuzz."""
    folder = ROOT / "build/fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    tally = fuzz(MUTATIONS, folder, MUTATION_SECONDS)
    if tally.faults:
        faults = [f"{folder}/{number}: {fault}" for number, fault in tally.faults.items()]
        raise RefutedError("\n".join(faults))
    return (
        f"{tally.kinds.total():,} of {MUTATIONS:,} mutated files: "
        f"for the parsers of {_format_counts(tally.parsers)}; outcomes {_format_counts(tally.kinds)}; "
        f"slowest {tally.slowest:.2f} s of the processor, largest process {tally.memory / 1e6:.0f} MB"
    )


def prove_agreement() -> str:
    """Have the paths of each clause of RFC 5280 judged by others, too, and write the table."""
    _test_all_items("-k", "demands or broken", "tests/certcheck/clauses")
    table = run(sys.executable, "-m", "tests.certcheck.clauses.agreement").stdout
    AGREEMENT.write_text(AGREEMENT_HEAD + table, encoding="utf-8", newline="\n")
    paths = table.count("\n") - 2
    return f"{paths} paths judged as RFC 5280 asks; others contradict it {table.count('| **')} times"


def _format_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


def prove_vectors() -> str:
    """Run on all vectors the tests that otherwise take every n-th."""
    _test_all_items(
        *("-k", "as_the_table_says or pyodide_says"),
        *("tests/certcheck/test_vectors.py", "tests/certcheck/test_wheel.py"),
    )
    count = "from tests.certcheck import vectors; print(len(vectors.list_files()))"
    files = run(sys.executable, "-c", count).stdout.strip()
    return f"{files} files: each as the table says; the same bytes of JSON in CPython and Pyodide"


def prove_rows() -> str:
    """Have one page, with one worker, check all of the mutated files in a row."""
    _test_all_items("tests/browser/test_check_mutations.py")
    return "500 mutated files in a row, then a good one: each had its outcome, by one worker"


def prove_pages() -> str:
    """Run on all pages the tests that otherwise take every n-th."""
    files = [f"tests/browser/test_{name}.py" for name in ("accessibility", "start", "guide")]
    output = _test_all_items("-k", "axe or every_end or phone", *files)
    return f"{re.findall(r'([0-9]+) passed', output)[-1]} tests of whole sets of pages held"


def prove_wire() -> str:
    """Run the journey behind the logging proxy several times."""
    output = _test_all_items("tests/security/test_wire.py")
    runs = re.findall(r"([0-9]+) passed", output)[-1]
    return f"{runs} tests of the wire and the profile held: no host was asked because of a file"


def prove_clone() -> str:
    """Build two clones: one as a stranger builds it, one without a network as deploy/README.md says."""
    text = (ROOT / "deploy/README.md").read_text(encoding="utf-8").partition("\n## Without a network\n")[2]
    *preparations, build = re.findall(r"^    (.+)$", text, re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        online, offline = Path(folder, "online"), Path(folder, "another/place")
        started = time.monotonic()
        git("clone", "--quiet", ROOT, online)
        run("scripts/build", cwd=online)
        seconds = time.monotonic() - started
        git("clone", "--quiet", ROOT, offline)
        for command in preparations:
            run("sh", "-c", command, cwd=offline)
        shutil.rmtree(offline / "node_modules")
        run("unshare", "--map-root-user", "--net", "sh", "-c", build, cwd=offline)
        first, second = hash_tree(online / "site"), hash_tree(offline / "site")
        if first != second:
            names = sorted({name for name, _ in first.items() ^ second.items()})
            raise RefutedError("two clones made different files: " + ", ".join(names))
    return f"{len(first)} files, the same bytes in both; clone, set-up and build took {seconds:.0f} s"


def find_secrets() -> str:
    """Count how often password, key and file are in memory, while the verdict is shown and later."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder)
        return run(sys.executable, "-m", "scripts.proving.memory", folder).stdout.strip()


def prove_wheels() -> str:
    """Build the wheels twice from source; the recipe compares both builds and installs them."""
    run("wasm/wheels/build")
    changes = git("status", "--porcelain", "--", "wasm/wheels/*.whl")
    if changes:
        raise RefutedError(f"the wheels built now are not the committed ones:\n{changes}")
    wheels = sorted((ROOT / "wasm/wheels").glob("*.whl"))
    hashes = "; ".join(f"{path.name.split('-')[0]} {hash_file(path)[:16]}…" for path in wheels)
    return f"{hashes}: as committed, twice"


def prove_image() -> str:
    """Build and run the image of deploy/Containerfile."""
    return run(sys.executable, "-m", "scripts.proving.image").stdout.splitlines()[-1]


def _test_all_items(*words: str) -> str:
    """Run tests on all items instead of every n-th, and return pytest's output."""
    environment = {**os.environ, "CERT_GUIDES_WHOLE": "1"}
    return run(sys.executable, "-m", "pytest", *words, env=environment).stdout


PROOFS: dict[str, Callable[[], str]] = {
    "fuzzing": prove_properties,
    "hostile": prove_hostile,
    "agreement": prove_agreement,
    "vectors": prove_vectors,
    "rows": prove_rows,
    "pages": prove_pages,
    "wire": prove_wire,
    "memory": find_secrets,
    "clone": prove_clone,
    "image": prove_image,
    "wheels": prove_wheels,
}
WHEN_NAMED = {"image", "wheels"}
"""Proofs that need more than the other scripts."""


def hash_tree(directory: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a directory, by its path there."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hash_file(path) for path in files}


def record(proof: str, finding: str, seconds: float, commit: str) -> None:
    """Put a proof's line into the report, in place of its last one."""
    row = f"| {proof} | {finding} | {seconds:.0f} | {commit} | {datetime.now(UTC).date()} |"
    text = REPORT.read_text(encoding="utf-8").removeprefix(HEAD) if REPORT.is_file() else ""
    rows = {line.split("|")[1].strip(): line for line in text.splitlines()} | {proof: row}
    known = "".join(f"{rows[name]}\n" for name in PROOFS if name in rows)
    REPORT.write_text(HEAD + known, encoding="utf-8", newline="\n")


def main() -> int:
    """Run the named proofs, or all that need no more than the other scripts; 1 when one is refuted."""
    options = argparse.ArgumentParser(
        prog="scripts/prove", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("proof", nargs="*", metavar="PROOF")
    proofs = options.parse_args().proof or [name for name in PROOFS if name not in WHEN_NAMED]
    if unknown := set(proofs) - PROOFS.keys():
        options.error(f"no such proof: {', '.join(sorted(unknown))}")
    # Before the report changes: a commit with other changes than the report's own is marked.
    commit = describe_commit()
    for proof in proofs:
        print(f"Proving: {proof} …", flush=True)
        started = time.monotonic()
        try:
            finding = PROOFS[proof]()
        except (RefutedError, CommandError) as error:
            print(error, file=sys.stderr)
            return 1
        record(proof, finding, time.monotonic() - started, commit)
        update_summary(ROOT)
        print(finding)
    return 0


if __name__ == "__main__":
    sys.exit(main())
