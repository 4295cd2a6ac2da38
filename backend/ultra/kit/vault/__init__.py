"""The vault: secrets that somebody else gave or takes, encrypted where they lie in the database.

Each workspace has a data key, and each person for what is theirs alone. It lies beside the data,
wrapped by a key of the key ring, which does not. What is sealed opens in its own column and row,
and for its own workspace or person alone.

    TOKENS = SealedColumn(Connection, "sealed_tokens")      beside the model
    TOKENS.write(session, connection, SecretStr(…))         before the flush
    TOKENS.read(session, connection).get_secret_value()     only where the other side is called

A new key in the ring is used at once for what is written; a task seals the rest again, also what
lay sealed elsewhere before (`OldSeal`). Without its data keys a workspace's secrets are gone for
ever, from backups too: `shred`.
"""

from ultra.kit.vault.columns import OldSeal, SealedColumn, SecretLost
from ultra.kit.vault.data_keys import Owner, shred

__all__ = ["OldSeal", "Owner", "SealedColumn", "SecretLost", "shred"]
