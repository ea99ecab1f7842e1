"""P11 and P13, reference: the sums of a price list in plain numpy, by another hand. Imports nothing of ours.

Plans come as the dictionaries that their JSON holds, use as arrays of customers × months.
"""

from typing import Any

import numpy as np

BIG = 1 << 40
PARTS = ("data", "on_net", "off_net", "sms", "roaming")


class BareBills:
    """The price list as columns of numbers, one plan a row."""

    def __init__(self, plans: list[dict[str, Any]]) -> None:
        self.plans = plans
        self.fee = self._column(lambda p: p["fee_fen"])
        self.least = self._column(lambda p: p.get("minimum_spend_fen", 0))
        self.line = self._column(lambda p: 0 if p.get("broadband_mbps") else 1)
        self.held = {
            name: self._column(lambda p, name=name: p["allowances"].get(name, 0))
            for name in ("data_mb", "directed_mb", "off_peak_mb", "voice_min", "on_net_min", "sms", "roaming_mb")
        }
        self.price = {part: Prices([p["tariff"][part] for p in plans]) for part in PARTS}

    def _column(self, of: Any) -> Any:
        return np.array([of(p) for p in self.plans], dtype=np.int64)[:, None]

    def lines(self, use: dict[str, Any]) -> dict[str, Any]:
        """One customer: every line of the bills as plans × months."""
        held = self.held
        data = use["data_mb"] - np.minimum(use["directed_mb"], held["directed_mb"])
        data = data - np.minimum(use["off_peak_mb"], held["off_peak_mb"]) - held["data_mb"]
        off = use["off_net_min"] - held["voice_min"]
        on = np.maximum(use["on_net_min"] - held["on_net_min"], 0) + np.minimum(off, 0)
        away = np.where(use["roaming_pack_fen"] > 0, 0, use["roaming_mb"])
        out = {
            "plan_fee": self.fee,
            "data_over": self.price["data"].fen(np.maximum(data, 0)),
            "voice_over": self.price["on_net"].fen(np.maximum(on, 0)) + self.price["off_net"].fen(np.maximum(off, 0)),
            "sms_over": self.price["sms"].fen(np.maximum(use["sms"] - held["sms"], 0)),
        }
        if away.any():
            out["roaming"] = self.price["roaming"].fen(np.maximum(away - held["roaming_mb"], 0))
        out["roaming_pack"] = use["roaming_pack_fen"]
        out["value_added"] = use["value_added_fen"]
        out["broadband"] = use["broadband_fen"] * self.line
        before = sum(out.values())
        out["discount"] = -np.minimum(use["bonus_fen"], before)
        after = before + out["discount"]
        out["minimum"] = np.maximum(np.maximum(use["minimum_fen"], self.least) - after, 0)
        out["total"] = after + out["minimum"]
        return out

    def best(self, use: dict[str, Any], known: Any, count: int, part: int = 2_000) -> tuple[Any, ...]:
        """Very many customers: the cheapest plans, their sums, middle and dearest months, as customers × count."""
        outs = [self._best(use, known, count, slice(at, at + part)) for at in range(0, len(known), part)]
        return tuple(np.concatenate(arrays) for arrays in zip(*outs, strict=True))

    def _best(self, use: dict[str, Any], known: Any, count: int, where: slice) -> tuple[Any, ...]:
        u = {name: np.ascontiguousarray(values[where].T) for name, values in use.items()}
        here = np.ascontiguousarray(known[where].T)
        u["voice"] = u["on_net_min"] + u["off_net_min"]
        u["away"] = np.where(u["roaming_pack_fen"] > 0, 0, u["roaming_mb"])
        kept: dict[Any, Any] = {}
        cube = np.empty((len(self.plans), *here.shape), dtype=np.int64)
        for at, plan in enumerate(self.plans):
            cube[at] = self._plan(plan, u, kept)
        if not here.all():
            cube *= here
        sums = cube.sum(axis=1)
        first = np.argsort(sums, axis=0, kind="stable")[:count] if count > 20 else _first(sums, count)
        chosen = np.take_along_axis(cube, first[:, None, :], axis=0)
        months = here.sum(axis=0)
        ordered = np.sort(np.where(here, chosen, BIG), axis=1)
        low = np.take_along_axis(ordered, np.broadcast_to((np.maximum(months - 1, 0) // 2), (count, 1, len(months))), 1)
        high = np.take_along_axis(ordered, np.broadcast_to(np.minimum(months // 2, len(here) - 1), low.shape), 1)
        middle = np.where(months > 0, (low[:, 0] + high[:, 0] + 1) // 2, 0)
        return first.T, chosen.sum(axis=1).T, middle.T, chosen.max(axis=1).T

    def _plan(self, plan: dict[str, Any], u: dict[str, Any], kept: dict[Any, Any]) -> Any:
        held, tariff = plan["allowances"], plan["tariff"]
        data = u["data_mb"]
        for name in ("directed_mb", "off_peak_mb"):
            if held.get(name):
                data = data - np.minimum(u[name], held[name])
        total = _charge(tariff["data"], np.maximum(data - held.get("data_mb", 0), 0))
        total += plan["fee_fen"]
        total += self._voice(held, tariff, u)
        for name, used in (("sms", "sms"), ("roaming", "away")):
            free = held.get("sms" if name == "sms" else "roaming_mb", 0)
            key = (name, free, repr(tariff[name]))
            if key not in kept:
                kept[key] = _charge(tariff[name], np.maximum(u[used] - free, 0))
            total += kept[key]
        if "others" not in kept:
            kept["others"] = u["roaming_pack_fen"] + u["value_added_fen"]
            kept["with line"] = kept["others"] + u["broadband_fen"]
        total += kept["others"] if plan.get("broadband_mbps") else kept["with line"]
        total -= np.minimum(u["bonus_fen"], total)
        np.maximum(total, u["minimum_fen"], out=total)
        if plan.get("minimum_spend_fen"):
            np.maximum(total, plan["minimum_spend_fen"], out=total)
        return total

    def _voice(self, held: dict[str, Any], tariff: dict[str, Any], u: dict[str, Any]) -> Any:
        free, own = held.get("voice_min", 0), held.get("on_net_min", 0)
        plain = len(tariff["off_net"]["steps"]) == 1 and not tariff["off_net"].get("month_cap_fen")
        if plain and not own and tariff["on_net"] == tariff["off_net"]:
            return _charge(tariff["off_net"], np.maximum(u["voice"] - free, 0))
        off = u["off_net_min"] - free
        on = np.maximum(u["on_net_min"] - own, 0) + np.minimum(off, 0)
        return _charge(tariff["on_net"], np.maximum(on, 0)) + _charge(tariff["off_net"], np.maximum(off, 0))


def _first(sums: Any, count: int) -> Any:
    """The least of each column, equal ones by row."""
    keyed = (sums * 1_000 + np.arange(len(sums))[:, None]).T
    part = np.sort(np.partition(keyed, count - 1, axis=1)[:, :count], axis=1)
    return (part % 1_000).T


def _charge(rule: dict[str, Any], over: Any) -> Any:
    """One plan's charge on an array of use beyond its allowance."""
    steps, block = rule["steps"], rule.get("block")
    if block:
        full = over // block
        whole = int(_stepped(steps, np.array([block]))[0])
        cap = rule.get("block_cap_fen") or BIG
        out = np.minimum(_stepped(steps, over - full * block), cap)
        out += full * min(whole, cap)
    else:
        out = _stepped(steps, over)
    if rule.get("month_cap_fen"):
        np.minimum(out, rule["month_cap_fen"], out=out)
    return out


def _stepped(steps: list[dict[str, Any]], over: Any) -> Any:
    out = 0
    for at, step in enumerate(steps):
        amount = over
        if step["above"]:
            amount = np.maximum(amount - step["above"], 0)
        if at + 1 < len(steps):
            amount = np.minimum(amount, steps[at + 1]["above"] - step["above"])
        unit = step.get("unit", 1)
        if unit > 1:
            amount = (amount + unit - 1) // unit
        out = out + amount * step["fen"]
    return out


class Prices:
    """The charges of one kind for all plans: a plain price by blocks for nearly all, the few others row by row."""

    def __init__(self, rules: list[dict[str, Any]]) -> None:
        first = [rule["steps"][0] for rule in rules]
        self.fen_each = np.array([step["fen"] for step in first], dtype=np.int64)[:, None]
        self.block = np.array([rule.get("block") or BIG for rule in rules], dtype=np.int64)[:, None]
        self.by_block = any(rule.get("block") for rule in rules)
        self.cap = np.array([rule.get("block_cap_fen") or BIG for rule in rules], dtype=np.int64)[:, None]
        self.whole = np.minimum(np.where(self.block == BIG, 0, self.block) * self.fen_each, self.cap)
        self.odd = [
            (at, rule)
            for at, rule in enumerate(rules)
            if len(rule["steps"]) > 1 or first[at].get("unit", 1) > 1 or rule.get("month_cap_fen")
        ]
        self.all_odd = len(self.odd) == len(rules)
        units = {repr(rule["steps"]) for rule in rules}
        self.one_unit = first[0].get("unit", 1) if len(units) == 1 else 0
        self.month_cap = np.array([rule.get("month_cap_fen") or BIG for rule in rules], dtype=np.int64)[:, None]

    def fen(self, over: Any) -> Any:
        if self.all_odd and self.one_unit:
            return np.minimum((over + self.one_unit - 1) // self.one_unit * self.fen_each, self.month_cap)
        if self.by_block:
            full = over // self.block
            out = np.minimum((over - full * self.block) * self.fen_each, self.cap) + full * self.whole
        else:
            out = over * self.fen_each
        for at, rule in self.odd:
            out[at] = _charge(rule, over[at])
        return out
