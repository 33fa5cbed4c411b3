"""The shape of the facts' YAML as JSON Schemas, one a kind of file: an editor completes and marks by them.

They say what one value has to be. What holds between values, and between files, only loading tells.
"""

from typing import Any, get_args

from pydantic import BaseModel

from macros import PACKAGE
from macros.loading.wording import Strings, load_strings
from macros.model.authority import Authority
from macros.model.freshness_limits import Limits
from macros.model.guide import Guide, Step, Variants
from macros.model.situations import Answers, Situations

Json = dict[str, Any]
FOLDER = "docs/schemas"
# By the kind's name; parts are steps without a guide around them, see _parts.
MODELS: dict[str, type[BaseModel]] = {
    "authority": Authority,
    "guide": Guide,
    "answers": Answers,
    "situations": Situations,
    "variants": Variants,
    "freshness": Limits,
}


def kind_of(path: str) -> str:
    """Which schema a file follows, by its path below ``docs``, e.g. ``boj/parts/common.yaml``."""
    folder, _, name = path.rpartition("/")
    if folder.endswith("parts"):
        return "parts"
    own = {"variants.yaml": "variants", "freshness.yaml": "freshness"} if folder == "shared" else {}
    situations = "situations" if folder == "shared" else "answers"
    return {"authority.yaml": "authority", "situations.yaml": situations, **own}.get(name, "guide")


def schemas() -> dict[str, Json]:
    """Every schema by its kind, JSON Schema 2020-12.

    Raises:
        FactsError: ``macros/strings/help.yaml`` is not complete.
        KeyError: it leaves out a field.
    """
    words = load_strings(PACKAGE / "strings" / "help.yaml", PACKAGE.parent)
    made = {kind: _schema(model, words) for kind, model in MODELS.items()}
    made["guide"]["$defs"]["Step"] |= {
        "properties": _with_use(made["guide"], words),
        "required": [],
        # What a part says need not be said again.
        "anyOf": [{"required": ["id", "title", "do"]}, {"required": ["use"]}],
    }
    made["parts"] = _parts(_schema(Step, words))
    return made


def help_for(model: type[BaseModel], field: str, words: Strings, language: str) -> str:
    """What a field holds, in words; those of a class hold for whatever derives from it.

    Raises:
        KeyError: nobody has said it.
    """
    codes = (f"{each.__name__}.{field}" for each in model.__mro__)
    own = f"{model.__name__}.{field}"
    return words.say(language, next((code for code in codes if code in words.words), own))


def _schema(model: type[BaseModel], words: Strings) -> Json:
    made = _tidied(model.model_json_schema())
    models = models_in(model)
    for name, definition in {model.__name__: made, **made.get("$defs", {})}.items():
        for field, value in definition.get("properties", {}).items():
            both = (help_for(models[name], field, words, language) for language in ("ja", "en"))
            value["description"] = "\n".join(both)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _with_use(guide: Json, words: Strings) -> Json:
    both = "\n".join(words.say(language, "use") for language in ("ja", "en"))
    use = {"type": "string", "description": both, "examples": ["shared/certmgr#open"]}
    return {**guide["$defs"]["Step"]["properties"], "use": use}


def _parts(step: Json) -> Json:
    """A file of shared steps: each says as much as it shares."""
    definitions = step.pop("$defs")
    schema = step.pop("$schema")
    steps = {"type": "array", "items": {**step, "required": ["id"]}}
    whole = {"type": "object", "properties": {"steps": steps}, "required": ["steps"]}
    return {"$schema": schema, **whole, "additionalProperties": False, "$defs": definitions}


def models_in(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The model and every model inside it, by name."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[Any] = [model]
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__name__ not in found:
            found[each.__name__] = each
            waiting += [info.annotation for info in each.model_fields.values()]
        waiting += get_args(each)
    return found


def _tidied(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Without what only tells Python's side: titles, and null for what is left out instead."""
    if isinstance(node, list):
        return [_tidied(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: value
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value in (None, []))
    }
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        kept = {**{key: value for key, value in kept.items() if key != "anyOf"}, **choices[0]}
    return {key: _tidied(value) for key, value in kept.items()}
