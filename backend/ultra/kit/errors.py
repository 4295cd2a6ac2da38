"""Errors that a caller may see.

    AppError
        Invalid          422  malformed input
        NotSignedIn      401
        Forbidden        403
        NotFound         404
        Conflict         409
        TooLarge         413
        TooMany          429
        Unavailable      503

Nouns subclass these, name the fact and give its sentence in both languages; the facts passed to the
constructor fill the sentence. Answers follow RFC 9457 (application/problem+json).
"""

import re
from typing import Any, ClassVar, Literal

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


def choose_language(accept_language: str | None) -> Language:
    """Ours that an Accept-Language header wants most; Turkish when it wants none of them."""
    best: tuple[float, Language] = (0.0, "tr")
    for part in (accept_language or "").split(","):
        name, _, quality = part.lower().partition(";q=")
        for language in LANGUAGES:
            if name.strip().split("-")[0] == language:
                # Of equals the first one wins.
                best = max(best, (_read_quality(quality), language), key=lambda each: each[0])
    return best[1]


def _read_quality(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


class AppError(Exception):
    """A refusal with a status, a stable code and a sentence; `facts` fill the sentence's gaps."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    tr: ClassVar[str] = "Beklenmeyen bir hata oluştu. Lütfen yeniden deneyin."
    en: ClassVar[str] = "Something unexpected went wrong. Please try again."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.detail("en"))

    @property
    def code(self) -> str:
        """The class name in snake case: VideoNotCancellable is `video_not_cancellable`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def detail(self, language: Language) -> str:
        return (self.tr if language == "tr" else self.en).format(**self.facts)

    @property
    def headers(self) -> dict[str, str]:
        return {}


class Invalid(AppError):
    status = 422
    title = "Invalid input"
    tr = "Gönderilen bilgiler geçerli değil."
    en = "The input is not valid."


class NotSignedIn(AppError):
    status = 401
    title = "Not signed in"
    tr = "Bu işlem için giriş yapmalısınız."
    en = "Please sign in to do this."


class Forbidden(AppError):
    status = 403
    title = "Forbidden"
    tr = "Bu işlem için yetkiniz yok."
    en = "You are not allowed to do this."


class NotFound(AppError):
    status = 404
    title = "Not found"
    tr = "Aradığınız şey bulunamadı."
    en = "There is nothing here."


class Conflict(AppError):
    status = 409
    title = "Conflict"
    tr = "Bu işlem şu anki durumda yapılamıyor."
    en = "This cannot be done in the present state."


class TooLarge(AppError):
    status = 413
    title = "Too large"
    tr = "Gönderilen veri çok büyük."
    en = "The data sent is too large."


class TooMany(AppError):
    status = 429
    title = "Too many requests"
    tr = "Çok fazla istek gönderdiniz. {seconds} saniye sonra yeniden deneyin."
    en = "Too many requests. Try again in {seconds} seconds."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.facts["seconds"])}


class Unavailable(AppError):
    status = 503
    title = "Unavailable"
    tr = "Hizmet şu anda yanıt veremiyor. Birazdan yeniden deneyin."
    en = "The service cannot answer right now. Please try again shortly."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "2"}
