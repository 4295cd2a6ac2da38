"""The mail of an invitation, in the look of sign-in's mails."""

import re
from uuid import UUID

from ultra.auth.invitations import tokens
from ultra.auth.invitations.service import Invited
from ultra.auth.letters import writing
from ultra.kit import mail
from ultra.kit.errors import Language
from ultra.kit.roles import Role

ROLES: dict[Role, dict[Language, str]] = {
    Role.OWNER: {"tr": "sahip", "en": "owner"},
    Role.ADMIN: {"tr": "yönetici", "en": "admin"},
    Role.EDITOR: {"tr": "editör", "en": "editor"},
    Role.PUBLISHER: {"tr": "yayıncı", "en": "publisher"},
    Role.ANALYST: {"tr": "analist", "en": "analyst"},
    Role.VIEWER: {"tr": "izleyici", "en": "viewer"},
}
SUBJECT: dict[Language, str] = {
    "tr": "{inviter} sizi “{workspace}” çalışma alanına davet ediyor",
    "en": "{inviter} invites you to the workspace “{workspace}”",
}
LEAD: dict[Language, str] = {
    "tr": (
        "{inviter} ({email}) sizi Ultrarslanoğlu Core’daki “{workspace}” çalışma alanına {role} "
        "rolüyle davet etti."
    ),
    "en": (
        "{inviter} ({email}) has invited you to the workspace “{workspace}” on Ultrarslanoğlu "
        "Core, with the role {role}."
    ),
}
BUTTON: dict[Language, str] = {"tr": "Daveti gör", "en": "See the invitation"}
NOTE: dict[Language, str] = {
    "tr": (
        "Bağlantı 7 gün geçerlidir ve bir kez kullanılabilir. Bu kişiyi tanımıyorsanız e-postayı "
        "silebilirsiniz; siz kabul etmedikçe hiçbir şey olmaz."
    ),
    "en": (
        "The link works for 7 days and once. If you do not know this person, delete this e-mail; "
        "nothing happens unless you accept."
    ),
}
SECOND_FACTOR: dict[Language, str] = {
    "tr": (
        " Bu çalışma alanı ikinci bir doğrulama adımı istiyor: girdikten sonra bir doğrulama "
        "uygulaması veya geçiş anahtarı eklersiniz."
    ),
    "en": (
        " This workspace asks for a second factor: once you are in, you add an authenticator app "
        "or a passkey."
    ),
}
GREETING: dict[Language, str] = {"tr": "Merhaba,", "en": "Hello,"}
REASON: dict[Language, str] = {
    "tr": "Bu e-postayı, adresinize bir davet gönderildiği için aldınız.",
    "en": "You get this e-mail because somebody sent an invitation to your address.",
}
LONGEST_NAME = 60
_JOINTS = re.compile(r"([.:/@\\]+)(?=[^\s.:/@\\])")


def write(invited: Invited, letter_id: UUID) -> mail.Letter:
    """The letter; strangers can choose the names in it, so they are short and lead nowhere."""
    invitation = invited.invitation
    language: Language = invitation.locale.value
    facts = {
        "inviter": _tame(invited.inviter.name),
        "email": invited.inviter.email,
        "workspace": _tame(invited.workspace.name),
        "role": ROLES[invitation.role][language],
    }
    lead = LEAD[language].format(**facts)
    if invited.workspace.requires_second_factor:
        lead += SECOND_FACTOR[language]
    return writing.render(
        letter_id=letter_id,
        to=invitation.email,
        language=language,
        subject=SUBJECT[language].format(**facts),
        greeting=GREETING[language],
        lead=lead,
        button=BUTTON[language],
        url=writing.page(f"/invitations/{tokens.write(invitation.id)}", language),
        note=NOTE[language],
        reason=REASON[language],
    )


def _tame(name: str) -> str:
    """Short, and apart where mail programs would make a link of it: `evil.example`, `a://b`."""
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return _JOINTS.sub(r"\1 ", short)
