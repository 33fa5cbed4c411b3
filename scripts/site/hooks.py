"""The MkDocs hook: facts to Markdown before the build, the security policy into pages, assets beside them.

MkDocs calls each function once a language, since static-i18n builds the languages one after the other; what
is the same for all is done once.
"""

import functools
import json
import logging
import os
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from macros.addressing import startpage
from macros.addressing.addresses import page_url
from macros.addressing.ledger import Promises, forwards, load_promises, small_pages
from macros.exports import publish, schema
from macros.history import news
from macros.history.changelog import load_log
from macros.loading.load import load_facts
from macros.loading.wording import site_words
from macros.model.facts import LANGUAGES, Facts
from macros.model.problems import FactsError
from macros.pages import check_page, licences, navigation, render
from macros.pages.asset_groups import Assets
from macros.pages.site_inputs import Build
from scripts import ROOT
from scripts.site.assets import AssetError, collect
from scripts.site.figure_bypass import Pictures
from scripts.site.markdown_cache import Kept
from scripts.site.mistakes import write_mistakes
from scripts.site.offline import write_offline
from scripts.site.policy import Inline, Policy, PolicyError, inline_hashes, load_policy, with_policy
from scripts.site.sbom import PUBLISHED, sbom
from scripts.site.search_files import make_search_files
from scripts.site.styles import make_style

PAGES = ROOT / "build/pages"
# The theme's own search, for scripts/search-compare.
SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
JAPAN = timezone(timedelta(hours=9))


@dataclass
class Site:
    """What one run of MkDocs makes for all languages."""

    facts: Facts
    promises: Promises
    assets: Assets
    policy: Policy
    build: Build
    kept: Kept
    pictures: Pictures = field(default_factory=Pictures)
    inline: defaultdict[str, Inline] = field(default_factory=lambda: defaultdict(Inline))


class PageContext(TemplateContext):
    """What a template sees: MkDocs' own values, and language, name and url of the page's translation."""

    translation: dict[str, str]


@functools.cache
def prepare() -> Site:
    """Read the facts, write the checker's rules, the assets and the Markdown tree.

    Raises:
        Abort: with the list of what is wrong.
    """
    try:
        facts = load_facts(ROOT)
        promises = load_promises(facts, ROOT)
        _write_json(ROOT / "wasm/certcheck/rules.json", publish.rules(facts))
        made = make_search_files(ROOT, facts, ROOT / "build/search")
        assets = collect(ROOT, [*made, make_style(ROOT, ROOT / "build/styles")])
        build = _built_from()
        render.render_site(facts, PAGES, assets, build)
    except FactsError as error:
        write_mistakes(ROOT, error)
        raise Abort(str(error)) from error
    except AssetError as error:
        raise Abort(str(error)) from error
    return Site(facts, promises, assets, load_policy(ROOT / "deploy/policy.yaml"), build, Kept(ROOT))


def on_startup(**_: object) -> None:
    """Tell warnings, whatever else is quiet: --quiet has MkDocs drop them before --strict counts them."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(min(logger.level, logging.WARNING))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point MkDocs at the rendered tree."""
    site = prepare()
    config.docs_dir = str(PAGES)
    config.nav = navigation.build_navigation(site.facts)
    names = site_words().words["site.name"]
    config.site_name = names["ja"]
    english = next(one for one in config.plugins["i18n"].config["languages"] if one["locale"] == "en")
    english["site_name"] = names["en"]
    english["nav_translations"] = navigation.translate_navigation(site.facts)
    config.extra["assets"] = site.assets
    config.extra["words"] = site_words().words
    config.extra["script_words"] = {language: _script_words(language) for language in LANGUAGES}
    config.theme["favicon"] = site.assets.groups["theme"].files["icon.svg"].path
    return config


def _script_words(language: str) -> str:
    """The words of the theme's scripts, as JSON for a script element."""
    words = site_words().of(language).items()
    mine = {code.removeprefix("script."): text for code, text in words if code.startswith("script.")}
    return check_page.encode_for_script(mine)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's files: what pages use of them lies below its hash, see scripts/site/assets.py."""
    compared = "material/search" in config.plugins
    for file in list(files):
        theirs = not Path(file.abs_src_path or PAGES).is_relative_to(PAGES)
        if theirs and not (compared and file.src_uri.startswith(SEARCH)):
            files.remove(file)
    return files


def on_nav(nav: Navigation, files: Files, **_: object) -> Navigation:
    """Now all pages of a language are known."""
    prepare().kept.begin(files)
    return nav


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Leave to MkDocs only what it has not turned into HTML before, and of that no picture, which is HTML."""
    site = prepare()
    return site.pictures.taken_out(site.kept.asked(markdown, page))


def on_page_content(html: str, page: Page, **_: object) -> str:
    """What it made, just now or before."""
    site = prepare()
    return site.kept.answered(site.pictures.put_back(html), page)


def on_env(env: Environment, **_: object) -> Environment:
    """Keep the theme's compiled templates: both languages use the same."""
    env.bytecode_cache, env.auto_reload = render.open_template_cache(), False
    return env


def on_page_context(context: TemplateContext, page: Page, **_: object) -> PageContext:
    """Tell the templates where the same page is in the other language: every page exists in both."""
    below = page.url.removeprefix("en/")
    if page.url.startswith("en/"):
        translation = {"language": "ja", "name": "日本語", "url": below or "./"}
    else:
        translation = {"language": "en", "name": "English", "url": f"en/{below}"}
    return PageContext(**context, translation=translation)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Write the page's policy into it, and where steps went that have left it."""
    language = "en" if page.url.startswith("en/") else "ja"
    ref = page.url.removeprefix("en/").rstrip("/") or startpage.REF
    moved = forwards(prepare().promises, ref, language)
    return _guarded(output.replace("</body>", f"{moved}</body>"), page.file.dest_uri)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """The same for pages without Markdown; no site map, whose addresses must name the host."""
    if template_name.startswith("sitemap.xml"):
        return ""  # MkDocs writes no file for it
    return _guarded(output_content, template_name) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Once all pages are there, lay beside them what is not one; leave the headers for who serves them."""
    if config.theme["language"] != LANGUAGES[-1]:
        return
    site = prepare()
    out = Path(config.site_dir)
    shutil.copytree(ROOT / "build/assets", out / "assets", dirs_exist_ok=True)
    (out / licences.TEXTS).mkdir(parents=True, exist_ok=True)
    for text in licences.list_texts(ROOT):
        shutil.copy(text, out / licences.TEXTS)
    _write_json(out / PUBLISHED, sbom(ROOT, site.assets, site.build.version))
    _write_json(out / "api/authorities.json", publish.api(site.facts, site.build.commit))
    _write_json(out / "api/authorities.schema.json", schema.schema())
    for language in LANGUAGES:
        feed = news.feed(site.facts, site_words(), load_log(ROOT), language)
        _write(out / page_url(news.REF, language) / news.FEED, feed)
    for path, html in small_pages(site.promises, site.assets.groups["theme"].files["addresses.mjs"].path):
        _write(out / path, _guarded(html, path))
    write_offline(out)
    site.policy.resolve(site.inline).write(ROOT / "build/headers.json")
    site.kept.write()


def _guarded(html: str, path: str) -> str:
    site = prepare()
    page_class = site.policy.class_of(path)
    site.inline[page_class.name] |= inline_hashes(html)
    try:
        return with_policy(html, page_class)
    except PolicyError as error:
        raise Abort(f"{path}: {error}") from error


def _built_from() -> Build:
    """The commit, and its day in Japan: the same commit makes the same site on any day.

    SOURCE_DATE_EPOCH, seconds since 1970, takes the place of the commit's time where it is set.
    """
    show = ["git", "-C", str(ROOT), "show", "--no-patch", "--format=%H %ct", "HEAD"]
    shown = subprocess.run(show, capture_output=True, text=True, check=True)  # noqa: S603  # no word is a stranger's
    commit, seconds = shown.stdout.split()
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", seconds)), UTC)
    return Build(commit=commit, day=moment.astimezone(JAPAN).date())


def _write_json(path: Path, data: object) -> None:
    """Write when it differs: what watches the file sees changes only."""
    _write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
