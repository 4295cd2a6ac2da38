"""The table of everything that `./ultra up` runs, in the order in which it depends."""

from ultra.local import binaries, ports, postgres, redis_server, website
from ultra.local.processes import Process
from ultra.settings import Settings

MIGRATE = ("-m", "ultra.kit.migrate")
GATEWAY = ("-m", "ultra.gateway")
DISPATCHER = ("-m", "ultra.worker", "dispatch")
WORKER_VIDEO = ("-m", "ultra.worker", "run", "video")
WORKER_GENERAL = ("-m", "ultra.worker", "run", "api", "analytics", "general")
SANDBOX = ("-m", "ultra.sandbox")


def table(settings: Settings) -> list[Process]:
    stores = []
    if settings.database_url is None:
        stores.append(postgres.process(settings))
    if settings.redis_url is None:
        stores.append(redis_server.process(settings))
    needed = tuple(store.name for store in stores)
    prepared = (*needed, "migrate")
    return [
        *stores,
        Process("migrate", _python(MIGRATE), after=needed, runs_once=True, start_seconds=600),
        Process(
            "gateway",
            _python(GATEWAY),
            after=prepared,
            grace_seconds=15,
            before=lambda: ports.must_be_free(settings.gateway_port, "ULTRA_GATEWAY_PORT"),
            check=lambda: ports.answers(f"http://127.0.0.1:{settings.gateway_port}/readyz"),
        ),
        Process(
            "dispatcher", _python(DISPATCHER), after=prepared, grace_seconds=15, settle_seconds=3
        ),
        # A worker hands its unfinished job back when it is asked to end; rendering is not awaited.
        Process(
            "worker-video",
            _python(WORKER_VIDEO),
            after=prepared,
            grace_seconds=20,
            settle_seconds=3,
        ),
        Process(
            "worker-general",
            _python(WORKER_GENERAL),
            after=prepared,
            grace_seconds=20,
            settle_seconds=3,
        ),
        website.process(settings),
        *([] if settings.is_production else [_sandbox(settings)]),
    ]


def _sandbox(settings: Settings) -> Process:
    """Other people's systems, played on this machine; needs none of ours."""
    return Process(
        "sandbox",
        _python(SANDBOX),
        before=lambda: ports.must_be_free(settings.sandbox_port, "ULTRA_SANDBOX_PORT"),
        check=lambda: ports.answers(f"http://127.0.0.1:{settings.sandbox_port}/readyz"),
    )


def _python(arguments: tuple[str, ...]) -> tuple[str, ...]:
    return (binaries.python(), *arguments)
