"""Words of the page on which rules are built."""

from core.desk.rule_draft import Joint, Op
from core.domain.text import Text
from core.domain.warning_rule import Unknown
from core.wire.screening import RuleStanding

RULES, NEW = Text("规则", "Rules"), Text("新规则", "New rule")
FIND_RULE = Text("找规则", "Find a rule")
NO_RULES = Text("没有这样的规则", "No such rule")
READING = Text("正在读取…", "Reading…")
OFFLINE = Text("连不上服务器，规则要联网才能改", "The server cannot be reached: rules need it")
SNAPSHOT = Text("{time} 的快照，{customers} 位客户", "Snapshot of {time}, {customers} customers")
NO_SNAPSHOT = Text("还没有快照，算不出人数", "No snapshot yet: nobody can be counted")
STANDINGS = {
    RuleStanding.SHIPPED: Text("随程序", "shipped"),
    RuleStanding.OWN: Text("自建在用", "own, in use"),
    RuleStanding.DRAFT: Text("草稿", "draft"),
    RuleStanding.WITHDRAWN: Text("已停用", "out of use"),
    RuleStanding.BROKEN: Text("要修", "broken"),
}

NAME, NAME_EN = Text("规则名称", "Name of the rule"), Text("英文名称（可空）", "English name")
POPULATION, SCENARIO, PRIORITY = Text("人群", "Population"), Text("话术", "Script"), Text("优先级", "Priority")
PRIORITY_IS = Text("优先级 {level}", "Priority {level}")
BOUND = Text("命中上限 %", "Bound %")
BOUND_TOLD = Text(
    "命中超过全部客户的这个比例时，要确认才派单",
    "Beyond this share of all customers nothing is dispatched until confirmed",
)
CONDITIONS = Text("条件", "Conditions")
JOINTS = {
    Joint.ALL: Text("全部满足", "All of these"),
    Joint.ANY: Text("任一满足", "Any of these"),
    Joint.NONE: Text("一个也不满足", "None of these"),
    Joint.NOT_ALL: Text("不全满足", "Not all of these"),
}
OPS = {
    Op.LT: Text("小于", "<"),
    Op.LE: Text("不超过", "≤"),
    Op.GT: Text("大于", ">"),
    Op.GE: Text("不少于", "≥"),
    Op.EQ: Text("等于", "is"),
    Op.NE: Text("不等于", "is not"),
    Op.IN: Text("是其中之一", "is one of"),
    Op.KNOWN: Text("已知", "is known"),
    Op.UNKNOWN: Text("未知", "is not known"),
}
YES, NO = Text("是", "yes"), Text("否", "no")
VALUE = Text("{factor} 的界限", "Bound of {factor}")
COMPARED = Text("{factor} 怎样比", "How {factor} compares")
YUAN = Text("元", "yuan")
MATCH_OF = Text("这一组怎样算满足", "When this group holds")
ADD_HERE = Text("加条件到这里", "Add here")
ADD_GROUP = Text("加一组", "Add a group")
REMOVE = Text("去掉", "Remove")
PICK = Text("加条件：因子名、拼音首字母、分组", "Add a condition: label, initials or group")
NO_FACTORS = Text("没有这样的因子", "No such factor")
KNOWN_OF = Text("{share} 有值", "{share} known")
WORKED_OUT = Text("推算", "worked out")
NO_CONDITION = Text("还没有条件，从下面挑一个因子。", "No condition yet: pick a factor below.")
MISSING = Text("有值缺失时", "Where a value is missing")
MISSINGS = {
    Unknown.LEFT_OUT: Text("缺值的客户不算命中", "Customers with a missing value do not match"),
    Unknown.NOT_HELD: Text("缺值的那条按不满足算", "The comparison with it is not fulfilled"),
}
REASON = Text("给座席看的理由", "Reason that agents read")
REASON_EN = Text("英文理由", "Reason in English")
REASON_TOLD = Text(
    "大括号里是因子，会换成客户的数；空着就自动写",
    "Factors in braces become the customer's figures; empty: written for you",
)

TABS = (Text("人数", "Count"), Text("历史", "History"), Text("文件", "File"))
COUNTING = Text("正在算…", "Counting…")
NOT_YET = Text("条件写全就算人数。", "Counted once every condition is complete.")
MATCHED, SHARE = Text("命中", "Match"), Text("占全部", "Of all")
RESTING, ALONE = Text("其中免扰", "In peace"), Text("别的规则没找到", "Found by it alone")
TOOK = Text("{ms} 毫秒算好", "Counted in {ms} ms")
TOO_MANY = Text("超过命中上限 {bound}%，派单前要确认", "Beyond its bound of {bound}%: to be confirmed before dispatch")
NOBODY = Text("没有客户命中", "Nobody matches")
HELD = Text("暂停：{why}", "Held: {why}")
EXAMPLES = Text("座席会看到", "Agents will read")
OVERLAPS = Text("与别的规则重叠", "Overlap with other rules")
OVERLAP_COLUMNS = (Text("规则", "Rule"), Text("都命中", "Both"), Text("它共", "It has"))
NO_OVERLAPS = Text("没有重叠", "No overlap")
UNKNOWN_OF = Text("缺值：{told}", "Missing: {told}")
PAST = Text("放到过去的月份", "On past months")
PAST_COLUMNS = (
    Text("快照", "Snapshot"),
    Text("命中", "Match"),
    Text("后来离网", "Left"),
    Text("命中率", "Precision"),
    Text("提升", "Lift"),
)
NO_PAST = Text("还没有够久的快照", "No snapshot is old enough yet")
STOP_COUNT = Text("停止计算", "Stop counting")

VERSION = Text("版本 {version}", "Version {version}")
SHIPPED_VERSION = Text("版本 {version} · 随程序", "Version {version} · shipped")
SAVED_BY = Text("版本 {version} · {who} · {time}", "Version {version} · {who} · {time}")
IN_USE = Text("在用", "in use")
DIFFERENCE = Text("与上一版比", "Against the one before")
FIRST = Text("第一版", "The first version")
SAME = Text("内容没有变", "Nothing differs")
USE_THIS = Text("启用这一版", "Use it")
OPEN_THIS = Text("按这一版改", "Edit it")
WITHDRAW = Text("停用规则", "Withdraw")
NO_HISTORY = Text("保存后这里有历史", "The history begins with the first save")
FILE_TOLD = Text("YAML，可以改了再读入", "YAML: change it and read it in")
READ_IN = Text("读入", "Read in")
FLAW = Text("第 {line} 行：{why}", "Line {line}: {why}")
SOUND = Text("没有发现错误", "No mistakes found")

NOTE = Text("改了什么、为什么（要写）", "What was changed and why (needed)")
SAVE, PUBLISH = Text("存草稿", "Save draft"), Text("保存并启用", "Save and use")
SAVED = Text("已保存为版本 {version}。", "Saved as version {version}.")
PUBLISHED = Text("版本 {version} 已启用。", "Version {version} is in use.")
TAKEN_OUT = Text("规则已停用。", "The rule is out of use.")
CHANGED = Text("有改动未保存", "Changes not saved")
INCOMPLETE = Text("名称、条件写全才能保存", "A name and complete conditions are needed")
