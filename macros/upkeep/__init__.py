"""What maintainers ask of the facts: coverage, editions, freshness, translations; drafts of authorities.

May import: `model`, `loading`, `addressing`, `history`, `exports`, `pages`.
"""
