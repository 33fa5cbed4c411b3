"""Rules of the authorities: how their certificates are recognised, renewed and deleted.

May import: `x509`.
"""

from certcheck.rules.authority_rules import AuthorityRules, NameRule, Rules, TrustAnchor, packaged, parse
from certcheck.rules.json_fields import RulesError

__all__ = ["AuthorityRules", "NameRule", "Rules", "RulesError", "TrustAnchor", "packaged", "parse"]
