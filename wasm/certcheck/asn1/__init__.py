"""ASN.1: DER, BER turned into the DER that the library reads, CMS, tags and object identifiers.

May import: no other room.
"""
