"""A release: what is checked before, the signed manifest of what a server sends, the comparison with a site.

May import: `site`, `macros.model.language`.
"""
