"""Files whose certification paths take long to build or to check: little to send, much to judge."""

from __future__ import annotations

import itertools

from cryptography import x509

from tests.support import mint_pkcs12 as p12
from tests.support.mint import (
    BOJ,
    build_extension,
    build_name,
    build_p7b,
    generate_ec_key,
    mint,
    mint_ca,
)


def name_hosts(letter: str) -> list[x509.GeneralName]:
    """Return 4,000 names of hosts."""
    return [x509.DNSName(f"{letter}{number}.example.jp") for number in range(4000)]


def build_constraints_and_names() -> list[bytes]:
    """``CA that excludes 4,000 hosts -> holder with 4,000 others``: 87 kB."""
    excluded = build_extension(x509.NameConstraints(None, name_hosts("x")))
    ca = mint_ca(cn=BOJ, extensions=[excluded])
    return [build_p7b(mint(ca, san=name_hosts("y")), ca)]


def build_namesakes() -> list[bytes]:
    """``? -> 250 holders``, each by a CA that is not there, beside 250 CAs of that name with other keys."""
    holders = [mint(mint_ca(cn=BOJ, key_ids=False), key_ids=False) for _ in range(250)]
    return [build_p7b(*holders, *(mint_ca(cn=BOJ) for _ in range(250)))]


def build_web() -> list[bytes]:
    """``CA 0 <-> CA 1 <-> … <-> CA 21``: each has certified each."""
    keys = [generate_ec_key() for _ in range(22)]
    names = [build_name(CN=f"CA {number}") for number in range(22)]
    pairs = itertools.permutations(range(22), 2)
    return [
        build_p7b(
            *(
                mint(issuer, subject=names[below], key=keys[below], ca=True, serial=serial)
                for serial, (above, below) in enumerate(pairs, start=1)
                for issuer in [mint_ca(cn=f"CA {above}", key=keys[above])]
            )
        )
    ]


def build_long_chain() -> list[bytes]:
    """``CA 0 -> CA 1 -> … -> CA 399 -> holder``: each constrains the names of all below it."""
    key = generate_ec_key()
    constraints = build_extension(x509.NameConstraints(None, [x509.DNSName("elsewhere.jp")]))
    cas = [mint_ca(cn="CA 0", key=key)]
    for number in range(1, 400):
        cas.append(mint_ca(cas[-1], cn=f"CA {number}", key=key, extensions=[constraints]))
    return [build_p7b(*cas, mint(cas[-1]))]


def build_policies() -> list[bytes]:
    """``CA 0 -> … -> CA 20 -> holder``: each states 1,000 policies and maps them to one another."""
    key = generate_ec_key()
    oids = [f"2.999.{number}" for number in range(1000)]
    stated = x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier(oid), None) for oid in oids]
    )
    pairs = [p12.encode_sequence(*map(p12.encode_oid, pair)) for pair in zip(oids, oids[::-1], strict=True)]
    mapped = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.33"), p12.encode_sequence(*pairs))
    extensions = [
        build_extension(value, critical=False) for value in (stated, mapped, x509.PolicyConstraints(0, None))
    ]
    cas = [mint_ca(cn="CA 0", key=key)]
    for number in range(1, 21):
        cas.append(mint_ca(cas[-1], cn=f"CA {number}", key=key, extensions=extensions))
    return [build_p7b(*cas, mint(cas[-1]))]


def build_many_files() -> list[bytes]:
    """``forged CAs``: 20 files of 150 kB, 8,000 CAs of the issuer's name, with 400 keys."""
    keys = [generate_ec_key() for _ in range(400)]
    return [build_p7b(*(mint_ca(cn=BOJ, key=key, serial=number + 1) for key in keys)) for number in range(20)]


STALLS = {
    "4,000 excluded names by 4,000 names": build_constraints_and_names,
    "namesakes by holders": build_namesakes,
    "a web of CAs": build_web,
    "a long chain of constraints": build_long_chain,
    "policies that map to one another": build_policies,
    "20 files of CAs": build_many_files,
}
