"""Addresses of pages and steps, short addresses, and the ledger of those that are promised.

May import: `model`, `loading`.
"""
