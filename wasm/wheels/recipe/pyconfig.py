"""Writes ``pyconfig.h`` for wasm32: the macro names of the host's header, the values of Pyodide's own build.

Usage: pyconfig.py SYSCONFIGDATA.py HOST_PYCONFIG.h > pyconfig.h
"""

import re
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path

GUARD = "Py_PYCONFIG_H"


def macro_names(header: str) -> list[str]:
    """Every macro that the header defines or mentions as undefined, its include guard aside."""
    found = re.findall(r"^#\s*(?:define|undef)\s+(\w+)|/\* #undef (\w+) \*/", header, re.MULTILINE)
    return sorted({defined or undefined for defined, undefined in found} - {GUARD})


def line(name: str, value: object) -> str:
    """One macro. Makefile variables write "not defined" as 0 or as nothing."""
    return f"/* #undef {name} */" if value in (0, "", None) else f"#define {name} {value}"


def pyconfig(variables: Mapping[str, object], host_header: str) -> str:
    """Return the whole header; a macro that Pyodide's build does not know stays undefined."""
    macros = [line(name, variables[name]) for name in macro_names(host_header) if name in variables]
    return "\n".join([f"#ifndef {GUARD}", f"#define {GUARD}", *macros, "#endif", ""])


if __name__ == "__main__":
    sysconfigdata, host_pyconfig = map(Path, sys.argv[1:])
    build_time_vars = runpy.run_path(str(sysconfigdata))["build_time_vars"]
    sys.stdout.write(pyconfig(build_time_vars, host_pyconfig.read_text(encoding="utf-8")))
