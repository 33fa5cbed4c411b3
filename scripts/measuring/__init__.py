"""Speed, sizes and search quality, measured in a real browser.

May import: `site`, `serving`, `macros`.
"""
