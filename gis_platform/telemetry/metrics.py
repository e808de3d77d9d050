"""Prometheus metrics of one application; its own registry, so that two can live in one process."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

# Set by Prometheus' client where several processes share one count.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """What is counted: requests by route and status, and how long they took."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "gis_requests_total",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "gis_request_seconds",
            "Time to the end of the answer.",
            ["method", "route"],
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
            registry=self.registry,
        )

        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        key = (method, route, status)
        children = self._known.get(key)
        if children is None:
            children = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            # Methods are the caller's words: what is kept for speed is bounded.
            if len(self._known) < 1000:
                self._known[key] = children
        children[0].inc()
        children[1].observe(seconds)

    def text(self) -> bytes:
        """The metrics as Prometheus reads them, of all processes where there are several."""
        if os.environ.get(_SHARED):
            whole = CollectorRegistry()
            multiprocess.MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
            return generate_latest(whole)
        return generate_latest(self.registry)
