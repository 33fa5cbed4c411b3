"""The report of an inspection: its values and JSON, the CSV table, the calendar file, the drawing.

May import: `asn1`, `x509`, `formats`, `rules`, `paths`, `revocation`.
"""
