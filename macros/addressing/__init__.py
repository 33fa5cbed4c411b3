"""Addresses of pages and steps, short addresses, and the ledger of published addresses with its redirects.

May import: `model`, `markdown`, `loading`.
"""
