"""Knowing in a millisecond that a step's work is done: a hash of its inputs, left beside its result."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stamp:
    """A stamp file inside the folder it vouches for, so that removing the folder removes it too."""

    path: Path
    files: tuple[Path, ...]
    facts: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the step was finished with exactly these inputs."""
        try:
            return self.path.read_text(encoding="ascii") == self._hash()
        except FileNotFoundError:
            return False

    def leave(self) -> None:
        """Note that the step has finished. Call it last."""
        self.path.write_text(self._hash(), encoding="ascii")

    def _hash(self) -> str:
        sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in self.files]
        return hashlib.sha256("\0".join([*sums, *self.facts]).encode()).hexdigest()
