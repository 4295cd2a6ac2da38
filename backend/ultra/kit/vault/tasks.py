"""Recurring work of the vault."""

from datetime import timedelta

from ultra.kit.tasks import Queue, task
from ultra.kit.vault import rotation


@task(
    "vault.seal_again",
    queue=Queue.GENERAL,
    every=timedelta(hours=1),
    title={
        "tr": "Saklı anahtarları güncel anahtarla yeniden şifrele",
        "en": "Encrypt stored tokens again with the current key",
    },
)
def seal_again() -> dict[str, int]:
    return rotation.seal_all_again()
