"""Files: which format the bytes are in, and the certificates that they hold.

May import: `asn1`, `x509`.
"""
