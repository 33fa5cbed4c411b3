"""The tree of pages that the theme shows beside each page."""

from macros.loading.wording import load_site_words
from macros.markdown.escaping import escape_text
from macros.model.facts import AuthorityFolder, Facts, GuidePage

NavigationEntry = str | dict[str, str] | dict[str, list[str]]
"""A Markdown file, alone or under a name, or a section: its name and its files."""


def build_navigation(facts: Facts) -> list[NavigationEntry]:
    """Return Markdown files in their order, sections with their Japanese names."""
    strings = load_site_words().select("ja")
    sections: list[NavigationEntry] = [
        {escape_text(folder.authority.name.ja): _list_files(folder)} for folder in facts.authorities
    ]
    return [
        {strings["site.home"]: "index.md"},
        "check.md",
        *sections,
        {strings["site.shared"]: [_name_file(guide_page) for guide_page in facts.shared]},
        "send.md",
        "offline.md",
        "changes.md",
        "verify.md",
        "licences.md",
        "glossary.md",
    ]


def translate_navigation(facts: Facts) -> dict[str, str]:
    """Return the English names of the sections in :func:`build_navigation` by the Japanese ones."""
    names: dict[str, str] = {}
    for folder in facts.authorities:
        names[escape_text(folder.authority.name.ja)] = escape_text(folder.authority.name.en)
    for code in ("site.home", "site.shared"):
        words = load_site_words().words[code]
        names[words["ja"]] = words["en"]
    return names


def _list_files(folder: AuthorityFolder) -> list[str]:
    return [f"{folder.id}/index.md", *map(_name_file, folder.guides)]


def _name_file(guide_page: GuidePage) -> str:
    return f"{guide_page.ref}.md"
