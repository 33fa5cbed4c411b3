"""Tags of ASN.1, each in its identifier octet (X.690 8.1.2)."""

# Bits of the octet.
CLASS_BITS = 0xC0  # all zero of a universal type
CONSTRUCTED_BIT = 0x20  # the contents are values, or pieces of a string
NUMBER_BITS = 0x1F  # all ones where the number goes on in further octets (X.690 8.1.2.4)

# Universal types (X.680 8.4), as DER writes them.
BOOLEAN = b"\x01"
INTEGER = b"\x02"
BIT_STRING = b"\x03"
OCTET_STRING = b"\x04"
OBJECT_IDENTIFIER = b"\x06"
UTF8_STRING = b"\x0c"
NUMERIC_STRING = b"\x12"
PRINTABLE_STRING = b"\x13"
TELETEX_STRING = b"\x14"
IA5_STRING = b"\x16"
UTC_TIME = b"\x17"
GENERALIZED_TIME = b"\x18"
VISIBLE_STRING = b"\x1a"
GENERAL_STRING = b"\x1b"
UNIVERSAL_STRING = b"\x1c"
BMP_STRING = b"\x1e"
SEQUENCE = b"\x30"

# Context-specific tags: [0] IMPLICIT of a type that is not constructed; all EXPLICIT ones are constructed.
CONTEXT_0, CONTEXT_1 = b"\x80", b"\x81"
CONSTRUCTED_0, CONSTRUCTED_3 = b"\xa0", b"\xa3"
