"""All facts of ``docs/``, read, typed and checked; every mistake in one run.

A folder with an ``authority.yaml`` is an authority. Any other YAML file beside it, or in ``shared/``, is a
guide; path, id and address agree: ``docs/boj/renew.yaml`` is ``boj/renew`` is ``/boj/renew/``. Files below
``parts/`` hold steps that guides use: ``use: shared/certmgr#open`` takes one from
``docs/shared/parts/certmgr.yaml``. What stands beside ``use`` replaces what the part says; notes are added.
``situations.yaml`` holds the start page's questions, see ``macros.model.situations``;
``shared/freshness.yaml`` says how long facts count as checked, see ``macros.model.freshness_limits``;
``shared/glossary.yaml`` says which words the texts use, see ``macros.model.glossary``;
``shared/pfx-programs.yaml`` says which programs refuse which .pfx, see ``macros.model.pfx_programs``;
``shared/withdrawals.yaml`` says what was wrong and is taken back, see ``macros.model.withdrawals``.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from macros.loading.consistency import check_facts
from macros.loading.contacts import build_contacts_page
from macros.loading.drafts import complete_draft, is_draft
from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.validation import validate
from macros.loading.word_usage import check_model
from macros.loading.wording import load_site_words
from macros.loading.yaml_file import YamlFile, read_yaml
from macros.model.authority import Authority
from macros.model.evidence import SLUG, Fact
from macros.model.facts import (
    SHARED,
    AnswersFile,
    AuthorityFolder,
    Facts,
    GuidePage,
    WithdrawalsFile,
    parse_reference,
)
from macros.model.freshness_limits import FreshnessLimits
from macros.model.glossary import Glossary
from macros.model.guides import Axis, Guide, Variants
from macros.model.location import Location, Locator, Place
from macros.model.pfx_programs import PfxPrograms
from macros.model.situations import Answers, Situations
from macros.model.withdrawals import Withdrawals

AUTHORITY = "authority.yaml"
# The folder of what editors know of the facts' files: it holds no facts.
SCHEMAS = "schemas"
SITUATIONS = "situations.yaml"
FRESHNESS = "freshness.yaml"
GLOSSARY = "glossary.yaml"
PFX_PROGRAMS = "pfx-programs.yaml"
WITHDRAWALS = "withdrawals.yaml"
M = TypeVar("M", bound=Fact)
# The lists of a step to which a use of it adds; what else stands beside ``use`` replaces.
_EXTENSIBLE = ("notes", "if_not", "copy")


@dataclass
class _Loading:
    """The results of one run so far; ``problems`` gathers instead of stopping at the first."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, YamlFile] = field(default_factory=dict)
    pages: list[GuidePage] = field(default_factory=list)
    authorities: dict[str, tuple[Authority, Locator]] = field(default_factory=dict)
    axes: list[Axis] = field(default_factory=list)
    situations: Situations | None = None
    limits: FreshnessLimits | None = None
    glossary: Glossary | None = None
    pfx_programs: PfxPrograms = field(default_factory=PfxPrograms)
    withdrawn: WithdrawalsFile | None = None
    models: list[tuple[Fact, Locator]] = field(default_factory=list)
    answers: dict[str, AnswersFile] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)

    @contextlib.contextmanager
    def gather_problems(self, ref: str) -> Iterator[None]:
        """Gather the problems of one file, so that the next can be read.

        Args:
            ref: folder and name of the file.
        """
        try:
            yield
        except FactsError as error:
            self.problems += error.problems
            self.unreadable.add(ref)

    def validate(self, model: type[M], data: Any, locate: Locator) -> M:  # noqa: ANN401 - unchecked YAML
        """Make a model of a file's data, and remember it for the check of its words.

        Raises:
            FactsError: with every error at its place.
        """
        result = validate(model, data, locate)
        self.models.append((result, locate))
        return result

    def check_words(self) -> Iterator[Problem]:
        """Find words in any text that the glossary lists as not to be used."""
        if self.glossary:
            for model, locate in self.models:
                yield from check_model(self.glossary, model, locate)


def load_facts(root: Path, *, with_drafts: bool = False) -> Facts:
    """Read ``root/docs``.

    1. Find files whose names nobody would find or could not be addresses.
    2. Read the parts, which guides use.
    3. Read and validate every other file.
    4. Assemble the facts, with the pages of contacts.
    5. Check what must hold between facts, and the words of every text.

    Args:
        root: the repository.
        with_drafts: take also what the published site does without.

    Raises:
        FactsError: with every problem of every file.
    """
    loading, docs = _Loading(root), root / "docs"
    loading.problems += _check_names(docs, root)  # 1.
    for path in sorted(docs.glob("*/parts/*.yaml")):  # 2.
        ref = f"{path.parent.parent.name}/{path.stem}"
        with loading.gather_problems(ref):
            loading.parts[ref] = read_yaml(path, root)
    for path in sorted(docs.glob("*/*.yaml")):  # 3.
        with loading.gather_problems(f"{path.parent.name}/{path.stem}"):
            _load_file(loading, path, read_yaml(path, root))
    if not with_drafts:
        _remove_drafts(loading)
    facts = _assemble_facts(loading)  # 4.
    if problems := [*loading.problems, *check_facts(facts), *loading.check_words()]:  # 5.
        raise FactsError(problems)
    return facts


def _check_names(docs: Path, root: Path) -> Iterator[Problem]:
    """Find files and folders that would be overlooked, or whose name cannot be a part of an address."""
    yield from _check_endings(docs, root)
    files = sorted((*docs.glob("*/*.yaml"), *docs.glob("*/parts/*.yaml")))
    for path in files:
        name = path.relative_to(root).as_posix()
        if not re.match(SLUG, path.stem):
            yield Problem(name, 0, "", format_message("file.name", name=path.stem))
    for folder in sorted({docs / path.relative_to(docs).parts[0] for path in files}):
        name = folder.relative_to(root).as_posix()
        if not re.match(SLUG, folder.name):
            yield Problem(name, 0, "", format_message("file.name", name=folder.name))
        if folder.name != SHARED and not (folder / AUTHORITY).is_file():
            yield Problem(f"{name}/{AUTHORITY}", 0, "", format_message("file.authority"))


def _check_endings(docs: Path, root: Path) -> Iterator[Problem]:
    """Find files that nobody would read: Notepad adds .txt, and hides that it did."""
    for path in sorted((*docs.glob("*/*"), *docs.glob("*/parts/*"))):
        is_facts_file = path.suffix == ".yaml" or path.parent.name == SCHEMAS or path.name.startswith(".")
        if path.is_file() and not is_facts_file:
            right_name = f"{path.name.partition('.')[0]}.yaml"
            message = format_message("file.ending", name=path.name, right_name=right_name)
            yield Problem(path.relative_to(root).as_posix(), 0, "", message)


def _load_file(loading: _Loading, path: Path, file: YamlFile) -> None:
    folder = path.parent.name
    if path.name == AUTHORITY:
        data = _complete_if_draft(loading, f"{folder}/{path.stem}", file.data, "name")
        loading.authorities[folder] = (loading.validate(Authority, data, file.locate), file.locate)
    elif (folder, path.name) == (SHARED, "variants.yaml"):
        loading.axes = loading.validate(Variants, file.data, file.locate).axes
    elif (folder, path.name) == (SHARED, SITUATIONS):
        loading.situations = loading.validate(Situations, file.data, file.locate)
    elif (folder, path.name) == (SHARED, FRESHNESS):
        loading.limits = loading.validate(FreshnessLimits, file.data, file.locate)
    elif (folder, path.name) == (SHARED, GLOSSARY):
        loading.glossary = loading.validate(Glossary, file.data, file.locate)
    elif (folder, path.name) == (SHARED, PFX_PROGRAMS):
        loading.pfx_programs = loading.validate(PfxPrograms, file.data, file.locate)
    elif (folder, path.name) == (SHARED, WITHDRAWALS):
        withdrawals = loading.validate(Withdrawals, file.data, file.locate)
        loading.withdrawn = WithdrawalsFile(withdrawals, file.locate)
    elif path.name == SITUATIONS:
        answers = loading.validate(Answers, file.data, file.locate)
        loading.answers[folder] = AnswersFile(answers, file.locate)
    else:
        data, locate = _insert_parts(loading, file)
        data = _complete_if_draft(loading, f"{folder}/{path.stem}", data, "title")
        guide = loading.validate(Guide, data, locate)
        loading.pages.append(GuidePage(folder, path.stem, guide, locate))


def _complete_if_draft(loading: _Loading, ref: str, data: Any, name: str) -> Any:  # noqa: ANN401 - unchecked YAML
    if not is_draft(data):
        return data
    loading.drafts.add(ref)
    return complete_draft(data, name)


def _remove_drafts(loading: _Loading) -> None:
    """Remove guides that are drafts, and authorities with all that is in their folders."""
    folders = [folder for folder, (authority, _) in loading.authorities.items() if authority.draft]
    for folder in folders:
        del loading.authorities[folder]
        loading.answers.pop(folder, None)
    loading.drafts.update(page.ref for page in loading.pages if page.folder in folders)
    loading.pages = [page for page in loading.pages if page.ref not in loading.drafts]


def _insert_parts(loading: _Loading, file: YamlFile) -> tuple[Any, Locator]:
    """Fill in every ``use`` of a guide's data; return the data, and where each value stands."""
    data = file.data
    steps = data.get("steps")
    if not isinstance(steps, list):
        return data, file.locate
    origins: dict[int, tuple[YamlFile, Location]] = {}
    for index, entry in enumerate(steps):
        if isinstance(entry, dict) and "use" in entry:
            part, location = _find_part(loading, file, index, str(entry["use"]))
            origins[index] = (part, location)
            steps[index] = _merge(_get_value(part.values, location), entry)

    def locate(location: Location) -> Place:
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


def _find_part(loading: _Loading, file: YamlFile, index: int, use: str) -> tuple[YamlFile, Location]:
    """Find the step that ``use`` names: its file, and its location there.

    Raises:
        FactsError: there is no such step; with no problem where the file has been reported already.
    """
    reference = parse_reference(use)
    if reference and reference.page in loading.unreadable:
        raise FactsError([])
    for position, step in enumerate(_list_steps(loading, reference.page) if reference else []):
        if reference and step.get("id") == reference.step:
            return loading.parts[reference.page], ("steps", position)
    known: list[str] = []
    for name in loading.parts:
        known += (f"{name}#{step.get('id')}" for step in _list_steps(loading, name))
    names = ", ".join(known) or format_message("there-are-none")
    message = format_message("part", use=use, known=names)
    raise FactsError([Problem(*file.locate(["steps", index, "use"]), f"steps.{index}.use", message)])


def _list_steps(loading: _Loading, ref: str) -> list[dict[str, Any]]:
    """List the steps of a file in parts/: an empty one for what is no mapping, none where no such file is."""
    steps = loading.parts[ref].values.get("steps") if ref in loading.parts else None
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


def _assemble_facts(loading: _Loading) -> Facts:
    folders = [_assemble_folder(loading, name) for name in loading.authorities]
    shared = [page for page in loading.pages if page.folder == SHARED]
    return Facts(
        folders,
        shared,
        loading.axes,
        loading.situations,
        loading.limits,
        loading.glossary,
        loading.pfx_programs.programs,
        loading.withdrawn,
        frozenset(loading.unreadable),
        frozenset(loading.drafts),
    )


def _assemble_folder(loading: _Loading, name: str) -> AuthorityFolder:
    """Put an authority's guides in their order: those that its file lists, the others, the contacts."""
    authority, locate = loading.authorities[name]
    pages = {page.id: page for page in loading.pages if page.folder == name}
    for index, guide_id in enumerate(authority.guides):
        if guide_id not in pages and f"{name}/{guide_id}" not in loading.unreadable | loading.drafts:
            known = ", ".join(pages) or format_message("there-are-none")
            message = format_message("guide", guide=guide_id, known=known)
            loading.problems.append(Problem(*locate(("guides", index)), f"guides.{index}", message))
    if contacts := build_contacts_page(name, authority, locate, load_site_words()):
        pages.setdefault(contacts.id, contacts)
    order = [*authority.guides, *(page for page in pages if page not in authority.guides)]
    guides = [pages[guide_id] for guide_id in order if guide_id in pages]
    return AuthorityFolder(name, authority, guides, locate, loading.answers.get(name))
