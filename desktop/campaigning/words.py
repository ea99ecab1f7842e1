"""Words that the parts of the campaigns page share."""

from core.domain.text import Text

TITLE = Text("活动", "Campaigns")
TABS = (
    Text("规则", "Rules"),
    Text("活动", "Campaigns"),
    Text("效果", "Effect"),
    Text("名单", "Lists"),
    Text("任务类型", "Task types"),
)
