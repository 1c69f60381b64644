"""A refusal by HTTP that is no rule of the domain, with its sentence in both languages."""

from starlette.exceptions import HTTPException


class SpokenFault(HTTPException):
    """`errors.install` answers with the sentence in the reader's language."""

    def __init__(self, status: int, *, en: str, vi: str) -> None:
        super().__init__(status, en)
        self.sentences = {"en": en, "vi": vi}
