"""Words of the practice page."""

from core.domain.drill import DrillStep
from core.domain.text import Text

TITLE = Text("练习", "Practice")
DRILLS = Text("情景练习", "Drills")
NONE = Text("服务器还没有发布练习。", "The server has published no drills yet.")
CHOOSE = Text("↑ ↓ 选，Enter 开始", "Arrows choose, Enter begins")
STANDS = Text("到第 {at} 步，共 {of} 步", "At step {at} of {of}")
DONE = Text("练过 {times} 遍，最好 {best}/{of}", "Done {times}×, best {best}/{of}")
NEW = Text("还没练过", "Not tried yet")
SITUATION = Text("情况：{words}", "Situation: {words}")
CUSTOMER = Text("客户说", "The customer says")
OWN = Text("先用自己的话答一句（可不写）", "Answer in your own words first (or skip)")
OWN_HINT = Text("写完按 Enter，再从下面挑最接近的一句", "Enter when done, then pick the nearest below")
YOURS = Text("您写的：{words}", "You wrote: {words}")
CHOICES = Text("您会怎么说？按数字选", "What would you say? Press its digit")
MODEL = Text("示范", "Model answer")
RIGHT = Text("答得好", "Well said")
WRONG = Text("再想想：更好的是第 {best} 句", "Not quite: number {best} is better")
GO_ON = Text("继续", "Go on")
FINISH = Text("看结果", "See the result")
AGAIN = Text("再练一遍", "Once more")
NEXT = Text("下一个练习", "Next drill")
JOINT = Text("、", ", ")
SCORE = Text("{of} 步答对 {right} 步", "{right} of {of} right")
MISSED = Text("还要练：{steps}", "To practise again: {steps}")
ALL_RIGHT = Text("四步都稳，可以上线了。", "All four steps are steady. You are ready.")
REVIEW_RIGHT = Text("✓ {step}：{words}", "✓ {step}: {words}")
REVIEW_WRONG = Text("✗ {step}：{words}", "✗ {step}: {words}")
LESSON = Text("记住这一条", "Take this along")
IN_CALL = Text("有通话在进行，练习停在这里等您。", "A call is under way; the drill waits here for you.")
STEPS: dict[DrillStep, Text] = {
    DrillStep.EMPATHISE: Text("共情", "Empathise"),
    DrillStep.CLARIFY: Text("澄清", "Clarify"),
    DrillStep.ANSWER: Text("解答", "Answer"),
    DrillStep.CONFIRM: Text("确认", "Confirm"),
}
