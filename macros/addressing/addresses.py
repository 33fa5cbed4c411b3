"""Where pages lie. Path, id and address agree; none begins with a slash: the site works below any path."""

import posixpath

from macros.model.facts import parse_reference
from macros.model.plaintext import replace_link_targets


def page_url(ref: str, language: str) -> str:
    """A page's address from the site's root: ``boj/renew/``, ``en/boj/renew/``; ``index`` is the start."""
    path = "" if ref == "index" else f"{ref.removesuffix('/index')}/"
    return path if language == "ja" else f"{language}/{path}"


def target_url(reference: str, language: str) -> str:
    """A reference's address from the site's root: ``boj/renew#open-site`` is ``en/boj/renew/#open-site``."""
    page, hash_sign, step = reference.partition("#")
    return f"{page_url(page, language)}{hash_sign}{step}"


def short_url(ref: str, language: str) -> str:
    """A step's address without a fragment, for the phone and for paper: ``s/boj/renew/open-site/``."""
    prefix = "" if language == "ja" else f"{language}/"
    return f"{prefix}s/{ref.replace('#', '/')}/"


def relative_url(target: str, from_url: str) -> str:
    """A root-relative address as seen from a page; both as :func:`page_url` gives them."""
    address, _, fragment = target.partition("#")
    path = posixpath.relpath(f"/{address}", f"/{from_url}")
    slash = "/" if not address or address.endswith("/") else ""
    return f"{path}{slash}" + (f"#{fragment}" if fragment else "")


def relink(text: str, from_ref: str) -> str:
    """Turn references in links (``boj/renew#open-site``, ``check``) into links between Markdown files."""
    return replace_link_targets(text, lambda target: markdown_link(target, from_ref))


def markdown_link(target: str, from_ref: str) -> str:
    """The way from one page's Markdown file to another's; an outward address stays as it is."""
    if "://" in target or target.startswith("mailto:"):
        return target
    reference = parse_reference(target)
    page, step = reference or (target, None)
    path = posixpath.relpath(f"{page}.md", posixpath.dirname(from_ref) or ".")
    return path + (f"#{step}" if step else "")
