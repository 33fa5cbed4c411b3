"""PKCS #12 (RFC 7292): its structure, finding the password, decrypting, and matching keys with certificates.

The modules, in the order in which to read them:

    structure         a file as values: parts, bags, what protects them
    algorithms        names and costs of the algorithms that protect
    parser            from bytes to the structure, as far as it shows without a password
    passwords         the forms in which a password is tried
    containers        opening a file or a piece of it with the library
    rc2               the cipher that the library lacks
    decryption        decrypting a part and verifying the MAC without the library's own reader
    public_keys       the public key of a private key
    opener            one form of the password, and what it has opened
    password_search   which form opens the file, or why none does
    reader            the whole: certificates, keys, and which belongs to which

May import: `asn1`, `x509`, `formats.contents`.
"""
