"""What editors run: drafts, change reports, coverage, freshness, the ledger, the schemas.

May import: `proving.audit_dependencies`, `site`, `macros`, `certcheck.japan`, `certcheck.rules`.
"""
