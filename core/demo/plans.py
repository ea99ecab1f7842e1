"""The plans of the invented operator, 2G to 5G, with the tariff beyond their allowances."""

from msgspec import Struct

from core.domain.text import Text


class Plan(Struct, frozen=True, kw_only=True):
    code: str
    name: Text
    generation: int
    """2 … 5"""
    since: int
    """year in which it came on sale"""
    on_sale: bool
    fee_fen: int
    data_mb: int
    voice_min: int
    sms: int = 0
    data_fen_per_mb: int
    data_block_mb: int
    """beyond the allowance data are charged in blocks of this size …"""
    data_block_cap_fen: int
    """… and no block costs more than this"""
    voice_fen_per_min: int
    sms_fen: int = 10
    with_broadband: bool = False
    """a home bundle (e家): broadband free of charge"""


def _plan(
    code: str,
    zh: str,
    en: str,
    generation: int,
    since: int,
    on_sale: bool,
    fee: int,
    data_mb: int,
    voice_min: int,
    sms: int = 0,
    *,
    with_broadband: bool = False,
) -> Plan:
    per_mb, block, cap, voice = _TARIFFS[generation]
    return Plan(
        code=code,
        name=Text(zh, en),
        generation=generation,
        since=since,
        on_sale=on_sale,
        fee_fen=fee * 100,
        data_mb=data_mb,
        voice_min=voice_min,
        sms=sms,
        data_fen_per_mb=per_mb,
        data_block_mb=block,
        data_block_cap_fen=cap,
        voice_fen_per_min=voice,
        with_broadband=with_broadband,
    )


_TARIFFS = {2: (29, 1024, 6000, 25), 3: (10, 1024, 1500, 20), 4: (5, 1024, 1500, 15), 5: (3, 1024, 500, 10)}
"""generation → fen per MB, block in MB, cap of a block in fen, fen per minute"""

PLANS: tuple[Plan, ...] = (
    _plan("lt-8", "乐聊 8", "Chat 8", 2, 2004, False, 8, 0, 0),
    _plan("xq-18", "乡情 18", "Hometown 18", 2, 2006, False, 18, 30, 60),
    _plan("xy-28", "校园 28", "Campus 28", 2, 2008, False, 28, 150, 100, 200),
    _plan("sl-88", "商旅 88", "Business Traveller 88", 2, 2007, False, 88, 100, 400, 100),
    _plan("ct-38", "畅听 38", "Easy Talk 38", 3, 2011, True, 38, 300, 80),
    _plan("ct-58", "畅听 58", "Easy Talk 58", 3, 2011, True, 58, 1024, 150),
    _plan("cy-66", "畅游 66", "Easy Surf 66", 3, 2012, False, 66, 1536, 50),
    _plan("ct-88", "畅听 88", "Easy Talk 88", 3, 2011, True, 88, 1024, 350, 100),
    _plan("cl-128", "畅聊 128", "Long Talk 128", 3, 2012, False, 128, 1536, 600, 100),
    _plan("zx-188", "尊享 188", "Premier 188", 3, 2012, False, 188, 2048, 1000, 200),
    _plan("yl-19", "银龄 19", "Silver Years 19", 4, 2016, True, 19, 500, 100),
    _plan("fx-58", "4G 飞享 58", "4G Fly 58", 4, 2014, True, 58, 1536, 100),
    _plan("fx-77", "4G 飞享 77", "4G Fly 77", 4, 2014, True, 77, 4096, 200),
    _plan("fx-97", "4G 飞享 97", "4G Fly 97", 4, 2015, True, 97, 6144, 300),
    _plan("jt-137", "4G 家庭 137", "4G Family 137", 4, 2015, True, 137, 8192, 500, 100, with_broadband=True),
    _plan("sw-158", "4G 商务 158", "4G Business 158", 4, 2015, True, 158, 8192, 700, 100),
    _plan("zx-238", "4G 尊享 238", "4G Premier 238", 4, 2016, True, 238, 12288, 1200, 200),
    _plan("cx-99", "5G 畅享 99", "5G Enjoy 99", 5, 2020, True, 99, 15360, 300),
    _plan("cx-129", "5G 畅享 129", "5G Enjoy 129", 5, 2020, True, 129, 30720, 500),
    _plan("rh-169", "5G 融合 169", "5G Home 169", 5, 2021, True, 169, 40960, 700, with_broadband=True),
    _plan("zx-239", "5G 尊享 239", "5G Premier 239", 5, 2021, True, 239, 81920, 1200),
    _plan("zx-399", "5G 尊享 399", "5G Premier 399", 5, 2021, True, 399, 153600, 2500),
)
BY_CODE = {plan.code: plan for plan in PLANS}
UPGRADES = tuple(BY_CODE[code] for code in ("fx-58", "fx-77", "fx-97", "jt-137", "sw-158", "zx-238"))
"""what the 4G campaign offers"""
