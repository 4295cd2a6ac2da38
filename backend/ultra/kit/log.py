"""Structured logs: one JSON line per event, with the request or job that it belongs to.

Events are named `noun.verb` and carry ids as fields. Values under a telling name are masked, so
that a secret that slips into a field still never reaches the log.
"""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from ultra.settings import settings

SECRET_WORDS = ("password", "token", "secret", "authorization", "cookie", "api_key", "pepper")
LONGEST_VALUE = 8192
Event = MutableMapping[str, Any]


def _mask_secrets(_logger: object, _method: str, event: Event) -> Event:
    return {name: _mask(name, value) for name, value in event.items()}


def _mask(name: str, value: Any) -> Any:
    if any(word in name.lower() for word in SECRET_WORDS):
        return "***"
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        return value[:LONGEST_VALUE] + "…"
    if isinstance(value, Mapping):
        return {key: _mask(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mask("", inner) for inner in value]
    return value


def set_up_logging(process: str) -> None:
    """Send everything, other libraries' records too, to standard output as lines of `process`."""

    def name_process(_logger: object, _method: str, event: Event) -> Event:
        return {**event, "process": process}

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        name_process,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _mask_secrets,
    ]
    # Tracebacks without the values of local variables, which both would show by default: passwords
    # are among them.
    renderers: list[structlog.typing.Processor] = [
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        ),
        structlog.processors.JSONRenderer(),
    ]
    if settings.log_format == "console":
        plain = structlog.dev.plain_traceback
        renderers = [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *renderers,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    for chatty in ("alembic.runtime.plugins", "botocore", "celery.worker.strategy", "urllib3"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def get_logger() -> structlog.stdlib.BoundLogger:
    """A logger; bind ids as fields, never build sentences."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("ultra")
    return logger
