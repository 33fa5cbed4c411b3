"""cffi names this module as its backend; see ../maturin.py."""

from maturin import prepare_metadata_for_build_wheel

__all__ = ["prepare_metadata_for_build_wheel"]
