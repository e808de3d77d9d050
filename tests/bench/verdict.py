"""What was wanted, and whether it came."""

from collections.abc import Mapping
from dataclasses import dataclass

LIMIT, FASTEST = "limit", "the fastest peer"
# Names that are no peer.
_NOT_PEERS = frozenset({"ours", LIMIT, "nginx"})


@dataclass(frozen=True, slots=True)
class Target:
    """At least ``factor`` times the requests a second of ``against``: a server's name, LIMIT or FASTEST."""

    against: str
    factor: float

    def __str__(self) -> str:
        return f"at least {self.factor:g} of {self.against}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table of targets; ``ratio`` is None where there was nothing to compare with."""

    row: str
    target: Target
    ratio: float | None
    against: str

    @property
    def word(self) -> str:
        """Met, not met, or not measured."""
        if self.ratio is None:
            return "not measured"
        return "met" if self.ratio >= self.target.factor else "**not met**"


def judge(row: str, targets: tuple[Target, ...], rates: Mapping[str, float | None]) -> list[Verdict]:
    """Each target against the requests a second of one row, at the concurrency that is judged."""
    return [_judge(row, target, rates) for target in targets]


def _judge(row: str, target: Target, rates: Mapping[str, float | None]) -> Verdict:
    against, other = target.against, rates.get(target.against)
    if target.against == FASTEST:
        peers = {name: rate for name, rate in rates.items() if rate is not None and name not in _NOT_PEERS}
        if peers:
            against = max(peers, key=lambda name: peers[name])
            other = peers[against]
    ours = rates.get("ours")
    ratio = ours / other if ours is not None and other else None
    return Verdict(row, target, ratio, against)
