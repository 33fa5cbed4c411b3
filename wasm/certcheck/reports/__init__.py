"""What the judging comes to: the report, its JSON, CSV and calendar, and the drawing of a renewal window.

May import: `x509`, `formats`, `rules`, `paths`.
"""
