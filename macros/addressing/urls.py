"""Where pages lie. Path, id and address agree; none begins with a slash: the site works below any path."""

import posixpath

from macros.markdown.plaintext import replace_link_targets
from macros.model.facts import parse_reference


def build_page_url(ref: str, language: str) -> str:
    """Build a page's address from the site's root: ``boj/renew/``, ``en/boj/renew/``; ``index`` is empty."""
    path = "" if ref == "index" else f"{ref.removesuffix('/index')}/"
    return path if language == "ja" else f"{language}/{path}"


def split_language(path: str) -> tuple[str, str]:
    """Split a path from the site's root into its language and the path without: ``en``, ``boj/renew/``."""
    below = path.removeprefix("en/")
    return ("ja" if below == path else "en"), below


def build_target_url(reference: str, language: str) -> str:
    """Build a reference's address from the site's root: ``en/boj/renew/#open-site``."""
    page, hash_sign, step = reference.partition("#")
    return f"{build_page_url(page, language)}{hash_sign}{step}"


def build_short_url(ref: str, language: str) -> str:
    """Build a step's address without a fragment, for the phone and for paper: ``s/boj/renew/open-site/``."""
    prefix = "" if language == "ja" else f"{language}/"
    return f"{prefix}s/{ref.replace('#', '/')}/"


def build_relative_url(target: str, from_url: str) -> str:
    """Build an address as seen from a page.

    Args:
        target: from the site's root, as :func:`build_target_url` builds it, or the path of a file.
        from_url: the page, as :func:`build_page_url` builds it.
    """
    address, _, fragment = target.partition("#")
    path = posixpath.relpath(f"/{address}", f"/{from_url}")
    slash = "/" if not address or address.endswith("/") else ""
    return f"{path}{slash}" + (f"#{fragment}" if fragment else "")


def relink(text: str, from_ref: str) -> str:
    """Turn references in links (``boj/renew#open-site``, ``check``) into links between Markdown files."""
    return replace_link_targets(text, lambda target: build_markdown_link(target, from_ref))


def build_markdown_link(target: str, from_ref: str) -> str:
    """Build the path from one page's Markdown file to another's; an outward address stays as it is."""
    if "://" in target or target.startswith("mailto:"):
        return target
    reference = parse_reference(target)
    page, step = reference or (target, None)
    path = posixpath.relpath(f"{page}.md", posixpath.dirname(from_ref) or ".")
    return path + (f"#{step}" if step else "")
