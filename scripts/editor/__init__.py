"""The form in the browser: the facts as documents, their form, what was written, and the server behind it.

May import: `serving`, `editing`, `site`, `macros`, `certcheck.japan`.
"""
