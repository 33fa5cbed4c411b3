"""What remains to be done after the last step of a guide, as far as the facts of its authority give it."""

from collections.abc import Iterator
from dataclasses import dataclass

from macros.model.authority import Authority
from macros.model.evidence import Text
from macros.model.facts import Facts, GuidePage

_DELETE_GUIDES = ("{folder}/delete", "shared/delete-certificate")


@dataclass(frozen=True)
class NextAct:
    """One thing to do.

    Attributes:
        code: of its words in ``macros/strings/site.yaml``.
        target: reference of the page where it is done, if there is one.
        reason: what the authority's facts say about it.
    """

    code: str
    target: str | None = None
    reason: Text | None = None


def list_next_acts(guide_page: GuidePage, facts: Facts) -> Iterator[NextAct]:
    """Yield the acts after a guide, the most urgent first.

    1. Of a new certificate: check it, note its dates, back it up, and what becomes of the old one.
    2. Tell those who asked for it; other guides of the authority.
    """
    folder = facts.find_folder(guide_page.folder)
    if folder and guide_page.guide.new_certificate:  # 1
        yield NextAct("end.check", "check")
        yield NextAct(f"end.calendar.{folder.authority.renewal.kind}", "check")
        yield from _list_backup(guide_page, folder.authority, facts)
        yield from _list_deleting(guide_page, folder.authority, facts)
        yield NextAct("end.tell.certificate")
    else:
        yield NextAct("end.tell")  # 2
    yield NextAct("end.more", f"{folder.id}/index" if folder else "index")


def _list_backup(guide_page: GuidePage, authority: Authority, facts: Facts) -> Iterator[NextAct]:
    """Yield the export, where a certificate may be moved and a guide shows how."""
    target = f"{guide_page.folder}/export"
    if authority.transfer.allowed and facts.find_page(target):
        yield NextAct("end.back-up", target)


def _list_deleting(guide_page: GuidePage, authority: Authority, facts: Facts) -> Iterator[NextAct]:
    """Yield what the authority says of the older certificate; nothing where it says nothing."""
    if authority.deleting is None:
        return
    references = (reference.format(folder=guide_page.folder) for reference in _DELETE_GUIDES)
    target = next(filter(facts.find_page, references), None)
    is_forbidden = authority.deleting.after == "none"
    yield NextAct(
        f"end.old.{authority.deleting.after}", None if is_forbidden else target, authority.deleting.why
    )
