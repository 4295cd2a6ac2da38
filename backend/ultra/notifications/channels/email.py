"""E-mail to a person: one notification in full. `deliveries.digests` puts digests together."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import mail
from ultra.notifications.channels.protocol import Order, Outcome, Unsendable, Verdict
from ultra.notifications.letters import writing
from ultra.notifications.letters.writing import Item, Reader
from ultra.notifications.preferences import service as preferences


@dataclass(frozen=True)
class EmailParcel:
    letter: mail.Letter = field(repr=False)

    def send(self) -> Outcome:
        try:
            mail.send(self.letter)
        except mail.MailRefused as error:
            return Outcome(Verdict.REFUSED, "mail_refused", excerpt=str(error)[:500])
        except mail.MailDelayed as error:
            return Outcome(Verdict.LATER, "mail_delayed", excerpt=str(error)[:500])
        return Outcome(Verdict.DELIVERED)


class Email:
    knows_copies = True
    """By Message-ID."""

    def pack(self, session: Session, order: Order) -> EmailParcel:
        item = Item(order.kind, order.facts, order.at, order.workspace_id)
        written = writing.write_notification(reader_of(session, order.target), item)
        return envelope(session, order.target, order.message_id, written)


def reader_of(session: Session, user_id: UUID) -> Reader:
    """Raises NotFound."""
    person = auth.get_person(session, user_id)
    zone = preferences.get(session, user_id).zone
    return Reader(person.id, person.name, person.locale, zone)


def envelope(
    session: Session, user_id: UUID, message_id: UUID, written: writing.Written
) -> EmailParcel:
    """Raises Unsendable where nobody has set up a mail server."""
    if not mail.is_available():
        raise Unsendable("mail_off")
    person = auth.get_person(session, user_id)
    letter = mail.Letter(
        id=message_id.hex,
        to=person.email,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=person.locale,
        unsubscribe_url=written.unsubscribe_url,
    )
    return EmailParcel(letter)
