"""Chance that depends on seed and place only, so that a larger city keeps the streets of a smaller one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def generator(seed: int, *keys: int) -> np.random.Generator:
    """A PCG64 generator of its own for each list of keys; keys may be negative."""
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence([seed, *(key + (1 << 31) for key in keys)]))
    )


def hashed(seed: int, salt: int, *keys: ArrayLike) -> NDArray[np.float64]:
    """Numbers in [0, 1) that depend on seed, salt and whole-number keys alone (SplitMix64 finaliser)."""
    with np.errstate(over="ignore"):
        state = np.asarray(np.uint64((seed << 20) ^ salt) * _MIX[0])
        for key in keys:
            state = _mixed(state + np.asarray(key, dtype=np.int64).astype(np.uint64) * _MIX[0] + _MIX[1])
    shifted: NDArray[np.uint64] = np.asarray(state >> np.uint64(11), dtype=np.uint64)
    return shifted.astype(np.float64) * 2.0**-53


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = (state ^ (state >> np.uint64(30))) * _MIX[1]
    state = (state ^ (state >> np.uint64(27))) * _MIX[2]
    return np.asarray(state ^ (state >> np.uint64(31)), dtype=np.uint64)
