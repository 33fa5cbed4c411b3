"""Write the JSON Schemas of the facts' YAML, and into each YAML file which of them it follows."""

import argparse
import json
import sys
from pathlib import Path

from macros.exports.yaml_schema import FOLDER, build_schemas, find_kind
from macros.loading.problems import FactsError
from scripts import ROOT

MARK = "# yaml-language-server: $schema="


def encode_schema(schema: object) -> str:
    """Return a schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def list_facts_files(root: Path) -> list[Path]:
    """List every YAML file that a schema describes."""
    docs = root / "docs"
    return sorted([*docs.glob("site.yaml"), *docs.glob("*/*.yaml"), *docs.glob("*/parts/*.yaml")])


def compose_mark(path: Path, root: Path) -> str:
    """Compose the line that tells an editor the schema of a file."""
    below = path.relative_to(root / "docs")
    return f"{MARK}{'../' * (len(below.parts) - 1)}schemas/{find_kind(below.as_posix())}.json\n"


def main() -> int:
    """Write what differs; 2 when the words of the schemas are not in order."""
    argparse.ArgumentParser(prog="scripts/schema", description=__doc__).parse_args()
    try:
        schemas = build_schemas()
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    (ROOT / FOLDER).mkdir(exist_ok=True)
    for kind, schema in schemas.items():
        (ROOT / FOLDER / f"{kind}.json").write_text(encode_schema(schema), encoding="utf-8", newline="\n")
    for path in list_facts_files(ROOT):
        text = path.read_text(encoding="utf-8")
        if not text.startswith(MARK):
            path.write_text(compose_mark(path, ROOT) + text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
