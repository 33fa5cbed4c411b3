"""From facts to pages and rules: typed model, loading with errors that name their place, rendering.

Nothing here knows MkDocs, and nothing under ``wasm/`` imports from here.
"""
