"""What the customers of the tour say, step by step: the agent presses the digit of the answer that comes nearest.

Keyed by the script's step; the first answer on offer counts, so that a customer with an open complaint, say, is walked
through as well.
"""

Talk = dict[str, tuple[str, ...]]

ROAMING_REPAIR: Talk = {
    "opening": ("方便，你说",),
    "verify": ("核对一致，是机主",),
    "apology": ("在国外用不了",),
    "care-check": ("有问题要反映",),
    "sorry": ("在国外用不了",),
    "swap-test": ("手边没有别的手机",),
    "roaming-settings": ("还是不行",),
    "roaming-report": ("先等你们查",),
    "calming": ("查完打给我",),
    "promise": ("时间约好了",),
    "contact-check": ("就这个号码",),
    "ask-satisfied": ("可以，等处理结果",),
    "register": ("登记好了",),
    "goodbye": ("结束",),
}

DISCONNECT: Talk = {
    "opening": ("方便，你说",),
    "verify": ("核对一致，是机主",),
    "complaint-first": ("不是，另有原因",),
    "cause": ("用得少，或不需要了",),
    "low-or-gone": ("以后用不上了",),
    "need-gone": ("没人用，拆吧",),
    "disconnect": ("清楚了",),
    "leave-survey": ("说了",),
    "reinstall-card": ("好的",),
    "goodbye": ("结束",),
}

UPGRADE_TO_ORDER: Talk = {
    "opening": ("方便，你说",),
    "verify": ("核对一致，是机主",),
    "bill-feeling": ("有点高，或流量不够",),
    "computed": ("想听听建议",),
    "suggest": ("愿意办",),
    "tier-up": ("愿意提档",),
}
"""up to the reading back"""

KEEP: Talk = {
    "opening": ("方便，你说",),
    "verify": ("核对一致，是机主",),
    "bill-feeling": ("有点高，或流量不够",),
    "computed": ("那就不用换了",),
    "honest-stay": ("好的",),
    "goodbye": ("结束",),
}

TIER_UP: Talk = {
    "opening": ("方便，你说",),
    "verify": ("核对一致，是机主",),
    "bill-feeling": ("有点高，或流量不够",),
    "computed": ("想听听建议",),
    "tier-up": ("愿意提档",),
}
"""up to the reading back"""

AFTER_ORDER: Talk = {
    "read-back": ("同意办理",),
    "support-sms": ("没有",),
    "goodbye": ("结束",),
}

NOT_NOW: Talk = {
    "opening": ("现在没空",),
    "call-later": ("今天晚些",),
    "goodbye": ("结束",),
}
