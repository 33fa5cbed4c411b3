"""The facts as types: authorities, guides, steps, renewal rules; and the problems that stop a build.

May import: no other room.
"""
