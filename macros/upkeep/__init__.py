"""What maintainers need: coverage of manuals, new editions, freshness, translations, drafts of authorities.

May import: `model`, `loading`, `addressing`, `history`, `exports`, `pages`.
"""
