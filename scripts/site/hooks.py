"""The MkDocs hook: what happens at each of MkDocs' events; the work is done in ``site_build``.

1. ``on_startup``, once a command: warnings are told even by a quiet build.
2. ``on_config``: the first time the build is prepared (facts, checker's rules, assets, Markdown tree); then
   MkDocs is pointed at the tree.
3. ``on_files``: the theme's own files are left out.
4. ``on_nav``: the pages of a language are known, between which links may lead.
5. ``on_page_markdown`` and ``on_page_content``, for each page: MkDocs renders only what is not cached.
6. ``on_env`` and ``on_page_context``: templates come compiled, and learn where the page's translation is.
7. ``on_post_page`` and ``on_post_template``: the security policy is written into what was rendered.
8. ``on_post_build``: after the last language, all that is no page is laid beside the pages.

static-i18n has MkDocs build the languages one after the other, each with steps 2 to 8; what is the same for
all is done once.
"""

import functools
import logging

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from scripts import ROOT
from scripts.site.site_build import SiteBuild, TranslatedContext, prepare_build


class _Hook:
    """Owns the build of this process."""

    @functools.cached_property
    def build(self) -> SiteBuild:
        """Prepare the build when it is first needed."""
        return prepare_build(ROOT)


_HOOK = _Hook()


def on_startup(**_: object) -> None:
    """Have warnings logged in a quiet build, too: --quiet drops them before --strict counts them."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(min(logger.level, logging.WARNING))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point MkDocs at the rendered tree."""
    return _HOOK.build.configure(config)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Remove the theme's own files from the site."""
    return _HOOK.build.select_files(files, config)


def on_nav(nav: Navigation, files: Files, config: MkDocsConfig) -> Navigation:
    """Hand over the files of a language before its pages are rendered."""
    _HOOK.build.start_language(files, config)
    return nav


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Remove from a page's Markdown what is cached as HTML, and the figures."""
    return _HOOK.build.reduce_markdown(markdown, page)


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Insert into a page the cached HTML and the figures."""
    return _HOOK.build.restore_html(html, page)


def on_env(env: Environment, **_: object) -> Environment:
    """Have compiled templates cached."""
    return _HOOK.build.configure_templates(env)


def on_page_context(context: TemplateContext, page: Page, **_: object) -> TranslatedContext:
    """Tell the templates where the page's translation is."""
    return _HOOK.build.add_translation(context, page)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Write forwarding data and the policy into a page."""
    return _HOOK.build.finish_page(output, page)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Write the policy into a page without Markdown."""
    return _HOOK.build.finish_template(output_content, template_name)


def on_post_build(config: MkDocsConfig) -> None:
    """After the last language, write the files that are no pages, and the resolved policy."""
    _HOOK.build.finish_build(config)
