"""The site's build: MkDocs' hook, shipped files and their hashes, headers, compression, the archive.

May import: `macros`, `certcheck.japan`.
"""
