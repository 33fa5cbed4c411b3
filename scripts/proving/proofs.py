"""Run what takes longer than a test may, and keep the figures in docs-dev/prove.md.

fuzzing  every property test with many more examples than the tests try
hostile  a million mutated files to certcheck: a report or an error of its own, in 2 s and 500 MB
vectors  every file of cryptography's test vectors: what a table says of it, and the same JSON in both Pythons
rows     500 mutated files in a row, in one page of the checker
pages    every page of the site to axe-core, every end of the start page's questions, every page at 320 pixels
memory   what of a file's secrets lies in the browser's memory: a finding, which nothing refutes
clone    two empty clones, the second without a network: scripts/build makes the same site in both
image    the container image, built and run: as root, needs mmdebstrap and buildah; only when named
wheels   the Pyodide wheels from source: as root, needs mmdebstrap, about 15 minutes; only when named
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scripts import ROOT
from scripts.measuring.summary import update_summary
from scripts.proving.fuzz import fuzz

REPORT = ROOT / "docs-dev/prove.md"
MUTATED = 1_000_000
MUTATING = 3_600 * float(os.environ.get("CERT_GUIDES_HOURS", "3"))  # seconds that the mutated files may take
HEAD = """# Proofs: the long runs

Written by `scripts/prove`; each line is the last run of that proof.

| proof | shown | seconds | commit | date |
|---|---|---|---|---|
"""


class Refuted(Exception):  # noqa: N818  # the opposite of proved, not an error of the program
    """A proof failed; says what was seen."""


def run(*words: str, cwd: Path = ROOT) -> str:
    """What a command writes.

    Raises:
        Refuted: it failed, with the end of what it wrote.
    """
    done = subprocess.run(  # noqa: S603  # no word is a stranger's
        words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise Refuted(f"{' '.join(words)} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def fuzzing() -> str:
    """Property tests with the profile “prove” of tests/conftest.py."""
    said = run(
        *(sys.executable, "-m", "pytest", "-m", "hypothesis"),
        *("--hypothesis-profile=prove", "--hypothesis-show-statistics"),
    )
    passing = [int(number) for number in re.findall(r"- (\d+) passing, 0 failing", said)]
    if not passing:
        raise Refuted(f"no property was tried:\n{said[-4000:]}")
    return f"{len(passing)} properties held, tried with {sum(passing):,} examples"


def hostile() -> str:
    """No input raises, takes long, or takes much memory; those that do are kept in build/fuzz."""
    folder = ROOT / "build/fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    tally = fuzz(MUTATED, folder, MUTATING)
    if tally.faults:
        raise Refuted("\n".join(f"{folder}/{number}: {fault}" for number, fault in tally.faults.items()))
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in tally.kinds.most_common())
    return (
        f"{tally.kinds.total():,} of {MUTATED:,} mutated files: {kinds}; "
        f"slowest {tally.slowest:.2f} s of the processor, largest process {tally.memory / 1e6:.0f} MB"
    )


def vectors() -> str:
    """The tests of which every run takes a slice, as a whole."""
    run(
        *("env", "CERT_GUIDES_WHOLE=1", sys.executable, "-m", "pytest", "-k", "said_of_each or pyodide_says"),
        *("tests/certcheck/test_vectors.py", "tests/certcheck/test_wheel.py"),
    )
    said = run(sys.executable, "-c", "from tests.certcheck import vectors; print(len(vectors.files()))")
    return f"{said.strip()} files: each as the table says; the same bytes of JSON in CPython and Pyodide"


def rows() -> str:
    """The page answers after all of them, with the worker that it began with."""
    run(
        *("env", "CERT_GUIDES_WHOLE=1", sys.executable, "-m", "pytest"),
        "tests/browser/test_check_mutations.py",
    )
    return "500 mutated files in a row, then a good one: each had its outcome, by one worker"


def pages() -> str:
    """The tests of which every run takes a slice, as a whole."""
    said = run(
        *("env", "CERT_GUIDES_WHOLE=1", sys.executable, "-m", "pytest", "-k", "axe or every_end or phone"),
        *(
            "tests/browser/test_accessibility.py",
            "tests/browser/test_start.py",
            "tests/browser/test_guide.py",
        ),
    )
    return f"{re.findall(r'([0-9]+) passed', said)[-1]} tests of whole sets of pages held"


def clone() -> str:
    """Two clones: one built as a stranger builds it, one without a network as deploy/README.md says."""
    text = (ROOT / "deploy/README.md").read_text(encoding="utf-8").partition("\n## Without a network\n")[2]
    *fetch, build = re.findall(r"^    (.+)$", text, re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one"), Path(folder, "another/place")
        started = time.monotonic()
        run("git", "clone", "--quiet", str(ROOT), str(one))
        run("scripts/build", cwd=one)
        took = time.monotonic() - started
        run("git", "clone", "--quiet", str(ROOT), str(other))
        for command in fetch:
            run("sh", "-c", command, cwd=other)
        shutil.rmtree(other / "node_modules")
        run("unshare", "--map-root-user", "--net", "sh", "-c", build, cwd=other)
        first, second = digests(one / "site"), digests(other / "site")
        if first != second:
            differing = sorted({name for name, _ in first.items() ^ second.items()})
            raise Refuted("two clones made different files: " + ", ".join(differing))
    return f"{len(first)} files, the same bytes in both; clone, set-up and build took {took:.0f} s"


def memory() -> str:
    """How often password, key and file are found, while the verdict is shown and later."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder)
        return run(sys.executable, "-m", "scripts.proving.memory", folder).strip()


def wheels() -> str:
    """The committed wheels, built twice from source; the recipe compares both builds and installs them."""
    run("wasm/wheels/build")
    changed = run("git", "status", "--porcelain", "--", "wasm/wheels/*.whl")
    if changed:
        raise Refuted(f"the wheels built now are not the committed ones:\n{changed}")
    names = sorted((ROOT / "wasm/wheels").glob("*.whl"))
    return (
        "; ".join(f"{path.name.split('-')[0]} {digest(path)[:16]}…" for path in names)
        + ": as committed, twice"
    )


def image() -> str:
    """The image of deploy/Containerfile."""
    return run(sys.executable, "-m", "scripts.proving.image").splitlines()[-1]


PROOFS: dict[str, Callable[[], str]] = {
    "fuzzing": fuzzing,
    "hostile": hostile,
    "vectors": vectors,
    "rows": rows,
    "pages": pages,
    "memory": memory,
    "clone": clone,
    "image": image,
    "wheels": wheels,
}


def digest(path: Path) -> str:
    """A file's SHA-256 in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(directory: Path) -> dict[str, str]:
    """Every file below, by its path there."""
    return {str(path.relative_to(directory)): digest(path) for path in directory.rglob("*") if path.is_file()}


def record(proof: str, shown: str, seconds: float, commit: str) -> None:
    """Put a proof's line into the report, in place of its last one."""
    line = f"| {proof} | {shown} | {seconds:.0f} | {commit} | {datetime.now(UTC).date()} |"
    old = REPORT.read_text(encoding="utf-8").removeprefix(HEAD) if REPORT.is_file() else ""
    lines = {one.split("|")[1].strip(): one for one in old.splitlines()} | {proof: line}
    REPORT.write_text(
        HEAD + "".join(f"{lines[name]}\n" for name in PROOFS if name in lines), encoding="utf-8"
    )


def main() -> int:
    """Run the named proofs, or all that need no more than the other scripts; 1 when one is refuted."""
    options = argparse.ArgumentParser(
        prog="scripts/prove", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("proof", nargs="*", metavar="PROOF")
    chosen = options.parse_args().proof or [
        "fuzzing",
        "hostile",
        "vectors",
        "rows",
        "pages",
        "memory",
        "clone",
    ]
    if unknown := set(chosen) - PROOFS.keys():
        options.error(f"no such proof: {', '.join(sorted(unknown))}")
    # Before the report changes: a commit with other changes than the report's own is marked.
    commit = run("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*").strip()
    for proof in chosen:
        print(f"Proving: {proof} …", flush=True)
        started = time.monotonic()
        try:
            shown = PROOFS[proof]()
        except Refuted as refuted:
            print(refuted, file=sys.stderr)
            return 1
        record(proof, shown, time.monotonic() - started, commit)
        update_summary(ROOT)
        print(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
