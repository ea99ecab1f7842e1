"""Moving a task to another desk or back to the pool: why one may stay where it is."""

from enum import StrEnum

from core.domain.text import Text


class Stays(StrEnum):
    """Why a task was not moved."""

    GONE = "gone"
    """closed meanwhile, on no desk of these teams, or unknown"""
    CHANGED = "changed"
    """it lies on another desk than the one it was seen on"""
    SAME_DESK = "same_desk"
    POOL = "pool"
    """it waits for dispatch already"""
    OPTED_OUT = "opted_out"
    SKILL = "skill"
    AREA = "area"
    VIP_SPECIALIST = "vip_specialist"


STAYS_WORDS: dict[Stays, Text] = {
    Stays.GONE: Text("任务已结束或不在您的班组", "closed, or of no team of yours"),
    Stays.CHANGED: Text("任务刚才已换人", "on another desk by now"),
    Stays.SAME_DESK: Text("任务本来就在此人名下", "already on that desk"),
    Stays.POOL: Text("任务已在待派池", "already back in the pool"),
    Stays.OPTED_OUT: Text("客户已免扰，不能再派", "the customer refused further calls"),
    Stays.SKILL: Text("此人没有该场景的认证", "they are not certified for the scenario"),
    Stays.AREA: Text("不在此人负责的区域", "outside their area"),
    Stays.VIP_SPECIALIST: Text("贵宾任务须由 VIP 专席承接", "a VIP needs a VIP specialist"),
}
