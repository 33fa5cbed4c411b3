"""From YAML files to checked facts: reading, validating, checks across files; mistakes with their places.

May import: `model`, `markdown`, `certcheck.rules`, `certcheck.x509`.
"""
