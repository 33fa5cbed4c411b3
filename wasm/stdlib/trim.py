"""Python's standard library and certcheck as the checker's page loads them: compiled, in Pyodide.

Pyodide's own archive holds sources, all of them, which every page load would compile; so does certcheck's
wheel. The archives built here hold modules compiled (of the library those of modules.txt), without docstrings
and line numbers: a traceback names the first line of a function. They are stored and not deflated: as a whole
they compress better.
"""

from __future__ import annotations

import importlib.util
import io
import marshal
import sys
import zipfile
from types import CodeType

_HAS_DOCSTRING = 0x4000000  # CO_HAS_DOCSTRING (CPython 3.13, Include/cpython/code.h)
_HEADER = importlib.util.MAGIC_NUMBER + bytes(12)  # no date and size to compare (PEP 552)
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date of a ZIP archive


def compile_stdlib(names: list[str]) -> bytes:
    """Return an archive of modules of the standard library, compiled.

    Args:
        names: of the files to take from Pyodide's archive, e.g. ``json/decoder.py``.

    Raises:
        KeyError: it holds no such file.
    """
    return _compile_modules(next(path for path in sys.path if path.endswith(".zip")), names)


def compile_wheel(wheel: str) -> bytes:
    """Return an archive of the modules of a wheel, compiled, and nothing else of it.

    Args:
        wheel: its path.
    """
    with zipfile.ZipFile(wheel) as source:
        names = source.namelist()
    return _compile_modules(wheel, [name for name in names if name.endswith(".py")])


def _compile_modules(archive: str, names: list[str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as target:
        for name in names:
            code = compile(source.read(name), name, "exec", dont_inherit=True)
            entry = zipfile.ZipInfo(f"{name}c", _OLDEST)
            target.writestr(entry, _HEADER + marshal.dumps(strip(code)))
    return written.getvalue()


def strip(code: CodeType) -> CodeType:
    """Return code without docstrings and with the first line in place of every other."""
    constants = tuple(
        strip(constant) if isinstance(constant, CodeType) else constant for constant in code.co_consts
    )
    flags = code.co_flags
    if flags & _HAS_DOCSTRING:
        constants, flags = (None, *constants[1:]), flags & ~_HAS_DOCSTRING
    return code.replace(co_consts=constants, co_flags=flags, co_linetable=_encode_first_line(code))


def _encode_first_line(code: CodeType) -> bytes:
    """Encode that all instructions are on the first line (InternalDocs/code_objects.md, code 13)."""
    # Two bytes for 8 instructions: the code with their number, and a difference of no lines.
    whole, rest = divmod(len(code.co_code) // 2, 8)
    return b"\xef\0" * whole + (bytes([0xE8 + rest - 1, 0]) if rest else b"")
