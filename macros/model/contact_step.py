"""A contact as a step of a page, so that links can lead to it."""

from macros.model.authority import Contact
from macros.model.guides import Step


class ContactStep(Step):
    """A step that shows a contact. Its ``do`` holds only the name: the labels of the rest are no facts."""

    contact: Contact
