"""A file that takes hours to open: its iterations are encrypted, where no limit sees them."""

from certcheck.limits import FEW_ITERATIONS
from tests.support import mint_pkcs12 as p12
from tests.support.mint import PASSWORD, mint


def build_slow_pfx(password: str = PASSWORD) -> bytes:
    """Build a PKCS #12 that opens in no time with another password, and not in hours with this one."""
    holder, encoded = mint(), p12.encode_password(password)
    endless = p12.build_pbes2(password.encode(), iterations=2**31 - 1)._replace(encrypt=bytes)
    bags = p12.build_certificate_bag(holder), p12.build_key_bag(holder, endless)
    # What costs no more than that is decrypted before the library opens it, and its iterations are counted.
    part = p12.build_encrypted_part(p12.build_pbes1(encoded, FEW_ITERATIONS + 1), *bags)
    return p12.assemble_pfx(part, mac=p12.build_mac(encoded, iterations=1))
