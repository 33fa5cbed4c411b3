"""The one style sheet of the guides, from the theme's and ours."""

import json
from importlib.resources import files
from pathlib import Path

from macros.files import CACHE, make_once
from scripts.site.inputs import fingerprint, run_builder

STYLE_SHEET = "site.css"
# In the order in which they hold.
_STYLES = (
    "assets/shared.css",
    "assets/timeline.css",
    *(
        f"styles/{name}.css"
        for name in ("theme", "frame", "guide", "step-check", "drawing", "follow", "search", "start", "print")
    ),
)
_THEME = Path(str(files("material"))) / "templates"
# The theme's templates that macros/theme does not replace, as far as our pages use them.
_TEMPLATES = (
    "base.html",
    *(
        f"partials/{name}.html"
        for name in ("nav", "toc", "toc-item", "content", "footer", "copyright", "logo")
    ),
)


def build_style_sheet(root: Path) -> bytes:
    """Return ``site.css``: the rules that some page can use, made small.

    Raises:
        AssetError: Node or one of the packages that make it is missing.
    """
    (theme_styles,) = (_THEME / "assets/stylesheets").glob("main.*.min.css")
    styles = [root / "macros/theme" / name for name in _STYLES]
    templates = [_THEME / name for name in _TEMPLATES]
    content = _list_content(root)
    program = root / "scripts/site/purge_styles.mjs"
    inputs = fingerprint(_THEME, [theme_styles, *templates])
    inputs += fingerprint(root, [root / "package-lock.json", program, *styles, *content])

    def build() -> bytes:
        task = {"styles": [theme_styles, *styles], "content": [*templates, *content]}
        return run_builder(STYLE_SHEET, "node", program, stdin=json.dumps(task, default=str)).encode()

    return make_once(root / CACHE / STYLE_SHEET, inputs, build)


def _list_content(root: Path) -> list[Path]:
    """List our files that name classes: whatever writes HTML."""
    # certcheck draws the life of a certificate.
    paths = [root / "wasm/certcheck/reports/drawing.py", *sorted((root / "docs").glob("*.md"))]
    for suffix in ("py", "jinja", "html", "mjs"):
        paths += sorted((root / "macros").rglob(f"*.{suffix}"))
    return paths
