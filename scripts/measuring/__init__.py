"""Speed, sizes and search quality, measured in a real browser.

May import: `macros`, `scripts.site`, `scripts.serving`.
"""
