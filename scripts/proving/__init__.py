"""All tests, and proofs that take longer than a test may: fuzzing, memory, reproducible builds, known holes.

May import: `setup`, `site`, `serving`, `measuring`, `macros`, `certcheck`.
"""
