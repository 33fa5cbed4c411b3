"""The exception with which a rule of the model refuses a value."""


class ConstraintError(ValueError):
    """A value breaks a constraint of the model. pydantic collects it: it asks for a ValueError.

    Attributes:
        code: of the message about it, in ``macros/strings/errors.yaml``.
        values: what fills the message's placeholders.
    """

    def __init__(self, code: str, **values: object) -> None:
        """Keep the message's code and its values: the words are no part of the model."""
        self.code = code
        self.values = values
        super().__init__(code)
