"""The words of the model's report."""

from core.domain.text import Text
from core.screening.model.figures import Figure
from core.screening.model.record import Learner, Source
from core.screening.model.splitting import FOLDS

TITLE = Text("离网模型报告", "Report on the churn model")
LEARNERS = {
    Learner.TREES: Text("LightGBM 树模型", "LightGBM's trees"),
    Learner.SCORECARD: Text("逻辑回归评分卡", "logistic scorecard"),
}
SUMMARY = Text(
    "{file}：{rows} 行，{customers} 位客户，其中离网 {left} 行（“{label}”）。",
    "{file}: {rows} rows, {customers} customers, of which {left} rows left, as “{label}” says.",
)
BY_TIME = Text(
    "按时间分开：从最早的 {trained} 行学，另用 {between} 行定概率，用 {day} 起的 {tested} 行检验，"
    "这些行学习时没有见过。",
    "Parted by time: learnt from the first {trained} rows; {between} more set the chances; proved on the"
    " {tested} from {day} on, which it did not learn from.",
)
SAMPLED = Text(
    "快照共 {of} 行，内存放不下全部：按客户编号的哈希抽取客户，学习和检验都只用抽到的 {rows} 行；"
    "同一客户要么每月都在，要么都不在。",
    "The snapshots have {of} rows, more than memory has room for: customers were drawn by a hash of their id, and"
    " nothing but the {rows} rows of those drawn was learnt from or proved on. A customer is in it with every month or"
    " with none.",
)
_CANNOT_SHOW = Text("这看不出对以后的客户准不准。", "This cannot show how good it is for later customers.")
BY_HASH = Text(
    "名单没有时间，按客户的哈希分开：从 {trained} 行学，另用 {between} 行定概率，用 {tested} 行检验，"
    "这些行学习时没有见过。" + _CANNOT_SHOW.zh,
    "The list has no time: parted by a hash of the customer. Learnt from {trained} rows; {between} more set the"
    " chances; proved on {tested} that it did not learn from. " + _CANNOT_SHOW.en,
)
BY_FOLDS = Text(
    "名单没有时间，按客户的哈希分成 {folds} 份，轮流用其余各份学、用这一份检验；最后留下的模型从全部 {rows} 行学得。"
    + _CANNOT_SHOW.zh,
    "The list has no time: parted by a hash of the customer into {folds}, each of them proved in turn by what the"
    " others taught; the model that is kept was learnt from all {rows} rows. " + _CANNOT_SHOW.en,
)
BEATEN = Text(
    "树模型胜过评分卡：AUC 高 {gap}，因此使用树模型。",
    "The trees beat the scorecard by {gap} of AUC, so the trees are used.",
)
NOT_BEATEN = Text(
    "树模型没有可靠地胜过评分卡（AUC 差 {gap}，区间含 0），因此使用更简单的评分卡。",
    "The trees do not reliably beat the scorecard (AUC {gap}, an interval that holds 0), so the simpler scorecard is"
    " used.",
)
BEHIND = Text(
    "评分卡胜过树模型（树模型的 AUC 差 {gap}，区间全在 0 以下），因此使用评分卡。",
    "The scorecard reliably beats the trees (their AUC {gap}, an interval below 0), so the scorecard is used.",
)
CAUTIONS = Text("外呼之前请先看", "Before anyone is called")
NO_CAUTIONS = Text("没有发现需要提醒的问题。", "Nothing was found that has to be said.")
GRAVE = Text("要先确认", "to be accepted first")
FIGURES = Text("效果", "How good it is")
FIGURES_NOTE = Text(
    "括号内是 95% 区间，按客户自助抽样。", "In brackets the intervals of 95 percent, by bootstrap over customers."
)
FIGURE = Text("指标", "figure")
AUC = Text("AUC（分清离网与在网，0.5 为随机）", "AUC (parting leavers from stayers; 0.5 is chance)")
LIFT = Text("前 10% 提升倍数", "lift of the top tenth")
ECE = Text("概率校准误差 ECE", "calibration error (ECE)")
BRIER = Text("Brier 分", "Brier score")
PROFIT = Text("每千名客户预期收益（元）", "expected profit for 1,000 customers (yuan)")
COSTS = Text(
    "收益按所给假设：一次外呼 {call} 元，留住一位值 {worth} 元，外呼能留住 {saved} 的离网客户；"
    "离网概率达到 {from_} 才值得拨打。"
    "能留住多少只有设对照组的活动才能看出。",
    "Profit goes by what was stated: a call costs {call} yuan, a customer who stays is worth {worth} yuan, a call keeps"
    " {saved} of the leavers; it pays from a chance of {from_}. How many a call keeps only a campaign with a control"
    " group shows.",
)
NO_COSTS = Text(
    "没有给出成本，因此不说收益（--call-cost、--worth、--saved）。",
    "No costs were stated, so no profit is told (--call-cost, --worth, --saved).",
)
GAINS = Text("先拨最可能离网的客户，能找到多少离网客户", "Leavers found when the likeliest are called first")
CUSTOMERS_CALLED = Text("拨打的客户", "customers called")
LEAVERS_FOUND = Text("找到的离网客户", "leavers found")
CALIBRATION = Text("说出的概率与实际", "What was told and what came")
TOLD, SEEN = Text("说出的概率", "told chance"), Text("实际离网", "left")
WEIGHTS = Text("看重哪些列", "What it looks at")
WEIGHTS_NOTE = Text(
    "与离网一同出现的，不等于离网的原因。", "What goes along with leaving, which need not be why anybody leaves."
)
SEGMENTS = Text("分群", "By segment")
SEGMENT_HEADS = (
    Text("客户群", "segment"), Text("行数", "rows"), Text("实际离网", "left"), Text("说出的概率", "told"),
    Text("AUC", "AUC"), Text("提升", "lift"),
)  # fmt: skip
SEGMENT_AXIS = Text("AUC，0.5 为随机", "AUC; 0.5 is chance")
TOO_FEW = Text("太少", "too few")
DRIFT = Text("与训练时相比的变化（PSI）", "Moved since training (PSI)")
COLUMNS = Text("没有使用的列", "Columns that are not used")
MADE = Text(
    "{id}，{by} 于 {at} 训练；名单 SHA-256 {sha256}；{engine}。",
    "{id}, trained by {by} at {at}; SHA-256 of the list {sha256}; {engine}.",
)


def summed_up(source: Source, label: str) -> list[tuple[Text, dict[str, object]]]:
    """What was learnt from and what was proved: texts with what fills their places."""
    whole: dict[str, object] = {
        "file": source.file, "rows": source.rows, "customers": source.customers, "left": source.left, "label": label
    }  # fmt: skip
    parts: dict[str, object] = {
        "trained": source.trained, "tested": source.tested, "between": source.rows - source.trained - source.tested,
        "day": source.first_test_day, "rows": source.rows, "folds": FOLDS,
    }  # fmt: skip
    said = [(SUMMARY, whole)]
    if source.sampled_of:
        said.append((SAMPLED, {"of": source.sampled_of, "rows": source.rows}))
    if source.folded:
        return [*said, (BY_FOLDS, parts)]
    return [*said, (BY_TIME if source.by_time else BY_HASH, parts)]


def compared(used: Learner, ahead: Figure) -> Text:
    """Why that learner is in use; has a place for the `gap`, which is `ahead`: the trees' AUC less the scorecard's."""
    if used is Learner.TREES:
        return BEATEN
    return BEHIND if ahead.high < 0 else NOT_BEATEN


EVALUATION = Text("离网模型在新名单上的效果", "The churn model on another list")
EVALUATED = Text(
    "模型 {id} 在 {file} 的 {rows} 行（离网 {left} 行，见“{label}”）上的效果。",
    "Model {id} on {rows} rows of {file}, of which {left} left, as “{label}” says.",
)
