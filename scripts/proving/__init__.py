"""Proofs that take longer than a test may: fuzzing, memory, reproducible builds, known holes.

May import: `macros`, `certcheck`, `scripts.site`, `scripts.serving`, `scripts.measuring`.
"""
