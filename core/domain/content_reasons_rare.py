"""Reasons for which content is refused that few authors meet, in Chinese. `core.domain.content_reasons` asks here once
it knows no word of its own."""

import re

WHOLE: dict[str, str] = {
    "holds more values than any content does, by anchors that stand for each other": "锚点层层套用，展开后大得离谱",
    # labels worked out of cases
    "at least one case needs a `when`": "至少有一种情形要写 `when`",
    "a case without `when` comes last: none behind it would ever hold": "不写 `when` 的情形要放最后，后面的永远轮不到",
    "a case needs its word in both languages": "每种情形的词都要有中文和英文",
    # amounts, prices, shares
    "broadband is charged by the begun hour": "宽带按开始用的小时计费",
    "a cap is for hours beyond, and no less than the monthly fee": "封顶只用在超出的小时上，不能低于月费",
    "a line with `included` hours says what lies `beyond` them, any other says neither": (
        "写了 `included` 小时数的宽带要写 `beyond`（超出怎么收），其他宽带两样都不写"
    ),
    "below zero": "不能小于零",
    "per cent, above 0": "是百分比，要大于 0",
    "per cent, between 0 and 100": "是 0 到 100 的百分比",
    "per cent, from 0 to 100": "是 0 到 100 的百分比",
    "from 1 to 24 months": "是 1 到 24 个月",
    # calendars of places
    "a day needs its name in zh and en": "每个日期都要写中文和英文名称",
    # YAML
    "not YAML": "不是 YAML 格式",
    "holds half of a character": "里面有半个字符",
    "nested too deeply": "嵌套太深",
    "a key must be a word": "键必须是文字",
    "cannot be read": "读不了",
    # plans
    "the ease-to-recommend index goes from 1 to 5": "易推荐指数是 1 到 5",
    "generations go from 2 to 5": "制式是 2 到 5",
    "withdrawn before it came on sale": "下架日早于上架日",
    "a shared plan has at least one further SIM": "共享套餐至少带一张副卡",
    "either one `price` or `steps`": "`price` 和 `steps` 只能写一个",
    "`block` and `block_cap` stand together": "`block` 和 `block_cap` 要一起写",
    "the block ends before its last step begins": "分块在最后一段开始前就结束了",
    "the last step is open, every other one says where it ends": "最后一段不写终点，其余各段都要写",
    "a step that ends where it begins": "这一段的起点就是终点",
    "yearly and holiday broadband has `term_fee` and `term`, other kinds have neither":
        "包年和假期宽带要写 `term_fee` 和 `term`，别的都不写",
    "metered broadband has a `monthly_fee`, other kinds have none": "计时宽带要写 `monthly_fee`，别的都不写",
    # care
    "either `when` says for whom it is due, or `by_notice` who tells of it":
        "`when`（对谁该做）和 `by_notice`（靠谁通知）要写一个，也只写一个",
    # factors and warning rules
    "a percentile lies above 0 and below 100": "百分位要大于 0、小于 100",
    "a priority is 0 to 9": "优先级是 0 到 9",
    "a share is above 0 and at most 100 percent": "比例要大于 0，最多 100%",
    "a rule that leaves customers in peace has no scenario": "免扰规则不写场景",
    "a rule that has calls made needs a `scenario`": "要外呼的规则要写 `scenario`（场景）",
    "there are no warning rules here": "这里没有预警规则",
    # rules and offers
    "a rule for no action": "规则没有写管什么动作",
    "a rule of offers names no actions": "优惠的规则不写 actions",
    "a rule says since or until when it holds, or that it is `lasting`": "规则要写 since 或 until，或写 `lasting`",
    "tenures rise from row to row": "网龄要逐行递增",
    "fewer visits than none": "次数不能小于零",
    "the weights of the gain are per cent and make 100": "收益权重是百分比，合计 100",
    "the weight goes from 0 to 100, the amounts from 0 up": "权重是 0 到 100，金额不小于 0",
    "needed months, then window, at most 24": "needed_months 不大于 window_months，最多 24",
    "something to choose from has two steps at least": "可选的档至少要有两个",
    "each step has a code of its own": "每一档要有自己的代码，不能重复",
    "a plan of one's own says what there is to choose, no other offer does":
        "自选套餐要写明可选什么（`choose`），其他优惠不写",
    "`price` stands with `pays: now`, `next_bill` or `monthly`, and with none alone":
        "`price` 要和 `pays: now`、`next_bill` 或 `monthly` 一起写，不能单独写",
    "what costs or binds the customer is confirmed: `confirm: true`": "要客户付钱或受约束的，写 `confirm: true`",
    "an offer says what it is of": "优惠要写明 benefit",
    "a reinstall card has a `card`, no other offer has": "回装卡要写 `card`，别的优惠不写",
    "an offer without a last day is not withdrawn": "没有停办日的优惠不写 retired",
    "an SMS has a `template`, everything else a `text`": "短信写 `template`，别的写 `text`",
    "says after how many days": "要写几天内（after）",
    "a work order names its `department`": "工单要写 `department`",
    "the customer is reminded before the trial ends": "提醒要早于体验到期",
    "a card is valid for some days": "卡的有效期至少一天",
    "whoever may grant less stands before": "权限小的排在前面",
    "neither an order nor work: nothing carries it out": "既不下订单也没有派活，批了也没人办",
    "a year is made of whole periods: 1, 2, 3, 4, 6 or 12 months": "周期要能整除一年：1、2、3、4、6 或 12 个月",
    # shelf
    "a window ends on or after its first day, by 31": "时段的末日不早于首日，最晚 31 日",
    "a window names a plan at least": "每个时段至少写一档套餐",
    # scripts
    "four zones: each combination of the two likings once": "四个区：两种喜好的每种组合各一个",
    "never said: the words before it hold for everyone": "永远说不到：前一句对谁都成立",
    "a question needs answers with codes": "问题要有带 code 的回答",
    "answers to a yes-no question have the codes yes and no": "是非题的回答 code 是 yes 和 no",
    "of several, each is named once, and at_most bounds the loop": "多选的每项写一次，并用 at_most 限定次数",
    "a step is walked at least once": "一步至少走一次",
    "a condition is `all`, `any`, `not_` or a field with one comparison, never two of them":
        "条件只能是 `all`、`any`、`not_` 或一个带比较的 field，不能混写",
    # dispositions
    "talk-time bounds that no call can meet": "通话时长的上下限互相矛盾",
    "a retry needs minutes above 0 and `closes: false`": "重拨要写大于 0 的分钟数和 `closes: false`",
    "a callback says one of in_min, day and at, counts_from": "回拨在 in_min、day 加 at、counts_from 里选一种写法",
    "only a callback counts from a day of the customer's": "只有回拨能按客户的日子算",
    "days count from something: say counts_from": "写了 days 就要写 counts_from",
    "an SMS names its template": "短信要写 template",
    # events, retries, jobs, outreach
    "an answer, and none by which customers want nothing more": "须是一个回复内容，且不能是表示不愿再联系的回复",
    "a call has a script, and no words here": "外呼用话术，不在这里写文字",
    "a job runs one command at least": "一项任务至少要运行一条命令",
    "a span ends after it begins, between hour 0 and 24": "时段的结束要晚于开始，在 0 到 24 点之间",
    # parts
    "a part is named in small letters": "公用片段的名字用小写字母",
    "words need Chinese and English": "文字要有中英两种",
    "a part may not use a part": "公用片段里不能再用片段",
    # knowledge, drills, care, watched words
    "the head is no list of keys and values": "开头不是“键: 值”的形式",
    "the text stands below the head, not in it": "正文写在开头部分的下面",
    "Chinese comes first": "中文在前",
    "at least one tag, by which it is found": "至少写一个标签，好让人搜到",
    "a number of 7 digits or more: somebody's?": "有 7 位以上的数字，可能是谁的号码",
    "empathise, clarify, answer and confirm, in this order and each at least once":
        "共情、澄清、答复、确认按这个顺序，每步至少一次",
    "exactly one choice is right": "正确的选项只有一个",
    "two choices say the same": "两个选项说的一样",
    "at least one channel, and none twice": "至少一个渠道，不能重复",
    "a call needs its words": "电话关怀要有话术",
    "a class rests at least a day": "至少间隔一天",
    "an empty word would be found everywhere": "空词到处都能匹配",
    "small letters": "用小写字母",
}  # fmt: skip
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        # amounts
        (r"`(?P<name>.*)` is no amount of (?P<rest>.+?); write it in (?P<units>.+)",
         "`{name}` 不对，要用 {units} 作单位"),
        (r"`(?P<name>.*)` has no unit; write (?P<units>.+)", "`{name}` 没有单位，请写成 {units}"),
        (r"`(?P<name>.*)` is below zero", "`{name}` 小于零"),
        (r"`(?P<name>.*)` is finer than is counted", "`{name}` 比计量单位还细"),
        (r"`(?P<name>.*)` is more than any plan has", "`{name}` 太大，没有套餐会有这么多"),
        (r"`(?P<name>.*)` is no price; write .+, as in (?P<rest>.+)", "`{name}` 不是单价，要写成 {rest} 这样"),
        (r"`(?P<name>.*)` is a price for nothing", "`{name}` 的用量是零，算不出单价"),
        (r"`(?P<name>.*)` is no plain number", "`{name}` 不是普通数字"),
        # plans
        (r"neither the plan nor its family says what (?P<name>.+) costs beyond the allowance",
         "套餐和所属系列都没写 {name} 超出后怎么收费"),
        (r"`(?P<name>.*)` makes everything beyond the allowance free; .+",
         "`{name}` 会让超出部分全免费；免费请写价格 0"),
        (r"the family has no pack `(?P<name>.+)`", "这个系列没有叠加包 `{name}`"),
        (r"a gap: nothing says what lies between (?P<name>.+) and (?P<rest>.+)", "有空档：{name} 到 {rest} 之间没写"),
        (r"an overlap: up to (?P<name>.+) the step before holds", "有重叠：{name} 以内上一段已经管了"),
        (r"more than (?P<name>\d+) packs in all", "叠加包合计不能超过 {name} 个"),
        (r"(?P<kind>.+) `(?P<name>.+)` stands in (?P<rest>.+) as well", "`{name}` 在 {rest} 里也写了"),
        # rules and offers
        (r"`(?P<name>.+)` is no fact that holds a day", "`{name}` 不是日期类的信息"),
        (r"`(?P<name>.+)` is no amount a month; known are (?P<rest>.+)", "`{name}` 不是每月金额；可用的有 {rest}"),
        (r"`home_service` stands with the benefit `(?P<name>.+)`, and with it alone",
         "`home_service` 只和 benefit `{name}` 一起用"),
        (r"nothing says whether it is open to (?P<name>.+)", "没写对这些渠道是否开放：{name}"),
        (r"nothing carries out what is granted of (?P<name>.+)", "批了这些没有写怎么办：{name}"),
        (r"no words for (?P<name>.+)", "没有写 {name} 的话"),
        (r"nothing for customers of (?P<name>.+) value", "没有写 {name} 价值的客户"),
        (r"`(?P<name>.+)` over nothing", "`{name}` 里是空的"),
        (r"field `(?P<name>.+)` needs exactly one comparison, not (?P<rest>\d+)",
         "`{name}` 只能写一个比较，现在写了 {rest} 个"),
        (r"`(?P<name>[^`]+)` is one of (?P<rest>.+), never `(?P<more>.*)`", "`{name}` 只有 {rest}，不会等于 `{more}`"),
        # shelf
        (r"the days from (?P<name>\d+) to (?P<rest>\d+) are in no window", "{name} 日到 {rest} 日不在任何时段里"),
        (r"day (?P<name>\d+) is in two windows: day (?P<rest>\d+) comes next",
         "{name} 日在两个时段里；下一段从 {rest} 日开始"),
        (r"day (?P<name>\d+) begins after a gap: day (?P<rest>\d+) comes next",
         "{name} 日前有空档；下一段从 {rest} 日开始"),
        (r"a window ends on or after its first day, by (?P<name>\d+)", "时段的末日不早于首日，最晚 {name} 日"),
        # scripts
        (r"`(?P<name>.+)` is no name for a step", "`{name}` 不能作步骤名"),
        (r"`(?P<name>.+)` is not on the checklist of (?P<rest>.+)", "`{name}` 不在 {rest} 的必做项里"),
        (r"`(?P<name>.+)` is not on the checklist", "`{name}` 不在必做项里"),
        (r"`(?P<name>.+)` answers no question", "`{name}` 没有回答任何问题"),
        (r"no step belongs to stage `(?P<name>.+)`", "阶段 `{name}` 里没有步骤"),
        (r"every way on from `(?P<name>.+)` can be used up: an endless loop for some",
         "`{name}` 的出口都会用完：有人会走进死循环"),
        (r"every way on from `(?P<name>.+)` sells: stuck where selling is closed",
         "`{name}` 的出口全是推销：不能推销时走不下去"),
        (r"what does not sell from `(?P<name>.+)` has a condition: stuck where selling is closed",
         "`{name}` 不推销的出口都带条件：不能推销时有的客户走不下去"),
        (r"no way on from `(?P<name>.+)` is open to all while the owner is not on the line",
         "`{name}` 的出口都要机主本人：不是本人时走不下去"),
        (r"every way on from `(?P<name>.+)` has a condition: some customer is stuck",
         "`{name}` 的出口都带条件：有的客户走不下去"),
        (r"`(?P<name>.+)` is no day that is known of a customer", "`{name}` 不是客户资料里的日子"),
        (r"(?P<rest>.+) has no result `(?P<name>.+)`", "{rest} 没有结果 `{name}`"),
        (r"(?P<rest>.+) has no reason `(?P<name>.+)`", "{rest} 没有原因 `{name}`"),
        (r"(?P<rest>.+) has no objection `(?P<name>.+)`", "{rest} 没有异议 `{name}`"),
        (r"(?P<rest>.+) has no SMS follow-up `(?P<name>.+)`", "{rest} 没有短信跟进 `{name}`"),
        (r"(?P<rest>.+) has no follow-up `(?P<name>.+)` that words may promise", "{rest} 没有可以答应的跟进 `{name}`"),
        (r"“(?P<name>.+)” speaks of a competitor: it needs an approval", "“{name}”提到了对手：要有批准"),
        (r"“(?P<name>.+)” speaks of a competitor", "“{name}”提到了对手"),
        (r"“(?P<name>.+)” tells a blind customer to look: word it apart with `(?P<rest>.+)`",
         "“{name}”叫看不见的客户去看：用 `{rest}` 分开写"),
        (r"“(?P<name>.+)” tells a blind customer to look", "“{name}”叫看不见的客户去看"),
        (r"not a template for a script: `(?P<name>\w+)` may not stand in a script's words",
         "话术里不能这样用模板：不能写 `{name}`"),
        (r"not a template for a script: no filter `(?P<name>.+)`; there are (?P<rest>.+)",
         "话术里不能这样用模板：没有过滤器 `{name}`；可用的有 {rest}"),
        (r"not a template for a script: longer than (?P<name>\d+) characters", "模板太长：最多 {name} 个字"),
        (r"not a template for a script: a constant longer than people say", "模板里的固定文字太长，没有人会这样说"),
        (r"not a template for a script: nested more than (?P<name>\d+) deep", "模板嵌套超过 {name} 层"),
        (r"not a template for a script: more than (?P<name>\d+) pieces", "模板太碎：最多 {name} 段"),
        (r"not a template for a script: (?P<name>.+)", "话术里不能这样用模板：{name}"),
        (r"`(?P<name>.+)` can be missing, and these words must always be sayable",
         "`{name}` 可能没有，这句话却必须总能说"),
        (r"`(?P<name>.+)` is no figure for the filter `(?P<rest>.+)`", "`{name}` 不是数，不能用过滤器 `{rest}`"),
        (r"`(?P<name>.+)` needs a filter to be said", "`{name}` 要加过滤器才能说"),
        # dispositions
        (r"1 to (?P<name>\d+) rows, one digit each", "1 到 {name} 行，每行一个数字键"),
        (r"at most (?P<name>\d+) choices, and none below a choice", "最多 {name} 个细分，细分下面不能再分"),
        (r"success `(?P<name>.+)` needs talk_min_s: a call of ten seconds is no sale",
         "成功 `{name}` 要写 talk_min_s：十秒的电话不算成交"),
        (r"success `(?P<name>.+)` needs checklist items in `must`", "成功 `{name}` 要在 `must` 里写必做项"),
        (r"labels have at most (?P<name>\d+) characters", "名称最多 {name} 个字"),
        (r"`(?P<name>.+)` is none of (?P<rest>.+)", "`{name}` 不在 {rest} 里"),
        (r"`(?P<name>.+)` is no hour such as 18:30", "`{name}` 不是 18:30 这样的时间"),
        (r"at most (?P<name>\d+) days away", "最多 {name} 天"),
        # parts
        (r"part `(?P<name>.+)` has no (?P<rest>.+)", "片段 `{name}` 没有 {rest}"),
        (r"part `(?P<name>.+)` knows nothing of `(?P<rest>.+)`", "片段 `{name}` 不认识 `{rest}`"),
        (r"unknown key `(?P<name>.+)`; a use knows (?P<rest>.+)", "不认识的键 `{name}`；引用片段时可用 {rest}"),
        (r"`(?P<name>.+)` holds names with their values", "`{name}` 下面写“名字: 值”"),
        (r"part `(?P<name>.+)` needs the exit `(?P<rest>.+)`", "片段 `{name}` 要写出口 `{rest}`"),
        (r"part `(?P<name>.+)` needs the words `(?P<rest>.+)`", "片段 `{name}` 要写文字 `{rest}`"),
        # knowledge, drills
        (r"begins with a line (?P<name>.+), then the head", "第一行是 {name}，接着是开头部分"),
        (r"the head is not closed by a line (?P<name>.+)", "开头部分没有用一行 {name} 收尾"),
        (r"a line (?P<name>.+) begins its text, exactly once", "正文用一行 {name} 开始，只能有一行"),
        (r"titles have at most (?P<name>\d+) characters", "标题最多 {name} 个字"),
        (r"texts have at most (?P<name>\d+) characters", "正文最多 {name} 个字"),
        (r"days, from 1 to (?P<name>\d+)", "是 1 到 {name} 天"),
        (r"2 to (?P<name>\d+) choices", "2 到 {name} 个选项"),
        # mappings of lists
        (r"the list has no column `(?P<name>.+)`; there are: (?P<rest>.+)", "名单里没有 `{name}` 这一列；列有：{rest}"),
        (r"`(?P<name>.*)` is no field; there are: (?P<rest>.+)", "没有 `{name}` 这个字段；可用的有：{rest}"),
        (r"`(?P<name>.+)` is no amount of money and has no unit", "`{name}` 不是金额，不带单位"),
        (r"(?P<name>.+) are all mapped to `(?P<rest>.+)`: leave one", "{name} 都写成了 `{rest}`：只留一列"),
        (r"lines of `column: field` are expected", "每行要写成 `列名: 字段`"),
        # data periods
        (r"a period each kind; missing are (?P<rest>.+)", "每一类都要写保存天数；缺少 {rest}"),
        (r"(?P<name>\w+) are kept for (?P<rest>\d+) to (?P<got>\d+) days", "{name} 的保存天数是 {rest} 到 {got} 天"),
        # calendars of places
        (r"`(?P<name>.*)` is no date like (?P<rest>.+)", "`{name}` 不是日期，应像 {rest}"),
        (r"`(?P<name>.*)` is no span like (?P<rest>.+)", "`{name}` 不是时段，应像 {rest}"),
        (r"`(?P<name>.*)` is no offset like (?P<rest>.+)", "`{name}` 不是时差，应像 {rest}"),
        (r"`(?P<name>.*)` ends before it begins", "`{name}` 还没开始就结束了"),
        (r"(?P<name>-?\d+) is no day of the week: 1 is Monday, 7 is Sunday", "{name} 不是星期几：1 是周一，7 是周日"),
        # events, retries, jobs, outreach
        (r"minutes are 1 to (?P<rest>\d+)", "分钟数是 1 到 {rest}"),
        (r"days are 1 to (?P<rest>\d+)", "天数是 1 到 {rest}"),
        (r"attempts are 1 to (?P<rest>\d+)", "次数是 1 到 {rest}"),
        (r"\d+ are 1 to (?P<rest>\d+)", "要在 1 到 {rest} 之间"),
        (r"nothing fills the place `(?P<name>.+)`", "没有内容可填到 `{name}`"),
        (r"`(?P<name>.*)` is no part of a crontab, such as 2, 8-20 or \*/15",
         "`{name}` 不是定时写法，应像 2、8-20 或 */15"),
        # factors and warning rules
        (r"unknown factor `(?P<name>.+)`", "没有 `{name}` 这个因子"),
        (r"factor `(?P<name>.+)` needs either `fact` or `worked_out`",
         "因子 `{name}` 要写 `fact` 或 `worked_out`，只写一个"),
        (r"factor `(?P<name>.+)` needs a `type`", "因子 `{name}` 要写 `type`"),
        (r"factor `(?P<name>.+)` is worked out of itself", "因子 `{name}` 由自己算出，绕了一圈"),
        (r"factor `(?P<name>.+)` is worked out by exactly one operation, not (?P<rest>\d+)",
         "因子 `{name}` 只能用一种算法，写了 {rest} 种"),
        (r"there is no source `(?P<name>.*)`", "没有来源 `{name}`"),
        (r"`(?P<name>.+)` is worked out; only what is in a snapshot has an earlier value",
         "`{name}` 是算出来的，快照里没有它的上一次"),
        (r"the word `(?P<name>.+)` stands here twice", "“{name}”写了两次"),
        (r"`(?P<name>.+)` is no day", "`{name}` 不是日期"),
        (r"`(?P<name>.+)` is no number", "`{name}` 不是数字"),
        (r"the rule does not ask for `(?P<name>.+)`", "规则没有用到 `{name}`"),
        (r"`(?P<rest>.*)` is not of the kind of `(?P<name>.+)`", "`{rest}` 与 `{name}` 的类型不符"),
        (r"the places of the words are not sound: (?P<name>.*)", "文字里的占位写得不对：{name}"),
    )
)  # fmt: skip


def rare_in_chinese(reason: str) -> str | None:
    """The reason in Chinese; None where it is not known here either."""
    if reason in WHOLE:
        return WHOLE[reason]
    for pattern, zh in PATTERNS:
        if (found := pattern.fullmatch(reason)) is not None:
            return zh.format(**{key: _word(key, value) for key, value in found.groupdict().items()})
    return None


def _word(key: str, value: str) -> str:
    """Several units are told one from the other."""
    return value.replace(" or ", " 或 ") if key == "units" else value
