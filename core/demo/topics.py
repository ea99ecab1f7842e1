"""What customers contact the operator about, and what a specialist checks when something is broken."""

from msgspec import Struct

from core.demo.cast import Repair
from core.domain.text import Text

PERCEPTION, KEY_SERVICE = "perception", "key_service"
"""VIP-08: what was damaged"""


class Topic(Struct, frozen=True, kw_only=True):
    kind: str
    label: Text
    complaint: bool = False
    damaged: str = ""
    home: bool = False
    """about broadband"""


KINDS = {
    "complaint": Text("投诉", "Complaint"),
    "enquiry": Text("咨询", "Enquiry"),
    "wish": Text("建议", "Wish"),
}


def _complaint(zh: str, en: str, damaged: str = PERCEPTION, *, home: bool = False) -> Topic:
    return Topic(kind="complaint", label=Text(zh, en), complaint=True, damaged=damaged, home=home)


def _enquiry(zh: str, en: str, *, home: bool = False) -> Topic:
    return Topic(kind="enquiry", label=Text(zh, en), home=home)


CLOSED_TOPICS: tuple[Topic, ...] = (
    _enquiry("为什么流量费这么高", "Why is the data charge so high"),
    _enquiry("套餐余量怎么查", "How to see what is left of the plan"),
    _enquiry("积分能换什么", "What points can be redeemed for"),
    _enquiry("合约什么时候到期", "When the contract ends"),
    _enquiry("国际漫游怎么开通", "How to switch on roaming"),
    _enquiry("换 4G 卡要带什么", "What to bring for a 4G SIM"),
    _enquiry("发票如何开具", "How to get an invoice"),
    _enquiry("宽带提速要多少钱", "What a speed upgrade costs", home=True),
    _enquiry("移机要几天", "How long a line relocation takes", home=True),
    _complaint("增值业务未经同意开通", "Value-added service switched on without consent"),
    _complaint("账单与承诺不符", "Bill differs from what was promised"),
    _complaint("小区内信号弱", "Weak signal at home", KEY_SERVICE),
    _complaint("营业厅排队太久", "Too long a queue in the store"),
    _complaint("骚扰电话太多", "Too many nuisance calls"),
    _complaint("宽带晚上网速慢", "Broadband slow in the evening", KEY_SERVICE, home=True),
    _complaint("装维未按约上门", "Technician did not come as agreed", home=True),
    Topic(kind="wish", label=Text("希望老用户也有优惠", "Wishes for offers to existing customers")),
    Topic(kind="wish", label=Text("希望流量可以结转", "Wishes unused data could roll over")),
    Topic(kind="wish", label=Text("希望账单更好懂", "Wishes for a clearer bill")),
)
OPEN_TOPICS: dict[Repair, Topic] = {
    Repair.ROAMING: _complaint("出境后无法呼入呼出", "No calls in or out while abroad", KEY_SERVICE),
    Repair.BROADBAND: _complaint(
        "宽带反复掉线，维修两次未好", "Broadband keeps dropping after two repairs", KEY_SERVICE, home=True
    ),
    Repair.BILL: _complaint("账单多收，退费未到账", "Overcharged, refund not received"),
    Repair.COVERAGE: _complaint("办公楼内通话掉线", "Calls drop inside the office building", KEY_SERVICE),
}
CASE_TITLES: dict[Repair, Text] = {
    Repair.ROAMING: Text("国际漫游故障", "International roaming fault"),
    Repair.BROADBAND: Text("宽带维修两次未好", "Broadband not fixed after two visits"),
    Repair.BILL: Text("退费核实", "Refund under review"),
    Repair.COVERAGE: Text("楼内覆盖优化", "Indoor coverage"),
}
CHECKS: dict[Repair, tuple[Text, ...]] = {
    Repair.ROAMING: (
        Text("漫游数据配置：正常", "Roaming data configuration: in order"),
        Text("境外合作网络：正常", "Partner network abroad: in order"),
        Text("换机测试：待客户配合", "Swap test in another handset: waits for the customer"),
    ),
    Repair.BROADBAND: (
        Text("光功率：偏低", "Optical power: low"),
        Text("端口重置：已做，仍掉线", "Port reset: done, still drops"),
        Text("装维复勘：待约时间", "Second site survey: time to be agreed"),
    ),
    Repair.BILL: (
        Text("话单核对：确有一笔重复", "Call records: one charge is double"),
        Text("退费工单：已提交，待审批", "Refund order: submitted, awaits approval"),
    ),
    Repair.COVERAGE: (
        Text("周边基站：运行正常", "Nearby base stations: in order"),
        Text("室内信号：弱，待现场测试", "Indoor signal: weak, site test pending"),
    ),
}
