"""Revocation without a request: judging certificates by the revocation lists among the files (RFC 5280 6.3).

May import: `asn1`, `x509`, `paths`.
"""
