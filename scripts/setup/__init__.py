"""What a command needs, made before it runs: `.venv`, npm's packages, programs. Standard library only.

May import: `macros.model.language`.
"""
