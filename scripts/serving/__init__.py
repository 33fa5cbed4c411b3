"""The live preview: the server, the process that builds, and pages that say what is wrong.

May import: `site`, `macros`.
"""
