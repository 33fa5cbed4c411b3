"""Facts as Markdown and as plain words: what a step says, links and sentences of a text, days.

May import: `model`.
"""
