"""All facts of ``docs/``, read, typed and checked; every mistake in one run.

A folder with an ``authority.yaml`` is an authority. Any other YAML file beside it, or in ``shared/``, is a
guide; path, id and address agree: ``docs/boj/renew.yaml`` is ``boj/renew`` is ``/boj/renew/``. Files below
``parts/`` hold steps that guides use: ``use: shared/certmgr#open`` takes one from
``docs/shared/parts/certmgr.yaml``. What stands beside ``use`` replaces what the part says; notes are added.
``situations.yaml`` holds the start page's questions, see ``macros.model.situations``;
``shared/freshness.yaml`` says how long facts count as checked, see ``macros.model.freshness_limits``;
``site.yaml`` says whose site it is, see ``macros.model.site``;
``shared/glossary.yaml`` says which words the texts use, see ``macros.model.glossary``;
``shared/pfx-programs.yaml`` says which programs refuse which .pfx, see ``macros.model.pfx_programs``;
``shared/withdrawals.yaml`` says what was wrong and is taken back, see ``macros.model.withdrawals``;
``shared/synonyms.yaml`` says which words the search takes for the same, see ``macros.model.synonyms``.
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
from macros.loading.entry_names import show_place
from macros.loading.parts import insert_parts
from macros.loading.pictures import SUFFIXES, read_pictures
from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.site_names import check_site
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
)
from macros.model.freshness_limits import FreshnessLimits
from macros.model.glossary import Glossary
from macros.model.guides import Axis, Guide, Variants
from macros.model.language import Message
from macros.model.location import Locator
from macros.model.pfx_programs import PfxPrograms
from macros.model.site import Site
from macros.model.situations import Answers, Situations
from macros.model.synonyms import Synonyms
from macros.model.withdrawals import Withdrawals

AUTHORITY = "authority.yaml"
# The folder of what editors know of the facts' files: it holds no facts.
SCHEMAS = "schemas"
SITUATIONS = "situations.yaml"
SITE = "site.yaml"
FRESHNESS = "freshness.yaml"
GLOSSARY = "glossary.yaml"
PFX_PROGRAMS = "pfx-programs.yaml"
WITHDRAWALS = "withdrawals.yaml"
SYNONYMS = "synonyms.yaml"
M = TypeVar("M", bound=Fact)


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
    synonyms: Synonyms | None = None
    models: list[tuple[Fact, Locator]] = field(default_factory=list)
    answers: dict[str, AnswersFile] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    site: Site | None = None
    hidden: set[str] = field(default_factory=set)

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
    4. Assemble the facts, with the pages of contacts, and read the steps' pictures.
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
    with loading.gather_problems("site"):
        _read_site(loading, docs / SITE)
    facts = _assemble_facts(loading)  # 4.
    pictures = read_pictures(docs, facts.pages)
    facts.pictures.update(pictures.sizes)
    loading.problems += pictures.problems
    if problems := [*loading.problems, *check_facts(facts), *loading.check_words()]:  # 5.
        raise FactsError([show_place(problem, root) for problem in problems])
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
            yield Problem(path.relative_to(root).as_posix(), 0, "", _explain_ending(path))


def _explain_ending(path: Path) -> Message:
    if path.suffix.lower() in SUFFIXES:
        return format_message("file.picture", name=path.name, folder=path.parent.name)
    right_name = f"{path.name.partition('.')[0]}.yaml"
    return format_message("file.ending", name=path.name, right_name=right_name)


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
    elif (folder, path.name) == (SHARED, SYNONYMS):
        loading.synonyms = loading.validate(Synonyms, file.data, file.locate)
    elif path.name == SITUATIONS:
        answers = loading.validate(Answers, file.data, file.locate)
        loading.answers[folder] = AnswersFile(answers, file.locate)
    else:
        data, locate = insert_parts(file, loading.parts, loading.unreadable)
        data = _complete_if_draft(loading, f"{folder}/{path.stem}", data, "title")
        guide = loading.validate(Guide, data, locate)
        loading.pages.append(GuidePage(folder, path.stem, guide, locate))


def _read_site(loading: _Loading, path: Path) -> None:
    """Read whose site it is, where that is said, and leave out the authorities that it does not show."""
    if not path.is_file():
        return
    file = read_yaml(path, loading.root)
    loading.site = site = loading.validate(Site, file.data, file.locate)
    known = {*loading.authorities, *loading.hidden, *loading.unreadable}
    loading.problems += check_site(file.values, path.parent, known, list(loading.authorities), file.locate)
    if site.authorities:
        _hide_authorities(loading, [name for name in loading.authorities if name not in site.authorities])
        shown = [name for name in site.authorities if name in loading.authorities]
        loading.authorities = {name: loading.authorities[name] for name in shown}


def _hide_authorities(loading: _Loading, folders: list[str]) -> None:
    """Leave out authorities with all that is in their folders."""
    loading.hidden.update(folders)
    for folder in folders:
        del loading.authorities[folder]
        loading.answers.pop(folder, None)
    loading.pages = [page for page in loading.pages if page.folder not in folders]


def _complete_if_draft(loading: _Loading, ref: str, data: Any, name: str) -> Any:  # noqa: ANN401 - unchecked YAML
    if not is_draft(data):
        return data
    loading.drafts.add(ref)
    return complete_draft(data, name)


def _remove_drafts(loading: _Loading) -> None:
    """Remove guides that are drafts, and authorities with all that is in their folders."""
    folders = [folder for folder, (authority, _) in loading.authorities.items() if authority.draft]
    loading.drafts.update(page.ref for page in loading.pages if page.folder in folders)
    _hide_authorities(loading, folders)
    loading.pages = [page for page in loading.pages if page.ref not in loading.drafts]


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
        loading.synonyms,
        frozenset(loading.unreadable),
        frozenset(loading.drafts),
        loading.site,
        frozenset(loading.hidden),
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
