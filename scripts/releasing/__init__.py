"""A release: what is checked before, and the manifest of what a server then sends.

May import: `site`.
"""
