"""Compares a running site with a release, and names each difference: scripts/verify-site ADDRESS MANIFEST.

Every file of the manifest is requested, plain and compressed: its body, its type and its headers have to be
those of the release. With --key, the manifest's own signature MANIFEST.minisig is verified first.

The exit status is 0 where nothing differs, 1 where something does, 2 where nothing could be compared.
"""

import argparse
import sys
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

from macros.model.language import Language, Message, choose_language
from scripts.releasing.manifest import Manifest
from scripts.releasing.signing import SigningError, verify_file
from scripts.releasing.site_comparison import Difference, Kind, Site, compare_site

NO_SIGNATURE_CHECKED = Message(
    "マニフェストの署名は確かめていません（--key）。",
    "The manifest's signature was not verified (--key).",
)
SIGNATURE = Message(
    "マニフェストの署名は正しいものです：{comment}", "The manifest's signature verifies: {comment}"
)
UNUSABLE_MANIFEST = Message(
    "{path} はマニフェストとして読めません。{reason}", "{path} is no manifest. {reason}"
)
NO_ANSWER = Message(
    "{address} と比べられませんでした（{reason}）。", "{address} could not be compared ({reason})."
)
SAME = Message(
    "{address} は、バージョン {version}（{commit}）の {count} 個のファイルをそのまま配信しています。",
    "{address} serves the {count} files of version {version} ({commit}) unchanged.",
)
DIFFERENT = Message(
    "{address} は、バージョン {version}（{commit}）と {count} か所で違います。",
    "{address} differs from version {version} ({commit}) in {count} places.",
)
WORDS: dict[Kind, Message] = {
    "missing": Message("ありません（状態 {sent}）：{path}", "missing (status {sent}): {path}"),
    "changed": Message("内容が違います：{path}", "changed: {path}"),
    "copy-changed": Message(
        "圧縮したもの（{sent}）の内容が違います：{path}", "the compressed copy ({sent}) is changed: {path}"
    ),
    "added": Message(
        "このバージョンにはないものです：{path}（{expected} にあります）",
        "not in the release: {path} (named in {expected})",
    ),
    "header-missing": Message(
        "ヘッダー {header} がありません：{path}", "the header {header} is missing: {path}"
    ),
    "header-different": Message(
        "ヘッダー {header} が違います（正しい値「{expected}」、実際の値「{sent}」）：{path}",
        "the header {header} is “{sent}” instead of “{expected}”: {path}",
    ),
    "header-added": Message(
        "このバージョンにはないヘッダー {header}「{sent}」があります：{path}",
        "the header {header}, “{sent}”, is not in the release: {path}",
    ),
}
MORE = Message("{path} ほか {count} 個", "{path} and {count} more")


def describe(differences: list[Difference], language: Language) -> Iterator[str]:
    """Tell each difference in a line; a header that differs alike in many files, once."""
    groups: dict[Difference, list[str]] = {}
    for difference in differences:
        is_shared = difference.kind.startswith("header")
        groups.setdefault(difference._replace(path="") if is_shared else difference, []).append(
            difference.path
        )
    for difference, (path, *others) in groups.items():
        place = MORE.fill(path=path, count=len(others)).get(language) if others else path
        yield WORDS[difference.kind].fill(**difference._replace(path=place)._asdict()).get(language)


def load_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        OSError: there is none.
        ValueError: it is none, or of another format.
    """
    return Manifest.model_validate_json(path.read_bytes())


def main() -> int:
    """Compare, and tell what differs."""
    options = argparse.ArgumentParser(
        prog="scripts/verify-site", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("address", help="of the site's first page")
    options.add_argument("manifest", type=Path, help="manifest.json of the release")
    options.add_argument("--key", type=Path, metavar="PUBLIC-KEY", help="of who signed the manifest")
    chosen, language = options.parse_args(), choose_language()
    try:
        if chosen.key:
            comment = verify_file(chosen.manifest, chosen.key)
            print(SIGNATURE.fill(comment=comment).get(language))
        else:
            print(NO_SIGNATURE_CHECKED.get(language))
        manifest, site = load_manifest(chosen.manifest), Site(chosen.address)
        differences = compare_site(site, manifest)
    except SigningError as error:
        print(error, file=sys.stderr)
        return 2
    except HTTPException as error:
        print(NO_ANSWER.fill(address=chosen.address, reason=repr(error)).get(language), file=sys.stderr)
        return 2
    except OSError as error:
        print(NO_ANSWER.fill(address=chosen.address, reason=error).get(language), file=sys.stderr)
        return 2
    except ValueError as error:
        print(UNUSABLE_MANIFEST.fill(path=chosen.manifest, reason=error).get(language), file=sys.stderr)
        return 2
    values = {"address": site.address, "version": manifest.version, "commit": manifest.commit[:12]}
    lines = list(describe(differences, language))
    print(*lines, sep="\n", end="\n" if lines else "")
    if lines:
        print(DIFFERENT.fill(count=len(lines), **values).get(language))
        return 1
    print(SAME.fill(count=len(manifest.files), **values).get(language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
