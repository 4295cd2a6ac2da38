"""What a notification says.

Stored are the facts; the sentence is made when somebody reads it, in their language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ultra.jobs import public as jobs
from ultra.kit.errors import Language
from ultra.notifications import account_sentences
from ultra.notifications.kinds import Kind
from ultra.video import public as video

Facts = dict[str, Any]
CLIP = 120


@dataclass(frozen=True)
class Said:
    """A notification in one language. `href` is a path of the website without its language."""

    title: str
    body: str
    href: str


def say(kind: Kind, facts: Facts, language: Language) -> Said:
    return _SENTENCES[kind](facts, language)


def _video_ready(facts: Facts, language: Language) -> Said:
    name, href = _clip(facts["title"]), f"/videos/{facts['video_id']}"
    if language == "tr":
        return Said("Videonuz hazır", f"“{name}” izlenmeye ve indirilmeye hazır.", href)
    return Said("Your video is ready", f"“{name}” is ready to play and download.", href)


def _video_failed(facts: Facts, language: Language) -> Said:
    name, href = _clip(facts["title"]), f"/videos/{facts['video_id']}"
    reason = video.explain_failure(facts["code"], facts.get("reason", {}), language)
    title = "Video işlenemedi" if language == "tr" else "A video could not be processed"
    return Said(title, f"“{name}”: {reason}", href)


def _job_dead(facts: Facts, language: Language) -> Said:
    name, href = jobs.title_of(facts["name"], language), f"/jobs/{facts['job_id']}"
    if language == "tr":
        body = f"“{name}” denendi ve tamamlanamadı. Ayrıntılara bakıp yeniden başlatabilirsiniz."
        return Said("Bir arka plan işi durdu", body, href)
    body = f"“{name}” was tried and could not be finished. See the details to put it back."
    return Said("A background job was given up", body, href)


_WHY_DISABLED: dict[str, tuple[str, str]] = {
    "failing": (
        "üç gündür hiçbir ileti ulaştırılamadığı için kapatıldı.",
        "was switched off because no message got through for three days.",
    ),
    "gone": (
        "bu adreste artık bulunmadığını bildirdiği için kapatıldı.",
        "was switched off because its address answers that it is gone.",
    ),
}


def _webhook_disabled(facts: Facts, language: Language) -> Said:
    name, href = _clip(facts["name"]), f"/settings/webhooks/{facts['endpoint_id']}"
    turkish, english = _WHY_DISABLED[facts["reason"]]
    if language == "tr":
        return Said("Bir bağlantı kapatıldı", f"“{name}” {turkish}", href)
    return Said("A connection was switched off", f"“{name}” {english}", href)


def _connection_lost(facts: Facts, language: Language) -> Said:
    name, href = _clip(facts["login"]), "/settings/connections"
    if language == "tr":
        body = f"GitHub, “{name}” hesabı için verilen izni artık kabul etmiyor. Yeniden bağlayın."
        return Said("GitHub bağlantısı koptu", body, href)
    body = f"GitHub accepts the permission given for “{name}” no more. Connect it again."
    return Said("GitHub is disconnected", body, href)


def _account_security(facts: Facts, language: Language) -> Said:
    words = account_sentences.say(facts, language)
    return Said(words.title, words.text, "/settings/security")


def _installation_audit(facts: Facts, language: Language) -> Said:
    position, workspace_id = facts["position"], facts["workspace_id"]
    # An operator is no member of a workspace of others: of those the verifying job is to be seen.
    href = "/jobs/dead-letters?scope=all" if workspace_id else "/settings/audit?scope=all"
    if language == "tr":
        whose = f"{workspace_id} çalışma alanının" if workspace_id else "Sistemin"
        body = (
            f"{whose} denetim kaydı {position}. girdiden başlayarak yazıldığı gibi değil: bir "
            "girdi değiştirilmiş ya da silinmiş. Veritabanına kimlerin erişebildiğine bakın ve bir "
            "yedeğini saklayın."
        )
        return Said("Denetim kaydına dokunulmuş", body, href)
    whose = f"of workspace {workspace_id}" if workspace_id else "of the installation"
    body = (
        f"The audit log {whose} is not as it was written, from entry {position} on: one was "
        "changed or removed. Look who can reach the database, and keep a copy of it."
    )
    return Said("An audit log was tampered with", body, href)


def _note(facts: Facts, _language: Language) -> Said:
    return Said(facts["title"], facts["body"], facts.get("link") or "/notifications")


def _test(_facts: Facts, language: Language) -> Said:
    href = "/settings/notifications"
    if language == "tr":
        return Said("Deneme bildirimi", "Bu kanal çalışıyor. Bildirimleriniz buraya gelecek.", href)
    return Said("Test notification", "This channel works. Your notifications will come here.", href)


def _clip(text: str) -> str:
    return text if len(text) <= CLIP else text[: CLIP - 1] + "…"


_SENTENCES: dict[Kind, Callable[[Facts, Language], Said]] = {
    Kind.VIDEO_READY: _video_ready,
    Kind.VIDEO_FAILED: _video_failed,
    Kind.JOB_DEAD: _job_dead,
    Kind.WEBHOOK_DISABLED: _webhook_disabled,
    Kind.CONNECTION_LOST: _connection_lost,
    Kind.ACCOUNT_SECURITY: _account_security,
    Kind.INSTALLATION_AUDIT: _installation_audit,
    Kind.NOTE: _note,
    Kind.TEST: _test,
}
