"""What people can be told, and the ways to tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ultra.kit.errors import Language


class Kind(StrEnum):
    VIDEO_READY = "video.ready"
    VIDEO_FAILED = "video.failed"
    JOB_DEAD = "job.dead"
    WEBHOOK_DISABLED = "webhook.disabled"
    CONNECTION_LOST = "connection.lost"
    ACCOUNT_SECURITY = "account.security"
    INSTALLATION_AUDIT = "installation.audit"
    NOTE = "note"
    TEST = "test"


class ChannelName(StrEnum):
    """Ways out; those of a person and those of a workspace."""

    IN_APP = "in_app"
    PUSH = "push"
    EMAIL = "email"
    WEBHOOK = "webhook"
    SLACK = "slack"
    DISCORD = "discord"


@dataclass(frozen=True)
class KindFacts:
    """How a kind presents itself, and where it goes for somebody who never chose."""

    title: Mapping[Language, str]
    description: Mapping[Language, str]
    is_urgent: bool = False
    """Urgent ones are not kept for a digest; quiet hours hold them back like all others."""
    push: bool = True
    email: bool = True
    fixed: tuple[ChannelName, ...] = ()
    """Channels of a person that they cannot switch, because the product owes it to them to tell, or
    tells them in another way."""
    for_endpoints: bool = True
    """Whether a workspace's webhooks and chats may be told."""
    for_operators: bool = False
    """Whether nobody else hears of it."""

    def default(self, channel: ChannelName) -> bool:
        """Whether it takes this channel for somebody who never chose."""
        return {ChannelName.PUSH: self.push, ChannelName.EMAIL: self.email}.get(channel, True)


KINDS: dict[Kind, KindFacts] = {
    Kind.VIDEO_READY: KindFacts(
        title={"tr": "Video hazır", "en": "Video ready"},
        description={
            "tr": "Bir videonuz işlendi; izlenebilir ve indirilebilir.",
            "en": "One of your videos has been processed and can be played and downloaded.",
        },
    ),
    Kind.VIDEO_FAILED: KindFacts(
        title={"tr": "Video işlenemedi", "en": "Video failed"},
        description={
            "tr": "Bir video kabul edilmedi ya da işlenirken bir sorun çıktı.",
            "en": "A video was refused or something went wrong while it was processed.",
        },
        is_urgent=True,
    ),
    Kind.JOB_DEAD: KindFacts(
        title={"tr": "İş durdu", "en": "Job given up"},
        description={
            "tr": "Arka plandaki bir iş denendi ve tamamlanamadı; ilgilenmeniz gerekiyor.",
            "en": "A background job was tried and could not be finished; it needs your attention.",
        },
        is_urgent=True,
    ),
    Kind.WEBHOOK_DISABLED: KindFacts(
        title={"tr": "Bağlantı kapatıldı", "en": "Connection switched off"},
        description={
            "tr": "Bir webhook, Slack ya da Discord bağlantısı çalışmadığı için kapatıldı.",
            "en": "A webhook, Slack or Discord connection was switched off because it fails.",
        },
        is_urgent=True,
    ),
    Kind.CONNECTION_LOST: KindFacts(
        title={"tr": "Hesap bağlantısı koptu", "en": "Account disconnected"},
        description={
            "tr": "GitHub gibi bağlı bir hesap artık bize izin vermiyor; yeniden bağlanmalısınız.",
            "en": "A connected account such as GitHub lets us in no more; connect it again.",
        },
        is_urgent=True,
    ),
    Kind.ACCOUNT_SECURITY: KindFacts(
        title={"tr": "Hesap güvenliği", "en": "Account security"},
        description={
            "tr": "Parolanız, giriş yollarınız, cihazlarınız ya da anahtarlarınız değişti. "
            "E-postaları ayrıca gönderilir ve kapatılamaz.",
            "en": "Your password, ways to sign in, devices or keys have changed. Their e-mails are "
            "sent separately and cannot be switched off.",
        },
        is_urgent=True,
        email=False,
        fixed=(ChannelName.IN_APP, ChannelName.EMAIL),
        for_endpoints=False,
    ),
    Kind.INSTALLATION_AUDIT: KindFacts(
        title={"tr": "Denetim kaydı", "en": "Audit log"},
        description={
            "tr": "Bir denetim kaydının sonradan değiştirildiği anlaşıldı. Yalnızca sistem "
            "yöneticilerine bildirilir.",
            "en": "An audit log was found to have been changed afterwards. Only "
            "operators are told.",
        },
        is_urgent=True,
        fixed=(ChannelName.IN_APP,),
        for_endpoints=False,
        for_operators=True,
    ),
    Kind.NOTE: KindFacts(
        title={"tr": "Not", "en": "Note"},
        description={
            "tr": "Bir zamanlamanın ya da gelen bir webhook’un size bıraktığı not.",
            "en": "A note left for you by a schedule or an incoming webhook.",
        },
        email=False,
    ),
    Kind.TEST: KindFacts(
        title={"tr": "Deneme", "en": "Test"},
        description={
            "tr": "Bir kanalın çalıştığını görmek için gönderdiğiniz deneme.",
            "en": "A test that you sent to see that a channel works.",
        },
    ),
}

CHOOSABLE: tuple[Kind, ...] = tuple(kind for kind in Kind if kind is not Kind.TEST)
"""Kinds that people choose from; a test goes exactly where it is sent."""

FOR_ENDPOINTS: tuple[Kind, ...] = tuple(kind for kind in CHOOSABLE if KINDS[kind].for_endpoints)
"""Kinds that endpoints choose from."""
