"""Certification paths (RFC 5280, 6): building and checking them, and recognising the authority at their end.

May import: `asn1`, `x509`, `rules`.
"""
