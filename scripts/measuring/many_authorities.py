"""Many authorities, to see how the build grows: copies of the real ones, under other names."""

import re
import shutil
from pathlib import Path

_EQUALS = re.compile(r'\bequals: "?')


def multiply_authorities(root: Path, number: int) -> None:
    """Add copies of the authorities of ``root/docs`` until there are as many as asked for.

    Args:
        root: a copy of the sources.
        number: of authorities, the real ones included.
    """
    docs = root / "docs"
    real = sorted(path.parent for path in docs.glob("*/authority.yaml"))
    for count in range(len(real), number):
        folder = real[count % len(real)]
        name = f"{folder.name}-{count}"
        shutil.copytree(folder, docs / name)
        # References, and ids of manuals, which begin with the authority's.
        pattern = re.compile(rf"(?<![a-z0-9-]){folder.name}(?=[/-][a-z])")
        for path in (docs / name).rglob("*.yaml"):
            text = pattern.sub(name, path.read_text(encoding="utf-8"))
            # Certificates of a copy have names of their own.
            path.write_text(_EQUALS.sub(rf"\g<0>{count} ", text), encoding="utf-8", newline="\n")
