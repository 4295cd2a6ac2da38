"""How a job hands a mail to the mail server."""

from datetime import timedelta
from typing import Final

from ultra.kit import mail
from ultra.kit.tasks import Refused, Retryable

PAUSES: Final = [timedelta(seconds=each) for each in (5, 15, 60, 120, 300, 600, 900, 1800)]


def send(letter: mail.Letter) -> None:
    """Raises Refused when it will never be taken, Retryable when not now."""
    try:
        mail.send(letter)
    except mail.MailRefused as error:
        raise Refused(str(error), "mail_refused") from error
    except mail.MailDelayed as error:
        if not mail.is_available():
            raise Refused(str(error), "mail_off") from error
        raise Retryable(str(error)) from error
