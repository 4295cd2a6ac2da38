"""The vault: tokens of other people's systems, encrypted where they lie in the database.

Each workspace has a data key, which lies beside the data, wrapped by a key of the key ring, which
does not. What is sealed opens in its own column, row and workspace alone.

    TOKENS = SealedColumn(Connection, "sealed_tokens")      beside the model
    TOKENS.write(session, connection, SecretStr(…))         before the flush
    TOKENS.read(session, connection).get_secret_value()     only where the other side is called

A new key in the ring is used at once for what is written; a task seals the rest again. Without its
data keys a workspace's secrets are gone for ever, from backups too: `shred`.
"""

from ultra.kit.vault.columns import SealedColumn, SecretLost
from ultra.kit.vault.data_keys import shred

__all__ = ["SealedColumn", "SecretLost", "shred"]
