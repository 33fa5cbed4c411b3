"""Object identifiers that more than a table of names needs, in dotted form."""

RSA_ENCRYPTION = "1.2.840.113549.1.1.1"  # a public key's (RFC 8017 A.1)

# Content types of CMS (RFC 5652 4, 5.1, 6.1, 8).
DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
ENVELOPED_DATA = "1.2.840.113549.1.7.3"
ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
CONTENT_TYPE_PREFIX = bytes.fromhex("2a864886f70d0107")  # what the encoding of each of these begins with

# Bags of PKCS #12 and what they hold (RFC 7292 D).
KEY_BAG = "1.2.840.113549.1.12.10.1.1"
SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2"
CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3"
SECRET_BAG = "1.2.840.113549.1.12.10.1.5"  # noqa: S105 - an OID, no secret
SAFE_CONTENTS_BAG = "1.2.840.113549.1.12.10.1.6"
X509_CERTIFICATE = "1.2.840.113549.1.9.22.1"
FRIENDLY_NAME = "1.2.840.113549.1.9.20"  # RFC 2985 5.5.1
LOCAL_KEY_ID = "1.2.840.113549.1.9.21"  # RFC 2985 5.5.2

# Windows writes a random password into the file, encrypted for an account or group of its domain (DPAPI-NG).
WINDOWS_PROTECTED_PASSWORD = "1.3.6.1.4.1.311.17.4"  # noqa: S105 - an OID, no password
WINDOWS_DPAPI_NG = bytes.fromhex("06092b0601040182374a01")  # 1.3.6.1.4.1.311.74.1, encoded

# Key derivation, encryption and MAC with a password.
PBE_SHA1_3DES = "1.2.840.113549.1.12.1.3"  # RFC 7292 C
PBE_SHA1_RC2_128 = "1.2.840.113549.1.12.1.5"
PBE_SHA1_RC2_40 = "1.2.840.113549.1.12.1.6"
PBKDF2 = "1.2.840.113549.1.5.12"  # RFC 8018 A.2
PBES2 = "1.2.840.113549.1.5.13"  # RFC 8018 A.4
PBMAC1 = "1.2.840.113549.1.5.14"  # RFC 8018 A.5
SCRYPT = "1.3.6.1.4.1.11591.4.11"  # RFC 7914 7
# Ciphers, hashes and pseudo-random functions of these (RFC 8018 B).
AES_128_CBC = "2.16.840.1.101.3.4.1.2"
AES_192_CBC = "2.16.840.1.101.3.4.1.22"
AES_256_CBC = "2.16.840.1.101.3.4.1.42"
SHA1 = "1.3.14.3.2.26"
HMAC_SHA1 = "1.2.840.113549.2.7"
HMAC_SHA224 = "1.2.840.113549.2.8"
HMAC_SHA256 = "1.2.840.113549.2.9"
HMAC_SHA384 = "1.2.840.113549.2.10"
HMAC_SHA512 = "1.2.840.113549.2.11"
