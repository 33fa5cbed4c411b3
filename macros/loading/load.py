"""All facts of ``docs/``, read, typed and checked; every mistake in one run.

A folder with an ``authority.yaml`` is an authority. Any other YAML file beside it, or in ``shared/``, is a
guide; path, id and address agree: ``docs/boj/renew.yaml`` is ``boj/renew`` is ``/boj/renew/``. Files below
``parts/`` hold steps that guides use: ``use: shared/certmgr#open`` takes one from
``docs/shared/parts/certmgr.yaml``. What stands beside ``use`` replaces what the part says; notes are added.
``situations.yaml`` holds the start page's questions, see ``macros.situations``; ``shared/freshness.yaml``
says how long facts count as checked, see ``macros.limits``.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.loading.consistency import check_facts
from macros.loading.contacts import contacts_page
from macros.loading.validation import validated
from macros.loading.wording import site_words
from macros.loading.yamlfile import Location, Place, YamlFile, read_yaml
from macros.model.authority import Authority
from macros.model.facts import SHARED, AnswersFile, AuthorityFolder, Facts, GuidePage, parse_reference
from macros.model.freshness_limits import Limits
from macros.model.guide import SLUG, Axis, Guide, Variants
from macros.model.problems import FactsError, Problem, say
from macros.model.situations import Answers, Situations

AUTHORITY = "authority.yaml"
SITUATIONS = "situations.yaml"
LIMITS = "freshness.yaml"
_ADDED = ("notes", "if_not", "copy")


@dataclass
class _Loading:
    """What has been found so far; ``problems`` gathers instead of stopping at the first."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, YamlFile] = field(default_factory=dict)
    pages: list[GuidePage] = field(default_factory=list)
    authorities: dict[str, tuple[Authority, Place]] = field(default_factory=dict)
    axes: list[Axis] = field(default_factory=list)
    situations: Situations | None = None
    limits: Limits | None = None
    answers: dict[str, AnswersFile] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    @contextlib.contextmanager
    def gathering(self, ref: str) -> Iterator[None]:
        """Keep the problems of one file and go on with the next."""
        try:
            yield
        except FactsError as error:
            self.problems += error.problems
            self.unreadable.add(ref)


def load_facts(root: Path) -> Facts:
    """Read ``root/docs``.

    Args:
        root: the repository.

    Raises:
        FactsError: with every problem of every file.
    """
    loading, docs = _Loading(root), root / "docs"
    loading.problems += _wrong_names(docs, root)
    for path in sorted(docs.glob("*/parts/*.yaml")):
        ref = f"{path.parent.parent.name}/{path.stem}"
        with loading.gathering(ref):
            loading.parts[ref] = read_yaml(path, root)
    for path in sorted(docs.glob("*/*.yaml")):
        with loading.gathering(f"{path.parent.name}/{path.stem}"):
            _load_file(loading, path, read_yaml(path, root))
    facts = _assembled(loading)
    if problems := loading.problems + check_facts(facts):
        raise FactsError(problems)
    return facts


def _wrong_names(docs: Path, root: Path) -> Iterator[Problem]:
    """Files and folders that would not be found, or whose name cannot be a part of an address."""
    files = sorted((*docs.glob("*/*.y*ml"), *docs.glob("*/parts/*.y*ml")))
    for path in files:
        name = path.relative_to(root).as_posix()
        if path.suffix != ".yaml":
            yield Problem(name, 0, "", say("file.yml"))
        elif not re.match(SLUG, path.stem):
            yield Problem(name, 0, "", say("file.name", name=path.stem))
    for folder in sorted({docs / path.relative_to(docs).parts[0] for path in files}):
        name = folder.relative_to(root).as_posix()
        if not re.match(SLUG, folder.name):
            yield Problem(name, 0, "", say("file.name", name=folder.name))
        if folder.name != SHARED and not (folder / AUTHORITY).is_file():
            yield Problem(f"{name}/{AUTHORITY}", 0, "", say("file.authority"))


def _load_file(loading: _Loading, path: Path, file: YamlFile) -> None:
    folder = path.parent.name
    if path.name == AUTHORITY:
        loading.authorities[folder] = (validated(Authority, file.data, _place(file)), _place(file))
    elif (folder, path.name) == (SHARED, "variants.yaml"):
        loading.axes = validated(Variants, file.data, _place(file)).axes
    elif (folder, path.name) == (SHARED, SITUATIONS):
        loading.situations = validated(Situations, file.data, _place(file))
    elif (folder, path.name) == (SHARED, LIMITS):
        loading.limits = validated(Limits, file.data, _place(file))
    elif path.name == SITUATIONS:
        answers = validated(Answers, file.data, _place(file))
        loading.answers[folder] = AnswersFile(answers, _place(file))
    else:
        data, place = _with_parts(loading, file)
        loading.pages.append(GuidePage(folder, path.stem, validated(Guide, data, place), place))


def _place(file: YamlFile) -> Place:
    return lambda location: (file.name, file.line(location))


def _with_parts(loading: _Loading, file: YamlFile) -> tuple[Any, Place]:
    """The guide's data with every ``use`` filled in, and where each value stands."""
    data = file.data
    steps = data.get("steps")
    if not isinstance(steps, list):
        return data, _place(file)
    origins: dict[int, tuple[YamlFile, Location]] = {}
    for index, entry in enumerate(steps):
        if isinstance(entry, dict) and "use" in entry:
            part, location = _find_part(loading, file, index, str(entry["use"]))
            origins[index] = (part, location)
            steps[index] = _merged(_at(part.values, location), entry)

    def place(location: Location) -> tuple[str, int]:
        index = location[1] if len(location) > 2 and location[0] == "steps" else None  # noqa: PLR2004 - steps, index, field
        if isinstance(index, int) and index in origins and not file.holds(location[:3]):
            part, beginning = origins[index]
            if part.holds([*beginning, location[2]]):
                return part.name, part.line([*beginning, *location[2:]])
        return file.name, file.line(location)

    return data, place


def _find_part(loading: _Loading, file: YamlFile, index: int, use: str) -> tuple[YamlFile, Location]:
    reference = parse_reference(use)
    if reference and reference.page in loading.unreadable:
        raise FactsError([])  # what is wrong with that file has been said
    for position, step in enumerate(_steps(loading, reference.page) if reference else []):
        if reference and step.get("id") == reference.step:
            return loading.parts[reference.page], ("steps", position)
    known = [f"{name}#{step.get('id')}" for name in loading.parts for step in _steps(loading, name)]
    message = say("part", use=use, known=", ".join(known) or say("there-are-none"))
    raise FactsError([Problem(file.name, file.line(["steps", index, "use"]), f"steps.{index}.use", message)])


def _steps(loading: _Loading, ref: str) -> list[dict[str, Any]]:
    """The steps of a file in parts/, an empty one for what is none; nothing where no such file is."""
    steps = loading.parts[ref].values.get("steps") if ref in loading.parts else None
    return [step if isinstance(step, dict) else {} for step in steps] if isinstance(steps, list) else []


def _at(data: Any, location: Location) -> Any:  # noqa: ANN401 - plain YAML values
    for step in location:
        data = data[step]
    return data


def _merged(part: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    merged = {**part, **{key: value for key, value in entry.items() if key != "use"}}
    for name in _ADDED:
        if isinstance(entry.get(name), list):
            merged[name] = [*part.get(name, []), *entry[name]]
    return merged


def _assembled(loading: _Loading) -> Facts:
    folders = []
    for name, (authority, place) in loading.authorities.items():
        own = {page.id: page for page in loading.pages if page.folder == name}
        for index, wanted in enumerate(authority.guides):
            if wanted not in own and f"{name}/{wanted}" not in loading.unreadable:
                file, line = place(("guides", index))
                message = say("guide", guide=wanted, known=", ".join(own) or say("there-are-none"))
                loading.problems.append(Problem(file, line, f"guides.{index}", message))
        if contacts := contacts_page(name, authority, place, site_words()):
            own.setdefault(contacts.id, contacts)
        order = [*authority.guides, *(page for page in own if page not in authority.guides)]
        guides = [own[page] for page in order if page in own]
        folders.append(AuthorityFolder(name, authority, guides, place, loading.answers.get(name)))
    shared = [page for page in loading.pages if page.folder == SHARED]
    unreadable = frozenset(loading.unreadable)
    return Facts(folders, shared, loading.axes, loading.situations, loading.limits, unreadable)
