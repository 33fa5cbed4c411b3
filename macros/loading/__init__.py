"""From YAML files to checked facts: reading, validating with places, and checks across files.

May import: `model`.
"""
