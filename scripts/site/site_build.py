"""One run of MkDocs: what it makes for all languages, and what it does to each page.

The events of MkDocs at which these methods are called are in ``hooks``.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from certcheck.japan import JAPAN
from macros.addressing import start_page
from macros.addressing.ledger import Ledger, build_forwarding_data, build_forwarding_pages, load_ledger
from macros.addressing.urls import build_page_url, split_language
from macros.exports import messages, publish, schema
from macros.files import write_if_changed
from macros.history import news
from macros.history.changelog import load_log
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import Strings, load_site_words, load_strings
from macros.markdown.site_words import replace_site_words
from macros.model.facts import LANGUAGES, Facts
from macros.pages import check_page, licences, render, withdrawal_notices
from macros.pages.asset_groups import Assets
from macros.pages.navigation import build_navigation, translate_navigation
from macros.pages.page_context import TOOLS
from macros.pages.site_frame import build_site_frame, compose_colour_rule
from macros.pages.site_inputs import Build
from macros.script_data import encode_for_script
from scripts.command import git
from scripts.site.figure_bypass import FigureBypass
from scripts.site.inputs import AssetError
from scripts.site.integrity import IntegrityError, insert_integrity
from scripts.site.markdown_cache import MarkdownCache
from scripts.site.mistakes import write_mistakes
from scripts.site.offline_lists import PREVIEW, write_offline_lists
from scripts.site.policy import RESOLVED_POLICY, Inline, PolicyError, hash_inline, insert_policy, load_policy
from scripts.site.python_archives import build_wheel, name_wheel
from scripts.site.sbom import PUBLISHED, build_sbom
from scripts.site.search_files import write_search_files
from scripts.site.shipped_files import lay_out_assets
from scripts.site.style_sheet import STYLE_SHEET, build_style_sheet

ONLY_PAGE = "CERT_GUIDES_ONLY_PAGE"
"""Set by the build server: the address, from the site's root, of the only page to build."""
# Below the repository's root.
_PAGES = Path("build/pages")
# The theme's own search, for scripts/search-compare.
_THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class TranslatedContext(TemplateContext):
    """What a template sees: MkDocs' own values, and language, name and url of the page's translation.

    ``opens_site`` is not empty on the site's root where its translation is the first language.
    """

    translation: dict[str, str]


def prepare_build(root: Path) -> "SiteBuild":
    """Read the facts and write what does not depend on MkDocs.

    1. Read facts and published addresses.
    2. Write the checker's rules, which certcheck's wheel holds.
    3. Make the search's files and the style sheet, and lay out all assets below their hashes.
    4. Write the Markdown tree, whose pages name the assets.

    Args:
        root: the repository.

    Raises:
        Abort: with the list of what is wrong.
    """
    try:
        facts = load_facts(root, with_drafts=PREVIEW in os.environ)  # 1.
        ledger = load_ledger(facts, root)
        ledger.require_all()
        _write_json(root / "wasm/certcheck/rules.json", publish.build_rules(facts))  # 2.
        search_files = write_search_files(root, facts, root / "build/search")  # 3.
        generated = {path.name: path.read_bytes() for path in search_files}
        generated[STYLE_SHEET] = build_style_sheet(root) + compose_colour_rule(facts.site)
        if facts.site and facts.site.logo:
            generated[facts.site.logo] = (root / "docs" / facts.site.logo).read_bytes()
        if facts.site and facts.site.colour:
            shared = root / "macros/theme/assets/shared.css"
            generated["shared.css"] = shared.read_bytes() + compose_colour_rule(facts.site)
        generated |= _encode_message_words(root)
        assets = lay_out_assets(root, generated, facts.pictures)
        build = _read_build(root)
        render.render_site(facts, root / _PAGES, assets, build, os.environ.get(ONLY_PAGE))  # 4.
    except FactsError as error:
        write_mistakes(root, error)
        raise Abort(str(error)) from error
    except AssetError as error:
        raise Abort(str(error)) from error
    return SiteBuild(root, facts, ledger, assets, build)


class SiteBuild:
    """The state of one run of MkDocs, for all languages."""

    def __init__(self, root: Path, facts: Facts, ledger: Ledger, assets: Assets, build: Build) -> None:
        """Take what was prepared.

        Args:
            root: the repository.
            facts: of which the pages are made.
            ledger: every published address, and where those lead on that are gone.
            assets: laid out already.
            build: commit and day that the pages name.
        """
        self._root, self._facts, self._ledger = root, facts, ledger
        self._assets, self._build = assets, build
        self._check_data = check_page.encode_check_data(facts, assets, build.day)
        self._words = Strings(replace_site_words(load_site_words().words, facts.site))
        self._policy = load_policy(root / "deploy/policy.yaml")
        files = [file for group in assets.groups.values() for file in group.files.values()]
        self._hashes = {file.path: file.sha256 for file in files}
        self._cache, self._figures = MarkdownCache(root), FigureBypass()
        first = facts.site.first_language if facts.site else LANGUAGES[0]
        self._languages = sorted(LANGUAGES, key=lambda language: language != first)
        # By the name of the class of pages that hold them.
        self._inline: defaultdict[str, Inline] = defaultdict(Inline)
        self._only_page = os.environ.get(ONLY_PAGE)

    def configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Point MkDocs at the rendered tree, and give it names and words of both languages."""
        config.docs_dir = str(self._root / _PAGES)
        config.nav = build_navigation(self._facts)
        names = self._words.words["site.name"]
        config.site_name = names["ja"]
        languages = config.plugins["i18n"].config["languages"]
        english = next(language for language in languages if language["locale"] == "en")
        english["site_name"] = names["en"]
        english["nav_translations"] = translate_navigation(self._facts)
        config.extra["assets"] = self._assets
        config.extra["check_data"] = self._check_data
        config.extra["words"] = self._words.words
        config.extra["frame"] = {
            language: build_site_frame(self._facts.site, language) for language in LANGUAGES
        }
        config.extra["languages"] = self._languages
        config.extra["systems"] = [
            {"id": folder.id, "names": folder.authority.name} for folder in self._facts.authorities
        ]
        config.extra["script_words"] = {language: _encode_script_words(language) for language in LANGUAGES}
        config.theme["favicon"] = self._find_theme_file("icon.svg")
        site = self._facts.site
        if site and site.logo:
            config.theme["logo"] = self._find_theme_file(site.logo)
        return config

    def select_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Remove the theme's files: pages use them as assets, see ``shipped_files``."""
        is_search_compared = "material/search" in config.plugins
        for file in list(files):
            source = Path(file.abs_src_path or self._root)
            is_needed = is_search_compared and file.src_uri.startswith(_THEME_SEARCH)
            if not source.is_relative_to(self._root / _PAGES) and not is_needed:
                files.remove(file)
        return files

    def start_language(self, files: Files, config: MkDocsConfig) -> None:
        """Take the files of a language before its pages come; beside an only page, titles alone count."""
        self._cache.start_language(files)
        if self._only_page is None:
            return
        config.theme.static_templates.clear()
        for file in files.documentation_pages():
            if file.url.removeprefix("./") != self._only_page and file.page:
                file.page.read_source(config)
                file.inclusion = InclusionLevel.DRAFT

    def reduce_markdown(self, markdown: str, page: Page) -> str:
        """Return what MkDocs has to render: nothing that is cached, and no figures, which are HTML."""
        return self._figures.remove_figures(self._cache.skip_cached(markdown, page))

    def restore_html(self, html: str, page: Page) -> str:
        """Return the page's whole HTML, rendered now or cached."""
        return self._cache.restore(self._figures.restore_figures(html), page)

    def configure_templates(self, environment: Environment) -> Environment:
        """Keep the theme's compiled templates: both languages use the same."""
        environment.bytecode_cache, environment.auto_reload = render.open_template_cache("theme"), False
        return environment

    def add_translation(self, context: TemplateContext, page: Page) -> TranslatedContext:
        """Add where the same page is in the other language: every page exists in both."""
        language, below = split_language(page.url)
        if language == "en":
            translation = {"language": "ja", "name": "日本語", "url": below or "./"}
        else:
            translation = {"language": "en", "name": "English", "url": f"en/{below}"}
        is_root, first = not page.url.strip("./"), self._languages[0]
        translation["opens_site"] = "yes" if is_root and language != first else ""
        return TranslatedContext(**context, translation=translation)

    def finish_page(self, html: str, page: Page) -> str:
        """Write into a page where steps went that have left it, and its policy."""
        language, path = split_language(page.url)
        ref = path.rstrip("/") or start_page.REF
        forwarding = build_forwarding_data(self._ledger, ref, language)
        return self._insert_policy(html.replace("</body>", f"{forwarding}</body>"), page.file.dest_uri)

    def finish_template(self, text: str, name: str) -> str:
        """Write its policy into a page without Markdown; drop the site map, which would name a host."""
        if name.startswith("sitemap.xml"):
            return ""  # MkDocs writes no file for it
        return self._insert_policy(text, name) if name.endswith(".html") else text

    def finish_build(self, config: MkDocsConfig) -> None:
        """After the last language, lay beside the pages what is not one, and write the resolved policy.

        1. Assets, licences and the bill of materials.
        2. The public index with its schema, the feeds, and the wheel of certcheck as pip installs it.
        3. Short addresses and pages that have moved.
        4. Headers for whoever serves the site: with the hashes of all pages.
        5. Lists of files for the time without a network: of all that is there by now.
        """
        if config.theme["language"] != LANGUAGES[-1] or self._only_page is not None:
            return
        out = Path(config.site_dir)
        shutil.copytree(self._root / "build/assets", out / "assets", dirs_exist_ok=True)  # 1.
        self._write_licences(out)
        self._write_exports(out)  # 2.
        script = self._find_theme_file("step-addresses.mjs")
        for path, html in build_forwarding_pages(self._ledger, script):  # 3.
            write_if_changed(out / path, self._insert_policy(html, path).encode())
        policy = self._policy.resolve(self._inline)  # 4.
        policy.write(self._root / RESOLVED_POLICY)
        write_offline_lists(out, policy)  # 5.
        self._cache.save()

    def _write_licences(self, out: Path) -> None:
        (out / licences.PUBLISHED_TEXTS).mkdir(parents=True, exist_ok=True)
        for text in licences.list_texts(self._root):
            shutil.copy(text, out / licences.PUBLISHED_TEXTS)
        _write_json(out / PUBLISHED, build_sbom(self._root, self._assets, self._build.version))

    def _write_exports(self, out: Path) -> None:
        data = withdrawal_notices.build_open_page_data(self._facts, load_site_words())
        _write_json(out / withdrawal_notices.FILE, data)
        wheel = build_wheel(self._root)
        write_if_changed(out / TOOLS / name_wheel(wheel), wheel)
        _write_json(out / "api/authorities.json", publish.build_index(self._facts, self._build.commit))
        _write_json(out / "api/authorities.schema.json", schema.build_schema())
        _write_json(out / "api/build.json", {"build": self._build.version})
        for language in LANGUAGES:
            check_data = out / build_page_url(check_page.REF, language) / check_page.DATA
            write_if_changed(check_data, self._check_data[language].encode())
            log = load_log(self._root).leave_out(self._facts.hidden)
            words = replace_site_words(load_site_words().words, self._facts.site, for_pages=False)
            feed = news.build_feed(self._facts, Strings(words), log, language)
            path = out / f"api/messages.{language}.json"
            _write_json(path, messages.build_messages(self._facts, language))
            write_if_changed(out / build_page_url(news.REF, language) / news.FEED, feed.encode())

    def _insert_policy(self, html: str, path: str) -> str:
        page_class = self._policy.find_class(path)
        self._inline[page_class.name] |= hash_inline(html)
        try:
            return insert_policy(insert_integrity(html, path, self._hashes), page_class)
        except (IntegrityError, PolicyError) as error:
            raise Abort(f"{path}: {error}") from error

    def _find_theme_file(self, name: str) -> str:
        """Return the path below the site of a file that pages use."""
        return self._assets.groups["theme"].files[name].path


def _encode_script_words(language: str) -> str:
    """Return the words of the theme's scripts as JSON for a script element."""
    words = load_site_words().select(language).items()
    script_words = {code.removeprefix("script."): text for code, text in words if code.startswith("script.")}
    return encode_for_script(script_words)


def _encode_message_words(root: Path) -> dict[str, bytes]:
    """Return the words of a message beside its step as files, which pages fetch when the first is opened."""
    words = load_strings(root / "macros/strings/send.yaml", root)
    files: dict[str, bytes] = {}
    for language in LANGUAGES:
        text = json.dumps(words.select(language), ensure_ascii=False, separators=(",", ":"))
        files[f"message-words.{language}.json"] = text.encode()
    return files


def _read_build(root: Path) -> Build:
    """Read the commit, and its day in Japan: the same commit makes the same site on any day.

    SOURCE_DATE_EPOCH, seconds since 1970, takes the place of the commit's time where it is set.
    """
    commit, seconds = git("show", "--no-patch", "--format=%H %ct", "HEAD", cwd=root).split()
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", seconds)), UTC)
    return Build(commit=commit, day=moment.astimezone(JAPAN).date())


def _write_json(path: Path, data: Mapping[str, object]) -> None:
    write_if_changed(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
