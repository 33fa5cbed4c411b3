"""A file that takes hours to open: what it asks for is encrypted, where no bound sees it beforehand."""

from tests.support import mint_pkcs12 as p12
from tests.support.mint import PASSWORD, mint


def pfx(password: str = PASSWORD) -> bytes:
    """Return a PKCS #12 that opens in no time with another password, and not in hours with this one."""
    holder, text = mint(), p12.bmp(password)
    endless = p12.pbes2(password.encode(), rounds=2**31 - 1)._replace(encrypt=bytes)
    part = p12.encrypted(p12.pbes1(text, 1), p12.certificate_bag(holder), p12.key_bag(holder, endless))
    return p12.pfx(part, mac=p12.mac(text, rounds=1))
