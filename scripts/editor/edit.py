"""Edit the facts in the browser, in a form, with the page beside it as it will be. For this computer only.

1. Take two ports: the form's, and the preview's.
2. Print the form's address, which holds a token, and open it.
3. Build the preview, and again whenever a file changes, as scripts/serve does; until interrupted.
"""

import argparse
import signal
import sys
import threading
import webbrowser
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from macros.model.language import Message
from scripts import ROOT
from scripts.editor.actions import Actions
from scripts.editor.editor_server import EditorServer
from scripts.editor.guard import make_token
from scripts.editor.page_files import load_page_files
from scripts.serving.live import NO_SERVER, keep_building, tell
from scripts.serving.preview import Preview
from scripts.serving.server import SiteServer
from scripts.site.inputs import AssetError
from scripts.site.policy import Policy, load_policy

OPEN = Message(
    "編集の画面: {url}\n"
    "このアドレスは、このコンピューターで、終わるまでだけ使えます。終えるときは Ctrl と C を押します。",
    "The form: {url}\nThis address works on this computer only, until you end it with Ctrl and C.",
)


class FramedServer(SiteServer):
    """A preview that the form's page shows in a frame; for the site itself every frame is refused."""

    parent = "'none'"

    @override
    def show(self, site: Path, policy: Policy) -> None:
        super().show(site, permit_parent(policy, self.parent))


def permit_parent(policy: Policy, parent: str) -> Policy:
    """Return a policy whose pages may stand in a frame of another page.

    Args:
        policy: of the site.
        parent: origin of that page.
    """
    none, permitted = "frame-ancestors 'none'", f"frame-ancestors {parent}"
    classes = (
        replace(page_class, csp=page_class.csp.replace(none, permitted)) for page_class in policy.classes
    )
    return replace(policy, classes=tuple(classes))


def main() -> int:
    """Run until interrupted; 1 when a port is taken or the page cannot be made."""
    options = argparse.ArgumentParser(prog="scripts/edit", description=__doc__)
    options.add_argument("--port", type=int, default=8001, help="of the form; the preview takes a free one")
    options.add_argument("--no-open", action="store_true", help="print the address only")
    options.add_argument("--no-preview", action="store_true", help="the form only, for a slow computer")
    chosen = options.parse_args()
    policy = load_policy(ROOT / "deploy/policy.yaml")
    try:
        server = EditorServer(chosen.port, make_token(), load_page_files(ROOT))  # 1.
        preview_server = FramedServer(ROOT / "build/serve/none", policy)
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, OverflowError) as error:
        tell(NO_SERVER.fill(port=chosen.port, path="/", error=error))
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    preview_server.preview = preview = Preview()
    preview_server.parent = server.origin
    server.permit_frame(preview_server.url.rstrip("/"))
    server.actions = Actions("" if chosen.no_preview else preview_server.url)
    with preview_server, preview_server.serve(), server, server.serve():
        tell(OPEN.fill(url=server.url))  # 2.
        if not chosen.no_open:
            webbrowser.open(server.url)
        if chosen.no_preview:
            stop.wait()
        else:
            keep_building(preview_server, preview, stop, ROOT / "build/edit")  # 3.
    return 0


if __name__ == "__main__":
    sys.exit(main())
