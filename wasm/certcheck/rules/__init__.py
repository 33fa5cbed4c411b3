"""Rules of the authorities: what they recognise, when renewal is open, which certificates may be deleted.

May import: `x509`.
"""

from certcheck.rules.authority_rules import Anchor, Authority, Recognition, Rules, packaged, parse
from certcheck.rules.json_fields import RulesError

__all__ = ["Anchor", "Authority", "Recognition", "Rules", "RulesError", "packaged", "parse"]
