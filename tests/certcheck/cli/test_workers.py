"""Reading in worker processes: their outcomes, and a file that stalls or crashes its worker."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from certcheck.cli import workers
from certcheck.errors import Failure
from certcheck.formats.contents import Contents
from certcheck.x509.certificate import load_certificate
from tests.support import slow
from tests.support.mint import PASSWORD, build_pfx, encode_der, encode_pem, mint, mint_ca

if TYPE_CHECKING:
    from pathlib import Path


def test_outcomes(tmp_path: Path) -> None:
    """Certificates come back unchanged, also one that the library refuses; failures with their details."""
    odd = encode_der(mint(cn="a654321")).replace(b"a654321", b"a65\xff321")  # the library refuses this name
    files = {
        "x.pfx": build_pfx(mint(), others=[mint_ca()]),
        "half.pem": encode_pem(mint()) + b"-----BEGIN CERTIFICATE-----\n",
        "odd.cer": odd,
        "bad.cer": b"?",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in files]
    outcomes = dict(workers.read_all(paths, PASSWORD))
    bundle, half, single, bad = (outcomes[index] for index in range(4))
    assert isinstance(bundle, Contents)
    assert [len(bundle.certificates), len(bundle.owners), bundle.password_form] == [2, 1, "as_typed"]
    assert isinstance(half, Contents)
    assert [failure.code for failure in half.failures] == ["damaged"]
    assert half.failures[0].detail["block"] == 2
    assert isinstance(single, Contents)
    (refused,) = single.certificates
    assert (refused.subject, refused.sha256) == (load_certificate(odd).subject, load_certificate(odd).sha256)
    assert isinstance(bad, Failure)
    assert bad.code == "not_a_certificate"


def test_a_file_that_takes_too_long(tmp_path: Path) -> None:
    """Its process is killed and replaced; the next file is read."""
    (tmp_path / "slow.pfx").write_bytes(slow.build_slow_pfx())
    (tmp_path / "x.cer").write_bytes(encode_der(mint()))
    worker = workers.Worker(PASSWORD)
    worker.assign(0, tmp_path / "slow.pfx", 3600)
    assert worker.collect(3600, is_ready=False) is None
    worker.deadline = 0.0
    outcome = worker.collect(20, is_ready=False)
    assert isinstance(outcome, Failure)
    assert (str(outcome.code), outcome.detail) == ("timed_out", {"seconds": 20})
    assert isinstance(read_next(worker, tmp_path / "x.cer"), Contents)
    worker.end()
    assert multiprocessing.active_children() == []


def test_files_that_all_take_too_long(tmp_path: Path) -> None:
    """Each has its error, however many there are."""
    for number in range(5):
        (tmp_path / f"{number}.pfx").write_bytes(slow.build_slow_pfx())
    outcomes = dict(workers.read_all(sorted(tmp_path.iterdir()), PASSWORD, time_limit=0))
    assert sorted(outcomes) == [0, 1, 2, 3, 4]
    assert {getattr(outcome, "code", None) for outcome in outcomes.values()} == {"timed_out"}


def test_a_process_that_ends(tmp_path: Path) -> None:
    """A crash, for want of memory perhaps: the file has its failure, the next is read."""
    (tmp_path / "slow.pfx").write_bytes(slow.build_slow_pfx())
    (tmp_path / "x.cer").write_bytes(encode_der(mint()))
    worker = workers.Worker(PASSWORD)
    worker.assign(0, tmp_path / "slow.pfx", 3600)
    (process,) = multiprocessing.active_children()
    process.kill()
    process.join()
    crashed = worker.collect(3600, is_ready=True)
    assert isinstance(crashed, Failure)
    assert str(crashed.code) == "crashed"
    assert isinstance(read_next(worker, tmp_path / "x.cer"), Contents)
    worker.end()
    assert multiprocessing.active_children() == []


def read_next(worker: workers.Worker, path: Path) -> Contents | Failure | None:
    """Have a file read, and wait for its outcome."""
    worker.assign(1, path, 3600)
    worker.pipe.poll(None)
    return worker.collect(3600, is_ready=True)


def test_nothing_to_read() -> None:
    """No files, no processes."""
    assert list(workers.read_all([])) == []


def test_the_processes_end_with_the_reader(tmp_path: Path) -> None:
    """A reader that stops half-way leaves no process behind."""
    for number in range(4):
        (tmp_path / f"{number}.pfx").write_bytes(slow.build_slow_pfx())
    (tmp_path / "x.cer").write_bytes(encode_der(mint()))
    reading = workers.read_all([tmp_path / "x.cer", *tmp_path.glob("*.pfx")], PASSWORD)
    assert next(reading)[0] == 0
    reading.close()  # type: ignore[attr-defined] # an iterator to its users, a generator here
    assert multiprocessing.active_children() == []
