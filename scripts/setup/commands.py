"""The commands: the module that each runs, and what that needs besides the Python packages."""

from collections.abc import Callable
from typing import NamedTuple

from scripts.setup.packages import install_npm_packages
from scripts.setup.programs import provide_browser, provide_other_engines, provide_web_server


class Command(NamedTuple):
    """A command of scripts/.

    Attributes:
        module: what it runs.
        preparations: what is called before, in this order.
    """

    module: str
    preparations: tuple[Callable[[], None], ...] = ()


COMMANDS = {
    "add-picture": Command("scripts.editing.add_picture"),
    "archive": Command("scripts.site.archive_site"),
    "audit": Command("scripts.measuring.audit_site", (install_npm_packages, provide_browser)),
    "audit-dependencies": Command("scripts.proving.audit_dependencies", (install_npm_packages,)),
    "bench": Command("scripts.measuring.bench", (install_npm_packages, provide_browser)),
    "build": Command("scripts.site.full_build", (install_npm_packages,)),
    "changes": Command("scripts.editing.changes_report"),
    "coverage": Command("scripts.editing.coverage_table"),
    "edit": Command("scripts.editor.edit", (install_npm_packages,)),
    "freshness": Command("scripts.editing.freshness_report"),
    "hosting": Command("scripts.site.hosting"),
    "ledger": Command("scripts.editing.ledger_update"),
    "new-authority": Command("scripts.editing.new_authority"),
    "new-site": Command("scripts.editing.new_site"),
    "prove": Command("scripts.proving.proofs", (install_npm_packages,)),
    "reconcile": Command("scripts.editing.reconcile_report"),
    "release": Command("scripts.releasing.release", (install_npm_packages,)),
    "schema": Command("scripts.editing.schema_update"),
    "search-compare": Command("scripts.measuring.search_comparison", (install_npm_packages, provide_browser)),
    "serve": Command("scripts.serving.live", (install_npm_packages,)),
    "sign": Command("scripts.releasing.signing"),
    "test": Command(
        "scripts.proving.all_tests",
        (install_npm_packages, provide_browser, provide_other_engines, provide_web_server),
    ),
    "verify-site": Command("scripts.releasing.verify_site"),
}
