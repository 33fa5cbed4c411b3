"""From facts to Markdown pages: templates, drawings, rules in words, search records, the checker's page.

May import: `model`, `markdown`, `loading`, `addressing`, `history`,
`certcheck.reports` (the drawing), `certcheck.rules` (patterns), `certcheck.limits`.
"""
