"""What changed in the facts between two commits: compared, told in sentences, logged, published as a feed.

May import: `model`, `markdown`, `loading`, `addressing`, `exports`.
"""
