"""What can go wrong with a link from a mail."""

from ultra.kit.errors import Conflict


class LinkNotValid(Conflict):
    """Used, expired, overtaken by a later change, or never made: nobody is told which."""

    title = "Link not valid"
    tr = "Bu bağlantı artık geçerli değil. Yeni bir bağlantı isteyin."
    en = "This link is not valid any more. Please ask for a new one."
