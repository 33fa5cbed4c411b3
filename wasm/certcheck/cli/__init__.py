"""The command line: options, reading folders in worker processes, listing what was found.

May import: everything else. Nothing imports it but `certcheck.__main__`.
"""
