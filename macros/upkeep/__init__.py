"""What maintainers ask of the facts: coverage, editions, freshness, translations; drafts of authorities.

May import: every other room.
"""
