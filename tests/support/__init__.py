"""What tests of several rooms share: minted certificates and PKCS #12 files, repository copies, axe-core."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository."""
