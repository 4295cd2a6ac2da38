"""Where the pages of the website are."""

from ultra.kit.errors import Language
from ultra.settings import settings


def page(path: str, language: Language) -> str:
    """The whole address of a page; Turkish stands at the root, English under /en.

    Made of the settings alone: a forged Host header must not lead a link astray.
    """
    return f"{settings.website_url}{'' if language == 'tr' else '/en'}{path}"
