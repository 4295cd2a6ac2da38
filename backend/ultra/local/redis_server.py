"""The embedded Redis: every write in an append-only file, nothing evicted, one private socket."""

import redis

from ultra.local import binaries
from ultra.local.processes import Process, Unhealthy
from ultra.settings import Settings


def process(settings: Settings) -> Process:
    folder = settings.home / "redis"

    def check() -> None:
        client = redis.Redis.from_url(settings.redis_address, socket_timeout=5)
        try:
            # Answers "loading" as an error while the append-only file is read.
            client.ping()
        except redis.RedisError as error:
            raise Unhealthy(str(error)) from error
        finally:
            client.close()

    options = {
        # No TCP at all: the socket lies in a private folder.
        "port": "0",
        "unixsocket": str(settings.run_dir / "redis.sock"),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        # The broker's messages and sessions must not be thrown out when memory is short.
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Process(
        name="redis",
        command=(binaries.redis_server(), *arguments),
        grace_seconds=30,
        before=lambda: folder.mkdir(mode=0o700, exist_ok=True),
        check=check,
    )
