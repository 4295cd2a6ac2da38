"""Recurring work of the vault."""

from collections import Counter
from datetime import timedelta

from ultra.kit.db import transaction
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
    done: Counter[str] = Counter()
    for column in rotation.columns():
        after = None
        while True:
            with transaction() as session:
                after, of_batch = rotation.seal_batch_again(session, column, after)
            done += of_batch
            if after is None:
                break
    return {"sealed": done["sealed"], "unreadable": done["unreadable"]}
