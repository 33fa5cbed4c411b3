"""Shadows setuptools while sdists are downloaded; see ../maturin.py."""
