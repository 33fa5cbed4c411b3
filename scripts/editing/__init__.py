"""What editors run: drafts, change reports, coverage, freshness, the ledger, the schemas.

May import: `site`, `macros`, `certcheck.japan`, `certcheck.rules`.
"""
