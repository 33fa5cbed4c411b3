"""PKCS #12 (RFC 7292): its structure, finding the password, decrypting, and matching keys with certificates.

May import: `asn1`, `x509`, `formats.contents`.
"""
