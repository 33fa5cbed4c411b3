"""The shape of the facts' YAML as JSON Schemas, one a kind of file: an editor completes and marks by them.

They say what one value has to be. What holds between values, and between files, only loading tells.
"""

from typing import Any

from pydantic import BaseModel

from macros import PACKAGE
from macros.loading.wording import Strings, load_strings
from macros.model.annotations import find_models
from macros.model.authority import Authority
from macros.model.facts import LANGUAGES
from macros.model.freshness_limits import FreshnessLimits
from macros.model.glossary import Glossary
from macros.model.guides import Guide, Step, Variants
from macros.model.pfx_programs import PfxPrograms
from macros.model.site import Site
from macros.model.situations import Answers, Situations
from macros.model.synonyms import Synonyms
from macros.model.withdrawals import Withdrawals

Json = dict[str, Any]
FOLDER = "docs/schemas"
# By the kind's name; parts are steps without a guide around them, see _build_parts_schema.
MODELS: dict[str, type[BaseModel]] = {
    "authority": Authority,
    "site": Site,
    "guide": Guide,
    "answers": Answers,
    "situations": Situations,
    "variants": Variants,
    "freshness": FreshnessLimits,
    "glossary": Glossary,
    "pfx-programs": PfxPrograms,
    "withdrawals": Withdrawals,
    "synonyms": Synonyms,
}


def find_kind(path: str) -> str:
    """Find the kind of a file, by its path below ``docs``, e.g. ``boj/parts/common.yaml``."""
    folder, _, name = path.rpartition("/")
    if folder.endswith("parts"):
        return "parts"
    if not folder:
        return "site"
    kinds = {"authority.yaml": "authority", "situations.yaml": "answers"}
    if folder == "shared":
        kinds |= {
            "situations.yaml": "situations",
            "variants.yaml": "variants",
            "freshness.yaml": "freshness",
            "glossary.yaml": "glossary",
            "pfx-programs.yaml": "pfx-programs",
            "withdrawals.yaml": "withdrawals",
            "synonyms.yaml": "synonyms",
        }
    return kinds.get(name, "guide")


def build_schemas() -> dict[str, Json]:
    """Build every schema, JSON Schema 2020-12, by its kind.

    Raises:
        FactsError: ``macros/strings/help.yaml`` is not complete.
        KeyError: it leaves out a field.
    """
    words = load_strings(PACKAGE / "strings" / "help.yaml", PACKAGE.parent)
    schemas = {kind: _build_schema(model, words) for kind, model in MODELS.items()}
    schemas["guide"]["$defs"]["Step"] |= {
        "properties": _add_use(schemas["guide"], words),
        "required": [],
        # A part's fields need not be written again.
        "anyOf": [{"required": ["id", "title", "do"]}, {"required": ["use"]}],
    }
    schemas["parts"] = _build_parts_schema(_build_schema(Step, words))
    return schemas


def find_help(model: type[BaseModel], field: str, words: Strings, language: str) -> str:
    """Find the explanation of a field; that of a base class holds for whatever derives from it.

    Raises:
        KeyError: there is none.
    """
    codes = (f"{base.__name__}.{field}" for base in model.__mro__)
    own = f"{model.__name__}.{field}"
    return words.format(language, next((code for code in codes if code in words.words), own))


def _build_schema(model: type[BaseModel], words: Strings) -> Json:
    schema = _tidy(model.model_json_schema())
    models = collect_models(model)
    for name, definition in {model.__name__: schema, **schema.get("$defs", {})}.items():
        for field, value in definition.get("properties", {}).items():
            explanations = [find_help(models[name], field, words, language) for language in LANGUAGES]
            value["description"] = "\n".join(explanations)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _add_use(guide: Json, words: Strings) -> Json:
    """Add to a step's properties ``use``, which loading replaces by a part before the model sees it."""
    description = "\n".join(words.format(language, "use") for language in LANGUAGES)
    use = {"type": "string", "description": description, "examples": ["shared/certmgr#open"]}
    return {**guide["$defs"]["Step"]["properties"], "use": use}


def _build_parts_schema(step: Json) -> Json:
    """Build the schema of a file of shared steps, of which only the ids are required."""
    definitions = step.pop("$defs")
    schema = step.pop("$schema")
    steps = {"type": "array", "items": {**step, "required": ["id"]}}
    file = {"type": "object", "properties": {"steps": steps}, "required": ["steps"]}
    return {"$schema": schema, **file, "additionalProperties": False, "$defs": definitions}


def collect_models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Collect the model and every model inside it, by name."""
    models: dict[str, type[BaseModel]] = {}
    waiting = [model]
    while waiting:
        part = waiting.pop()
        if part.__name__ not in models:
            models[part.__name__] = part
            for info in part.model_fields.values():
                waiting += find_models(info.annotation)
    return models


def _tidy(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Remove what only concerns Python: titles, and null for what is left out instead."""
    if isinstance(node, list):
        return [_tidy(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    entries = {key: value for key, value in node.items() if not _is_of_python(key, value)}
    choices = [choice for choice in entries.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del entries["anyOf"]
        entries |= choices[0]
    return {key: _tidy(value) for key, value in entries.items()}


def _is_of_python(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, []))
