"""One X.509 certificate: its fields, names, extensions, and what its key may be used for.

May import: `asn1`.
"""
