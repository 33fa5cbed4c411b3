"""DER and BER: lengths, tags, and BER turned into the DER that the library reads.

May import: no other room.
"""
