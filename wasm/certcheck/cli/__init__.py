"""The command line: options, reading folders in worker processes, listing what was found.

Only `certcheck.__main__` imports it.
May import: `formats`, `rules`, `reports`, `revocation`, `x509`, `inspection`.
"""
