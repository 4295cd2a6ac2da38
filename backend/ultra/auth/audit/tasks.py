"""Recurring work on the audit log."""

from datetime import timedelta

from ultra.auth.audit import service as audit
from ultra.kit.db import read_only, transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, Refused, current_lease, task

log = get_logger()


@task(
    "auth.verify_audit_log",
    queue=Queue.GENERAL,
    title={"tr": "Denetim kaydını doğrula", "en": "Verify the audit log"},
    every=timedelta(days=1),
    attempts=1,
)
def verify_audit_log() -> dict[str, int]:
    """Compute every chain anew. What is broken is said loudly, and never mended."""
    broken, entries = [], 0
    with read_only() as session:
        chains = audit.chain_ids(session)
    for number, chain in enumerate(chains):
        current_lease().check()
        current_lease().report(number / len(chains))
        with read_only() as session:
            verdict = audit.verify(session, chain)
        with transaction() as session:
            audit.tell_of_break(session, chain, verdict)
        entries += verdict.entries
        if not verdict.is_whole:
            broken.append(chain)
            log.error("audit.chain_broken", chain=str(chain), position=verdict.broken_at)
    if broken:
        # Among the dead letters, as long as it is so.
        raise Refused(", ".join(str(chain) for chain in broken), audit.CHAIN_BROKEN)
    return {"chains": len(chains), "entries": entries}


@task(
    "auth.forget_old_audit_entries",
    queue=Queue.GENERAL,
    title={"tr": "Süresi dolan denetim kayıtlarını sil", "en": "Remove old audit entries"},
    every=timedelta(days=1),
)
def forget_old_audit_entries() -> None:
    with read_only() as session:
        chains = audit.chain_ids(session)
    for chain in chains:
        with transaction() as session:
            removed = audit.forget_old(session, chain)
        if removed:
            log.info("audit.shortened", chain=str(chain), count=removed)
