"""Proofs that take longer than a test may: fuzzing, memory, reproducible builds, known holes.

May import: `site`, `serving`, `measuring`, `macros`, `certcheck`.
"""
