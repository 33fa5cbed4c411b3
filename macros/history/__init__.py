"""What changed in the facts between two commits: found, told in words, kept, and published as a feed.

May import: `model`, `loading`, `addressing`, `exports`.
"""
