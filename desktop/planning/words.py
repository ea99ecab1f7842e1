"""Words of the planner's pages."""

from core.domain.text import Text

TITLE = Text("策划", "Planning")
TABS = (
    Text("话术图", "Scripts"),
    Text("存量总览", "The base"),
    Text("迁移路径", "Migration map"),
    Text("调查结果", "Surveys"),
)

# scripts
FOLDER = Text("内容文件夹（回车读取；留空看随程序的）", "Content folder (Enter reads; empty: the one shipped)")
SHIPPED = Text("随程序的内容", "The content shipped with the program")
SCRIPTS = Text("话术", "Scripts")
GRAPH = Text("话术图", "The script as a graph")
NO_SCRIPT = Text("这个文件读不出话术，见左下。", "No script can be read from this file; see at the left below.")
SOUND = Text("没有发现错误", "No mistakes found")
MISTAKES = Text("错误", "Mistakes")
MISTAKE = Text("{file} 第 {line} 行：{reason}", "{file}, line {line}: {reason}")
READ_AT = Text("{time} 读取", "Read at {time}")
WALK = Text("试走", "Walk it")
WALKER = Text("客户", "Customer")
NAMELESS = Text("客户 {id}", "Customer {id}")
NO_WALKER = Text("还没有客户可选", "No customers to choose from")
OFFLINE = Text("连不上服务器", "The server cannot be reached")
ENDED = Text("话术到此结束。", "The script ends here.")
BACK = Text("上一步", "Back")
AGAIN = Text("从头", "From the start")
STEPS = Text("{steps} 步，{answers} 个回答", "{steps} steps, {answers} answers")
DISCLOSES = Text("核身后", "owner only")
SELLS = Text("推荐", "sells")
ASKS = Text("问题", "question")
ENDS = Text("结束", "end")
START = Text("开始", "start")
ZOOM = Text("+ − 缩放，0 全图，方向键走动", "+ − zoom, 0 whole, arrows move")
