"""The palette's tokens, light and dark; every pair of ink and ground keeps a contrast of 4.5 : 1. No Qt."""

from msgspec import Struct


class Tokens(Struct, frozen=True):
    """Colours as #rrggbb; `x_bg` is the ground on which `x` is read."""

    bg: str
    card: str
    ink: str
    mut: str
    line: str
    """borders that only group"""
    edge: str
    """borders of what can be clicked"""
    quiet: str
    """a ground a shade off the card: words to say, alternate rows"""
    track: str
    """the unfilled part of bars and the stages ahead"""
    off: str
    brand: str
    brand_bg: str
    fill: str
    """ground of the main button and the current stage"""
    on_fill: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    bad_fill: str
    vip: str
    vip_bg: str
    mark: str
    """behind a figure in the words to say"""
    bar: str
    """bars and lines of charts"""
    bar_on: str
    """the bar that is chosen"""
    grid: str
    header: str
    header_ink: str
    header_mut: str
    header_btn: str
    header_edge: str
    live: str
    """the running call on the header"""


LIGHT = Tokens(
    bg="#f4f6f8",
    card="#ffffff",
    ink="#1b2430",
    mut="#5d6b7f",
    line="#e2e8ef",
    edge="#cdd6e0",
    quiet="#f8fafc",
    track="#e7edf3",
    off="#637287",
    brand="#0c62c6",
    brand_bg="#e8f1fd",
    fill="#0f6fde",
    on_fill="#ffffff",
    ok="#0f7a51",
    ok_bg="#e5f5ee",
    warn="#a85500",
    warn_bg="#fdf1e1",
    bad="#c0352b",
    bad_bg="#fdeceb",
    bad_fill="#c0352b",
    vip="#7a4bd0",
    vip_bg="#f1ebfc",
    mark="#fff3c4",
    bar="#9cc3f5",
    bar_on="#0f6fde",
    grid="#eef2f6",
    header="#13202f",
    header_ink="#ffffff",
    header_mut="#9fb2c8",
    header_btn="#22344a",
    header_edge="#3c536b",
    live="#6ee7b0",
)

DARK = Tokens(
    bg="#10161d",
    card="#18212b",
    ink="#e6edf5",
    mut="#9fb0c3",
    line="#2a3745",
    edge="#40505f",
    quiet="#1d2833",
    track="#26323f",
    off="#8b9bad",
    brand="#6aacf7",
    brand_bg="#1a2f4a",
    fill="#1d6fd6",
    on_fill="#ffffff",
    ok="#4ccb9c",
    ok_bg="#143329",
    warn="#eba652",
    warn_bg="#3a2a14",
    bad="#f58a81",
    bad_bg="#3d1e1d",
    bad_fill="#b8352c",
    vip="#b99af5",
    vip_bg="#2d2147",
    mark="#4d4215",
    bar="#3f6ea6",
    bar_on="#7db6fa",
    grid="#24303c",
    header="#0b1118",
    header_ink="#ffffff",
    header_mut="#9fb2c8",
    header_btn="#22344a",
    header_edge="#3c536b",
    live="#6ee7b0",
)
