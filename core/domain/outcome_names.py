"""The codes of an outcome in words, where no content says them."""

from core.domain.outcome import CaseResult, Intent
from core.domain.text import Text

INTENT_NAMES: dict[Intent, Text] = {
    Intent.AGREES: Text("同意", "Agrees"),
    Intent.WILL_VISIT_STORE: Text("去营业厅办", "Will visit the store"),
    Intent.WOULD_PAY_BUT_DOUBTS: Text("愿付但有疑虑", "Would pay, doubts"),
    Intent.HESITANT: Text("犹豫", "Hesitant"),
    Intent.REFUSES: Text("拒绝", "Refuses"),
}
CASE_RESULT_NAMES: dict[CaseResult, Text] = {
    CaseResult.RETAINED: Text("挽留成功", "Retained"),
    CaseResult.SUSPENDED: Text("停机保号", "Suspended, number kept"),
    CaseResult.TRANSFERRED: Text("过户", "Transferred"),
    CaseResult.MOVED: Text("移机", "Moved"),
    CaseResult.DISCONNECTED: Text("已拆机", "Disconnected"),
    CaseResult.HESITANT: Text("犹豫", "Hesitant"),
}
