"""Steps that several guides share: ``use: shared/certmgr#open`` is replaced by the step that it names."""

from collections.abc import Collection, Mapping
from typing import Any

from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.yaml_file import YamlFile
from macros.model.facts import parse_reference
from macros.model.location import Location, Locator, Place

# The lists of a step to which a use of it adds; what else stands beside ``use`` replaces.
_EXTENSIBLE = ("notes", "if_not", "copy")


def insert_parts(
    file: YamlFile, parts: Mapping[str, YamlFile], unreadable: Collection[str]
) -> tuple[Any, Locator]:
    """Fill in every ``use`` of a guide's data; return the data, and where each value stands.

    Args:
        file: the guide's.
        parts: the files of shared steps, by folder and name.
        unreadable: folder and name of files with mistakes, which have been reported already.

    Raises:
        FactsError: a guide uses a step that there is not.
    """
    data = file.data
    steps = data.get("steps")
    if not isinstance(steps, list):
        return data, file.locate
    origins: dict[int, tuple[YamlFile, Location]] = {}
    for index, entry in enumerate(steps):
        if isinstance(entry, dict) and "use" in entry:
            part, location = _find_part(file, index, parts, unreadable)
            origins[index] = (part, location)
            steps[index] = _merge(_get_value(part.values, location), entry)

    def locate(location: Location) -> Place:
        """Find a place in the guide's file, or in that of the part which a step with `use` comes from."""
        index = location[1] if len(location) > 2 and location[0] == "steps" else None  # noqa: PLR2004 - steps, index, field
        if isinstance(index, int) and index in origins:
            return _locate_merged(file, *origins[index], location)
        return file.locate(location)

    return data, locate


def _locate_merged(file: YamlFile, part: YamlFile, beginning: Location, location: Location) -> Place:
    """Find where a value of a step with ``use`` stands.

    Args:
        file: the guide's.
        part: the file of the step that it uses.
        beginning: of that step.
        location: in the merged data; entries that the guide adds to a list follow those of the part.
    """
    step, name, rest = location[:2], location[2], list(location[3:])
    has_own = file.has([*step, name])
    if has_own and name in _EXTENSIBLE and rest and isinstance(rest[0], int):
        count = len(_get_value(part.values, beginning).get(name, []))
        if rest[0] >= count:
            return file.locate([*step, name, rest[0] - count, *rest[1:]])
        return part.locate([*beginning, name, *rest])
    if not has_own and part.has([*beginning, name]):
        return part.locate([*beginning, name, *rest])
    return file.locate(location)


def _find_part(
    file: YamlFile, index: int, parts: Mapping[str, YamlFile], unreadable: Collection[str]
) -> tuple[YamlFile, Location]:
    """Find the step that ``use`` names: its file, and its location there.

    Raises:
        FactsError: there is no such step; with no problem where the file has been reported already.
    """
    use = str(file.values["steps"][index]["use"])
    reference = parse_reference(use)
    if reference and reference.page in unreadable:
        raise FactsError([])
    for position, step in enumerate(_list_steps(parts, reference.page) if reference else []):
        if reference and step.get("id") == reference.step:
            return parts[reference.page], ("steps", position)
    known: list[str] = []
    # The steps of the file that is meant, where there is such a file: all of them would fill a screen.
    meant = [reference.page] if reference and reference.page in parts else parts
    for name in meant:
        known += (f"{name}#{step.get('id')}" for step in _list_steps(parts, name))
    names = ", ".join(known) or format_message("there-are-none")
    message = format_message("part", use=use, known=names)
    raise FactsError([Problem(*file.locate(["steps", index, "use"]), f"steps.{index}.use", message)])


def _list_steps(parts: Mapping[str, YamlFile], ref: str) -> list[dict[str, Any]]:
    """List the steps of a file in parts/: an empty one for what is no mapping, none where no such file is."""
    steps = parts[ref].values.get("steps") if ref in parts else None
    return [step if isinstance(step, dict) else {} for step in steps] if isinstance(steps, list) else []


def _get_value(data: Any, location: Location) -> Any:  # noqa: ANN401 - plain YAML values
    for key in location:
        data = data[key]
    return data


def _merge(part: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    merged = {**part, **{key: value for key, value in entry.items() if key != "use"}}
    for name in _EXTENSIBLE:
        if isinstance(entry.get(name), list):
            merged[name] = [*part.get(name, []), *entry[name]]
    return merged
