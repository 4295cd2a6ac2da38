"""Every text of the sandbox's pages, in Turkish and English."""

from ultra.kit.errors import Language

TEXTS: dict[str, dict[Language, str]] = {
    "sandbox": {"tr": "Deneme alanı", "en": "Sandbox"},
    "other_language": {"tr": "English", "en": "Türkçe"},
    "home_title": {
        "tr": "Hesap açmadan her kanalı deneyin",
        "en": "Try every channel without an account",
    },
    "home_lead": {
        "tr": "Burası yalnızca bu bilgisayarda çalışır ve dış dünyanın yerini tutar: giden "
        "e-postaları gösterir, webhook, Slack ve Discord iletilerini yakalar, anlık bildirim alır.",
        "en": "This runs on this computer only and stands in for the outside world: it shows "
        "outgoing e-mail, catches webhooks and Slack and Discord messages, and receives push "
        "notifications.",
    },
    "mailbox": {"tr": "Posta kutusu", "en": "Mailbox"},
    "mailbox_lead": {
        "tr": "Bir posta sunucusu ayarlanmadıkça gönderilen e-postaların tümü buraya düşer.",
        "en": "Until a mail server is set up, every e-mail that is sent lands here.",
    },
    "catcher": {"tr": "Yakalayıcı", "en": "Catcher"},
    "catcher_lead": {
        "tr": "Adreslerden birini ürüne verin; gelen her istek başlıkları, gövdesi ve imzasıyla "
        "burada görünür. Kutu adını siz seçersiniz, ilk istekle kendiliğinden açılır.",
        "en": "Give the product one of these addresses; every request shows up here with its "
        "headers, body and signature. You choose the bin's name; it opens with the first request.",
    },
    "push": {"tr": "Anlık bildirim", "en": "Push"},
    "push_lead": {
        "tr": "Tarayıcıların bildirim hizmeti gibi davranır: gönderenin imzasını denetler, şifreli "
        "iletiyi saklar, kendi açtığı aygıtlarınkini çözüp gösterir.",
        "en": "Acts like a browser's push service: checks the sender's signature, keeps the "
        "encrypted message, and opens those for devices that it made itself.",
    },
    "copy": {"tr": "Kopyala", "en": "Copy"},
    "copied": {"tr": "Kopyalandı", "en": "Copied"},
    "for_programs": {"tr": "Programlar için JSON", "en": "JSON for programs"},
    "effects": {"tr": "Etki sayacı", "en": "Effects counter"},
    "effects_lead": {
        "tr": "Dayanıklılık sınamaları, bir işin etkisi iki kez gerçekleşti mi diye buraya bakar.",
        "en": "The chaos tests look here for a job whose effect happened twice.",
    },
    "no_mails": {"tr": "Henüz e-posta yok", "en": "No e-mail yet"},
    "no_mails_hint": {
        "tr": "Ürün bir e-posta gönderdiğinde bu sayfa kendiliğinden yenilenir.",
        "en": "This page refreshes by itself when the product sends an e-mail.",
    },
    "no_subject": {"tr": "(konusuz)", "en": "(no subject)"},
    "delete_mails": {"tr": "Tümünü sil", "en": "Delete all"},
    "from": {"tr": "Kimden", "en": "From"},
    "to": {"tr": "Kime", "en": "To"},
    "date": {"tr": "Tarih", "en": "Date"},
    "view_html": {"tr": "Görünüm", "en": "As shown"},
    "view_text": {"tr": "Düz metin", "en": "Text"},
    "view_source": {"tr": "Kaynak", "en": "Source"},
    "download": {"tr": ".eml olarak indir", "en": "Download as .eml"},
    "back_to_mails": {"tr": "Tüm e-postalar", "en": "All e-mail"},
    "mail_frame": {"tr": "E-postanın kendisi", "en": "The e-mail itself"},
    "empty_part": {
        "tr": "E-postanın bu bölümü boş.",
        "en": "This part of the e-mail is empty.",
    },
    "bins": {"tr": "Kutular", "en": "Bins"},
    "bin_name": {"tr": "Kutu adı", "en": "Name of the bin"},
    "open_bin": {"tr": "Kutuyu aç", "en": "Open bin"},
    "no_bins": {"tr": "Henüz kutu yok", "en": "No bins yet"},
    "no_bins_hint": {
        "tr": "Yukarıya bir ad yazın ya da ilk isteği gönderin.",
        "en": "Type a name above, or send the first request.",
    },
    "requests_count": {"tr": "{count} istek", "en": "Requests: {count}"},
    "all_bins": {"tr": "Tüm kutular", "en": "All bins"},
    "addresses": {"tr": "Bu kutunun adresleri", "en": "Addresses of this bin"},
    "secret": {"tr": "İmza anahtarı", "en": "Signing secret"},
    "secret_hint": {
        "tr": "Ürünün bir kez gösterdiği whsec_… anahtarını yapıştırın; her isteğin imzası "
        "denetlenir.",
        "en": "Paste the whsec_… secret that the product showed once; every request is checked.",
    },
    "save": {"tr": "Kaydet", "en": "Save"},
    "behaviour": {"tr": "Yanıt davranışı", "en": "How it answers"},
    "behaviour_hint": {
        "tr": "Boş bırakılan alan olağan davranış demektir.",
        "en": "A field left empty means the usual behaviour.",
    },
    "status": {"tr": "Durum kodu", "en": "Status code"},
    "delay_seconds": {"tr": "Gecikme (saniye)", "en": "Delay (seconds)"},
    "retry_after": {"tr": "Retry-After (saniye)", "en": "Retry-After (seconds)"},
    "count": {"tr": "Kaç istek için", "en": "For how many requests"},
    "reset": {"tr": "Bağlantıyı kopar", "en": "Break the connection"},
    "empty_bin": {"tr": "İstekleri sil", "en": "Delete requests"},
    "no_requests": {"tr": "Henüz istek yok", "en": "No requests yet"},
    "no_requests_hint": {
        "tr": "Yukarıdaki adreslerden birine istek gelince burada görünür.",
        "en": "Requests to one of the addresses above show up here.",
    },
    "latest_of": {
        "tr": "{count} isteğin en yenileri",
        "en": "The latest of {count} requests",
    },
    "headers": {"tr": "Başlıklar", "en": "Headers"},
    "body": {"tr": "Gövde", "en": "Body"},
    "empty_body": {"tr": "Gövde boş.", "en": "The body is empty."},
    "binary_body": {
        "tr": "Metin olmayan {count} bayt.",
        "en": "{count} bytes that are no text.",
    },
    "signature_valid": {"tr": "imza doğru", "en": "signature valid"},
    "signature_headers_missing": {"tr": "imzasız", "en": "not signed"},
    "signature_headers_malformed": {"tr": "imza bozuk", "en": "signature malformed"},
    "signature_too_old": {"tr": "imza çok eski", "en": "signature too old"},
    "signature_too_new": {"tr": "imza gelecekten", "en": "signature from the future"},
    "signature_no_match": {"tr": "imza yanlış", "en": "signature wrong"},
    "broken": {"tr": "koparıldı", "en": "broken off"},
    "devices": {"tr": "Aygıtlar", "en": "Devices"},
    "all_devices": {"tr": "Tüm aygıtlar", "en": "All devices"},
    "no_devices": {"tr": "Henüz aygıt yok", "en": "No devices yet"},
    "no_devices_hint": {
        "tr": "POST {address}/push bir aygıt açar; yanıtındaki adres ve anahtarlar ürüne abonelik "
        "olarak verilir.",
        "en": "POST {address}/push makes a device; the address and keys of its answer are given to "
        "the product as a subscription.",
    },
    "messages_count": {"tr": "{count} ileti", "en": "Messages: {count}"},
    "no_messages": {"tr": "Bu aygıta henüz ileti gelmedi", "en": "No messages for this device yet"},
    "no_messages_hint": {
        "tr": "İleti gelince bu sayfa kendiliğinden yenilenir.",
        "en": "This page refreshes by itself when one arrives.",
    },
    "sealed": {
        "tr": "Şifreli, {count} bayt: anahtar bu alanda değil.",
        "en": "Encrypted, {count} bytes: the key is not here.",
    },
    "taken": {"tr": "alındı", "en": "taken"},
    "consent_title": {"tr": "{provider} ile giriş", "en": "Sign in with {provider}"},
    "consent_lead": {
        "tr": "Gerçek {provider} değil, bu bilgisayardaki deneme alanı. Ürüne hangi kişi olarak "
        "girmek istediğinizi seçin.",
        "en": "Not the real {provider} but the sandbox on this computer. Choose the person as whom "
        "you want to enter the product.",
    },
    "consent_people": {"tr": "Kişiler", "en": "People"},
    "consent_scopes": {
        "tr": "{client} şunları görmek istiyor:",
        "en": "{client} wants to see:",
    },
    "unverified": {"tr": "doğrulanmamış", "en": "unverified"},
    "somebody_else": {"tr": "Başka biri olarak gir", "en": "Enter as somebody else"},
    "name": {"tr": "Ad", "en": "Name"},
    "email": {"tr": "E-posta", "en": "E-mail"},
    "email_is_verified": {
        "tr": "{provider} bu adresi doğrulamış",
        "en": "{provider} has verified this address",
    },
    "go_on": {"tr": "Devam et", "en": "Continue"},
    "cancel": {"tr": "Vazgeç", "en": "Cancel"},
    "sign_in": {"tr": "Google ve GitHub", "en": "Google and GitHub"},
    "sign_in_lead": {
        "tr": "Ürünün giriş sayfasındaki düğmeler buraya gelir: bir kişi seçer ya da yenisini "
        "yazarsınız. Ürüne kendi anahtarlarınızı verirseniz gerçekleri devreye girer.",
        "en": "The buttons on the product's sign-in page lead here: you choose a person or type a "
        "new one. Give the product keys of your own and the real ones take over.",
    },
    "github_grant": {"tr": "GitHub erişim izni", "en": "Access to GitHub"},
    "github_grant_lead": {
        "tr": "Ultrarslanoğlu Core, {login} hesabının depolarını okumak istiyor. Gerçek GitHub da "
        "böyle bir sayfada sorar; bu sayfa onun yerini tutuyor.",
        "en": "Ultrarslanoğlu Core would like to read the repositories of {login}. The real GitHub "
        "asks on a page like this; this one stands in for it.",
    },
    "github_right_metadata": {
        "tr": "Depoların adı, açıklaması ve yıldızları",
        "en": "Names, descriptions and stars of repositories",
    },
    "github_right_contents": {
        "tr": "Sürümler ve haftalık etkinlik",
        "en": "Releases and weekly activity",
    },
    "github_right_issues": {"tr": "Açık kayıtların sayısı", "en": "How many issues are open"},
    "github_right_pulls": {
        "tr": "Açık birleştirme isteklerinin sayısı",
        "en": "How many pull requests are open",
    },
    "github_grant_yes": {"tr": "İzin ver", "en": "Grant access"},
    "github_grant_no": {"tr": "Vazgeç", "en": "Cancel"},
}
