"""What a person reads in the log when a delivery did not succeed."""

from ultra.kit.errors import Language

ERRORS: dict[str, tuple[str, str]] = {
    "address_refused": (
        "Adres artık herkese açık bir adrese çıkmıyor; güvenlik nedeniyle istek gönderilmedi.",
        "The address no longer leads to a public address; nothing was sent, for safety.",
    ),
    "unreachable": (
        "Sunucuya bağlanılamadı: ad bulunamadı, bağlantı ya da sertifika kabul edilmedi.",
        "The server could not be reached: its name, its connection or its certificate failed.",
    ),
    "no_answer": (
        "İstek gönderildi ama süresinde yanıt gelmedi.",
        "The request was sent, but no answer came in time.",
    ),
    "outcome_unknown": (
        "Yanıt alınamadı; ileti ulaşmış olabilir. İki kez görünmesin diye yeniden gönderilmedi.",
        "No answer came; the message may have arrived. It was not sent again, lest it show twice.",
    ),
    "interrupted": (
        "Gönderim yarıda kesildi.",
        "The attempt was cut off.",
    ),
    "throttled": (
        "Sunucu, daha yavaş gönderilmesini istedi.",
        "The server asked for fewer messages.",
    ),
    "bad_status": (
        "Sunucu başarı bildirmeyen bir yanıt verdi.",
        "The server’s answer was not one of success.",
    ),
    "refused": (
        "Sunucu bu iletiyi kabul etmedi.",
        "The server refused this message.",
    ),
    "gone": (
        "Sunucu, bu adresin artık kullanılmadığını bildirdi.",
        "The server says that this address is gone.",
    ),
    "target_removed": (
        "Gönderilecek yer bu arada kaldırıldı.",
        "Where it was to go has been removed meanwhile.",
    ),
    "endpoint_disabled": (
        "Bağlantı kapalıydı.",
        "The connection was switched off.",
    ),
    "workspace_rests": (
        "Çalışma alanı bu sırada kapalıydı; dışarıya hiçbir şey gönderilmedi.",
        "The workspace was closed meanwhile; nothing was sent out of it.",
    ),
    "session_ended": (
        "Bu cihazdaki oturum kapatılmış. Orada yeniden giriş yapınca bildirimler sürer.",
        "The session on this device has ended. Once you sign in there, messages go on.",
    ),
    "secret_lost": (
        "Kurulumun gizli anahtarı değişti; adres yeniden girilmeli.",
        "The installation’s secret has changed; the address has to be entered again.",
    ),
    "mail_off": (
        "Bu kurulumda e-posta sunucusu tanımlı değil.",
        "No mail server is set up in this installation.",
    ),
    "mail_refused": (
        "E-posta sunucusu bu iletiyi kabul etmedi.",
        "The mail server refused this mail.",
    ),
    "mail_delayed": (
        "E-posta sunucusu şu anda iletiyi almadı.",
        "The mail server did not take the mail for now.",
    ),
    "too_long": (
        "Metin, bir anlık bildirime sığmayacak kadar uzun.",
        "The text is too long for a push message.",
    ),
    "unwanted": (
        "Alıcı bu tür bildirimleri bu arada kapattı ya da sildi.",
        "The person switched this kind off, or deleted the notification, meanwhile.",
    ),
    "not_allowed": (
        "Alıcı bu haberi artık göremez: erişimi sona ermiş ya da hesabı kapatılmış.",
        "The person may not see this any more: their access or their account has ended.",
    ),
    "given_up": (
        "Tamamlanmadan bırakıldı.",
        "It was given up before it was done.",
    ),
}


def tell(code: str, language: Language) -> str:
    turkish, english = ERRORS.get(code, ERRORS["given_up"])
    return turkish if language == "tr" else english
