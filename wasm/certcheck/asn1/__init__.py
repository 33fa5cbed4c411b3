"""DER and BER: lengths, tags, BER turned into the DER that the library reads; what CMS has in common.

May import: no other room.
"""
