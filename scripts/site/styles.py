"""The one style sheet of the guides, from the theme's and ours."""

import hashlib
import json
import subprocess
from importlib.resources import files
from pathlib import Path

from scripts.site.assets import AssetError

# In the order in which they hold.
STYLES = (
    "assets/tokens.css",
    "assets/timeline.css",
    *(f"styles/{name}.css" for name in ("theme", "guide", "drawing", "follow", "search", "start", "print")),
)
THEME = Path(str(files("material"))) / "templates"
# The theme's templates that macros/theme does not replace, as far as our pages use them.
TEMPLATES = (
    "base.html",
    *(
        f"partials/{name}.html"
        for name in ("nav", "toc", "toc-item", "content", "footer", "copyright", "logo")
    ),
)


def make_style(root: Path, out: Path) -> Path:
    """Write ``site.css``, unless it was made of the same files before.

    Args:
        root: the repository.
        out: a folder for this file alone, e.g. ``build/styles``; made if it is not there.

    Raises:
        AssetError: Node or one of the packages that make it is missing.
    """
    (theirs,) = (THEME / "assets/stylesheets").glob("main.*.min.css")
    styles = [theirs, *(root / "macros/theme" / name for name in STYLES)]
    program = root / "scripts/site/styles.mjs"
    # certcheck draws the life of a certificate.
    content = [*(THEME / name for name in TEMPLATES), root / "wasm/certcheck/reports/drawing.py"]
    for kind in ("py", "jinja", "html", "mjs"):
        content += sorted((root / "macros").rglob(f"*.{kind}"))
    content += sorted((root / "docs").glob("*.md"))
    inputs = [root / "package-lock.json", program, *styles, *content]
    digest = hashlib.sha256(
        b"".join(hashlib.sha256(path.read_bytes()).digest() for path in inputs)
    ).hexdigest()
    made, of = out / "site.css", out / "inputs"
    if not (made.is_file() and of.is_file() and of.read_text(encoding="utf-8") == digest):
        out.mkdir(parents=True, exist_ok=True)
        made.write_bytes(_run(program, styles, content))
        of.write_text(digest, encoding="utf-8")
    return made


def _run(program: Path, styles: list[Path], content: list[Path]) -> bytes:
    given = {"styles": [str(path) for path in styles], "content": [str(path) for path in content]}
    command = ["node", str(program)]
    try:
        done = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, input=json.dumps(given).encode(), capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise AssetError("node is not on the PATH: it makes the style sheet") from error
    if done.returncode:
        raise AssetError(f"the style sheet could not be made; run scripts/build:\n{done.stderr.decode()}")
    return done.stdout
