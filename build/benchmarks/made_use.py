"""Use made for benchmarks: months as customers have them, light and heavy, home and abroad, some of them unknown."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Use = dict[str, NDArray[np.int64]]


def made_use(customers: int, months: int, *, seed: int = 13) -> tuple[NDArray[np.bool_], Use]:
    """Which months are known, and each quantity as int64 of customers × months; zero where a month is not known."""
    rng = np.random.default_rng(seed)
    shape = (customers, months)
    known = rng.random(shape, dtype=np.float32) > 0.02

    def spread(mean: float, sigma: float) -> NDArray[np.int64]:
        usual = mean * np.exp(sigma * rng.standard_normal((customers, 1), dtype=np.float32))
        month = 0.7 + 0.6 * rng.random(shape, dtype=np.float32)
        return _whole(usual * month, known)

    def now_and_then(share: float, amount: Any) -> NDArray[np.int64]:
        return _whole(np.where(rng.random(shape, dtype=np.float32) < share, amount, 0), known)

    data, voice = spread(3_000, 1.2), spread(140, 0.9)
    on_net = _whole(voice * (0.35 + 0.4 * rng.random((customers, 1), dtype=np.float32)), known)
    contract = rng.random((customers, 1), dtype=np.float32) < 0.2
    roaming = now_and_then(0.03, rng.integers(20, 900, shape))
    use = {
        "data_mb": data,
        "directed_mb": _whole(data * (0.4 * rng.random(shape, dtype=np.float32)), known),
        "off_peak_mb": _whole(data * (0.2 * rng.random(shape, dtype=np.float32)), known),
        "on_net_min": on_net,
        "off_net_min": voice - on_net,
        "sms": spread(6, 1.0),
        "roaming_mb": roaming,
        "roaming_pack_fen": np.where(roaming > 400, 9_800, 0),
        "value_added_fen": _whole(rng.integers(0, 4, (customers, 1)) * 500 + np.zeros(shape), known),
        "broadband_fen": _whole(np.where(rng.random((customers, 1)) < 0.1, 2_000, 0) + np.zeros(shape), known),
        "bonus_fen": _whole(np.where(contract, 1_000, 0) + np.zeros(shape), known),
        "minimum_fen": _whole(np.where(contract, 5_000, 0) + np.zeros(shape), known),
    }
    return known, use


def _whole(values: Any, known: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.where(known, values, 0).astype(np.int64)
