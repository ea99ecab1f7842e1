"""The kinds of offer beyond plans, one for each way of keeping a customer that costs the operator something."""

from enum import StrEnum

from core.domain.text import Text


class OfferKind(StrEnum):
    PREPAY = "prepay"
    """存费送费, to points, to off-peak minutes, to a lucky draw (OFFER-01)"""
    TOP_UP = "top_up"
    """bonus credit for a recharge (OFFER-02, 03)"""
    PAY_LATER = "pay_later"
    """a speed-up now, paid with next month's bill (OFFER-04)"""
    BROADBAND = "broadband"
    """a broadband campaign (OFFER-06)"""
    HOME_SERVICE = "home_service"
    """a free visit at home by tenure (OFFER-07)"""
    HANDSET = "handset"
    """an old handset swapped for a new one (OFFER-08)"""
    DISCOUNT = "discount"
    """a lower fee for a time (OFFER-09, 10)"""
    GIFT = "gift"
    """birthday and other gifts, priority treatment (OFFER-09, 10)"""
    POINTS = "points"
    """points redeemed (OFFER-10)"""
    CASHBACK = "cashback"
    """part of what was paid comes back (OFFER-10)"""
    FREE_USE = "free_use"
    """data or minutes for nothing (OFFER-10)"""
    TRIAL = "trial"
    """tried for a time, and returned unless the customer keeps it (OFFER-10)"""
    VALUE_ADDED = "value_added"
    """texts, ring-back tones, data packs (OFFER-11)"""
    OWN_PLAN = "own_plan"
    """a plan that the customer puts together (OFFER-12)"""
    REINSTALL_CARD = "reinstall_card"
    """回装卡: kept by who leaves, worth something when coming back (BB-10)"""


OFFER_KIND_NAMES: dict[OfferKind, Text] = {
    OfferKind.PREPAY: Text("存费优惠", "Prepay offer"),
    OfferKind.TOP_UP: Text("充值赠款", "Top-up bonus"),
    OfferKind.PAY_LATER: Text("先用后付", "Pay later"),
    OfferKind.BROADBAND: Text("宽带活动", "Broadband campaign"),
    OfferKind.HOME_SERVICE: Text("上门服务", "Home service"),
    OfferKind.HANDSET: Text("换机优惠", "Handset swap"),
    OfferKind.DISCOUNT: Text("月费优惠", "Discount"),
    OfferKind.GIFT: Text("礼遇", "Gift"),
    OfferKind.POINTS: Text("积分兑换", "Points"),
    OfferKind.CASHBACK: Text("返费", "Cashback"),
    OfferKind.FREE_USE: Text("赠流量语音", "Free data or minutes"),
    OfferKind.TRIAL: Text("免费体验", "Trial"),
    OfferKind.VALUE_ADDED: Text("增值业务", "Value-added service"),
    OfferKind.OWN_PLAN: Text("自选套餐", "Own plan"),
    OfferKind.REINSTALL_CARD: Text("回装卡", "Reinstall card"),
}
