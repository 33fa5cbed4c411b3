"""The facts as types: authorities, guides, steps, renewal rules, situations; what a value must be by itself.

May import: `certcheck.errors`, `certcheck.rules`, `certcheck.x509`.
"""
