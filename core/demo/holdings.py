"""What a customer holds: value-added services, special services, the handset."""

from datetime import timedelta

from core.demo.english import english_of
from core.demo.plans import Plan
from core.demo.profile import Profile, Segment
from core.demo.rng import Purpose, stream
from core.demo.today import Today
from core.domain.customer import Handset, Holdings, SpecialService, Subscription
from core.domain.text import Text

_VALUE_ADDED = (
    ("ring-back", Text("彩铃", "Ring-back tone"), 500, 0.34),
    ("mobile-news", Text("手机报", "Mobile newspaper"), 300, 0.16),
    ("video-member", Text("视频会员", "Video membership"), 1_500, 0.16),
    ("music-pack", Text("音乐包", "Music pack"), 800, 0.1),
    ("cloud-disk", Text("云盘会员", "Cloud storage"), 600, 0.08),
    ("call-secretary", Text("通信助理", "Missed-call cover"), 300, 0.18),
    ("reading", Text("阅读包月", "Reading pass"), 500, 0.07),
    ("game-pack", Text("游戏加速包", "Game booster"), 1_000, 0.05),
)
_SERVICES = (
    ("caller-id", Text("来电显示", "Caller ID"), Text("每日使用", "Used daily"), 0.95),
    ("call-forward", Text("呼叫转移", "Call forwarding"), Text("近 30 天用过 4 次", "Used 4 times in 30 days"), 0.2),
    ("call-waiting", Text("呼叫等待", "Call waiting"), Text("已开通，近 30 天未用", "On, not used in 30 days"), 0.4),
    ("roaming", Text("国际漫游", "International roaming"), None, 0.12),
    ("long-distance", Text("国际长途", "International calls"), Text("近 30 天未用", "Not used in 30 days"), 0.1),
    ("conference", Text("多方通话", "Conference call"), None, 0.06),
    ("volte", Text("高清语音", "HD voice"), Text("每日使用", "Used daily"), 0.45),
)
_HANDSETS: tuple[tuple[str, bool, int], ...] = (
    ("云帆 C2", False, 1),
    ("长青 老人机 L3", False, 1),
    ("星河 Y5", True, 4),
    ("云帆 X8", True, 4),
    ("木槿 M6", True, 4),
    ("星河 P9", True, 4),
    ("远山 T4", True, 4),
    ("星河 P20 5G", True, 5),
    ("云帆 X30 5G", True, 5),
    ("远山 Fold 5G", True, 5),
)
"""invented model, knows 4G, generation; plainest first"""
ROAMING_PACKS = (Text("国际漫游 30 天包", "30-day roaming pack"), Text("港澳台 7 天包", "7-day regional pack"))


def holdings(seed: int, profile: Profile, today: Today, plan: Plan) -> Holdings:
    """Subscriptions, special services and the handset of a customer on `plan`."""
    rng = stream(seed, profile.index, Purpose.HOLDINGS)
    on_net_days = max((today.day - profile.on_net_since).days, 1)
    subscriptions = []
    for code, label, fee_fen, share in _VALUE_ADDED:
        if rng.random() < share:
            since = profile.on_net_since + timedelta(days=int(rng.random() * on_net_days))
            subscriptions.append(Subscription(code=code, label=label, fee_fen=fee_fen, since=since))
    services = [
        SpecialService(code=code, label=label, use=use)
        for code, label, use, share in _SERVICES
        if rng.random() < share or (code == "roaming" and profile.traveller)
    ]
    since = today.day - timedelta(days=min(int(30 + 1_100 * rng.random() ** 1.5), on_net_days))
    model, supports_4g, generation = _handset(profile, plan, rng.random())
    return Holdings(
        whole=True,
        subscriptions=subscriptions,
        services=services,
        english=english_of((model,)),
        handset=Handset(model=model, supports_4g=supports_4g, supports_5g=generation >= 5, since=since),
    )


def _handset(profile: Profile, plan: Plan, draw: float) -> tuple[str, bool, int]:
    """A handset that can at least do what the plan offers."""
    if plan.generation >= 5:
        return _HANDSETS[7 + int(draw * 3)]
    if plan.generation == 4 or profile.part.scenario or plan.data_mb >= 1_024:
        return _HANDSETS[2 + int(draw * 6)]
    if profile.segment is Segment.SENIOR or plan.data_mb < 100:
        return _HANDSETS[int(draw * 4)]
    return _HANDSETS[1 + int(draw * 5)]
