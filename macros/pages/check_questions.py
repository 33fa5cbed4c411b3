"""What steps ask of a certificate's file, for the checker: the question, and the way on in the guide."""

from typing import Any

from macros.addressing.urls import build_relative_url, build_target_url
from macros.model.facts import SHARED, Facts, GuidePage
from macros.model.guides import Step


def build_fragment(ref: str, step_id: str) -> str:
    """Build the fragment by which a step opens the checker with its question: ``boj/renew/check-date``."""
    return f"{ref}/{step_id}"


def build_check_questions(facts: Facts, here: str, language: str) -> dict[str, Any]:
    """Return the question of every step that has one, by its fragment.

    Args:
        facts: all of them.
        here: address of the page that the addresses are relative to, from the site's root.
        language: ``ja`` or ``en``.
    """
    questions: dict[str, Any] = {}
    for guide_page in facts.pages:
        for step in guide_page.guide.steps:
            if step.check is not None:
                fragment = build_fragment(guide_page.ref, step.id)
                questions[fragment] = _describe_question(guide_page, step, here, language)
    return questions


def _describe_question(guide_page: GuidePage, step: Step, here: str, language: str) -> dict[str, Any]:
    following = find_next_step(guide_page, step)
    return {
        "check": step.check,
        "authority": None if guide_page.folder == SHARED else guide_page.folder,
        "guide": guide_page.guide.title.get(language),
        "step": _link_to_step(guide_page, step, here, language),
        "next": following and _link_to_step(guide_page, following, here, language),
    }


def find_next_step(guide_page: GuidePage, step: Step) -> Step | None:
    """Find the step to go on with: of a procedure, the following one for the same environment."""
    if guide_page.guide.kind != "procedure":
        return None
    steps = guide_page.guide.steps
    following = steps[steps.index(step) + 1 :]
    variants = (None, step.variant) if step.variant else (None, *(other.variant for other in following))
    return next((other for other in following if other.variant in variants), None)


def _link_to_step(guide_page: GuidePage, step: Step, here: str, language: str) -> dict[str, str]:
    address = build_target_url(f"{guide_page.ref}#{step.id}", language)
    return {"title": step.title.get(language), "url": build_relative_url(address, here)}
