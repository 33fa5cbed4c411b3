"""What maintainers need: coverage of manuals, new editions, freshness, translations, drafts of authorities.

May import: `model`, `markdown`, `loading`, `addressing`, `history`, `exports`, `pages`.
"""
