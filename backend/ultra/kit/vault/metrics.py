"""What operators see of the key ring: how many rows still need which key."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ultra.kit.db import read_only
from ultra.kit.vault.rotation import rows_by_key


class RowsByKey(Collector):
    """Counted when it is asked for: any process answers the same."""

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        gauge = GaugeMetricFamily(
            "ultra_crypto_rows",
            "Sealed rows by the key of the ring that opens them",
            labels=["key"],
        )
        try:
            with read_only() as session:
                counted = rows_by_key(session)
        except SQLAlchemyError:
            # Without a database there is no number, and a wrong one would retire a key.
            return []
        for key_id, rows in counted.items():
            gauge.add_metric([key_id], rows)
        return [gauge]


REGISTRY = CollectorRegistry(auto_describe=False)
REGISTRY.register(RowsByKey())
