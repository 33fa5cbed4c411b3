"""What set-up tells, in both languages."""

import sys

from macros.model.language import Message, choose_language

UNKNOWN_LANGUAGE = Message("--lang のあとには ja か en を書きます。", "--lang is followed by ja or en.")

NO_GIT = Message(
    "git が必要です。サイトには、元になったコミットが書き込まれます。",
    "git is needed: the site names the commit that it was made from.",
)
NO_COMMIT = Message(
    "このフォルダーには git のコミットがありません。"
    "アーカイブを展開するのではなく、リポジトリーを複製（clone）してください。",
    "This folder is not a git clone with a commit: clone the repository instead of unpacking an archive.",
)

NO_VENV_MODULE = Message(
    "Python の venv モジュールがありません。"
    "Debian では、パッケージ python3-venv をインストールしてください。",
    "Python's venv module is missing: on Debian, install the package python3-venv.",
)
MAKING_VENV = Message(".venv を Python {version} で作っています…", "Making .venv with Python {version} …")
VENV_FAILED = Message(
    "{python} で仮想環境 .venv を作れませんでした。",
    "The virtual environment .venv could not be made with {python}.",
)
INSTALLING_PYTHON_PACKAGES = Message(
    "requirements.lock にある Python のパッケージをインストールしています…",
    "Installing the Python packages of requirements.lock …",
)
PIP_FAILED = Message(
    "Python のパッケージをインストールできませんでした。上にある pip のメッセージを確かめてください。",
    "The Python packages could not be installed: see pip's message above.",
)

NO_NODE = Message("Node.js 20 以降（npm を含む）が必要です。", "Node.js 20 or newer with npm is needed.")
OLD_NODE = Message(
    "Node.js 20 以降が必要です。今のものは {version} です。",
    "Node.js 20 or newer is needed: this is {version}.",
)
INSTALLING_NPM_PACKAGES = Message(
    "package-lock.json にある npm のパッケージをインストールしています…",
    "Installing the npm packages of package-lock.json …",
)
NPM_FAILED = Message(
    "npm のパッケージをインストールできませんでした。上にある npm のメッセージを確かめてください。",
    "The npm packages could not be installed: see npm's message above.",
)

BROTLI_MODULE = Message("nginx の Brotli 用モジュール", "nginx' module for Brotli")
NO_PROGRAM = Message(
    "テストには {program} が必要です。"
    "root でインストールしてください。Debian では「apt-get install {packages}」です。",
    "The tests need {program}: install it as root, on Debian 'apt-get install {packages}'.",
)
INSTALLING_DEBIAN_PACKAGES = Message(
    "Debian の {packages} をインストールしています…", "Installing Debian's {packages} …"
)
APT_FAILED = Message(
    "{program} をインストールできませんでした。上にある apt-get のメッセージを確かめてください。",
    "{program} could not be installed: see apt-get's message above.",
)


class SetupError(Exception):
    """A command cannot run on this machine; carries the sentence that says why."""

    def __init__(self, message: Message, **values: object) -> None:
        """Fill the message's placeholders.

        Args:
            message: of this module.
            values: by placeholder; a :class:`Message` fills each language with its own words.
        """
        super().__init__(message.fill(**values).get(choose_language()))


def tell(message: Message, **values: object) -> None:
    """Say on the standard error stream what is going on.

    Args:
        message: of this module.
        values: by placeholder.
    """
    print(message.fill(**values).get(choose_language()), file=sys.stderr, flush=True)
