"""What machines read: `api/authorities.json`, its JSON Schema, the schemas that editors use, business days.

May import: `model`, `markdown`, `loading`, `addressing`.
"""
