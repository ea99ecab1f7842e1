"""Words of the part in which types of task are switched on and off."""

from core.domain.text import Text

PLACES, TYPES = Text("地方", "Places"), Text("任务类型", "Types of task")
WHOLE_SITE = Text("全站", "The whole site")
CUSTOMERS = Text("{customers} 位", "{customers}")
NOBODY = Text("还没有客户", "No customers yet")
READING = Text("正在读取…", "Reading…")
ON, OFF = Text("开通", "On"), Text("未开通", "Off")
AS_SITE, AS_AREA = Text("随全站", "as the site"), Text("随{area}", "as {area}")
HERE = Text("在此设定", "said here")
USUAL = Text("没有说过", "nothing said")
STATE = Text("{state} · {whence}", "{state} · {whence}")
TURN_ON, TURN_OFF, UNSAY = Text("开通", "Switch on"), Text("关闭", "Switch off"), Text("随上级", "As around it")
OTHERWISE = Text("{places} 处另有设定", "{places} places differ")
TOLD = Text(
    "关闭以后，活动不再给这里的客户派这类任务，已派的照常办完；再开通，暂缓的客户在下一轮接着派。",
    "Switched off, campaigns dispatch no such tasks to customers there; those dispatched are finished. Switched on"
    " again, whoever waits is dispatched in the next round.",
)
TURNED = Text("{type}：{place} {state}", "{type}: {state}, {place}")
