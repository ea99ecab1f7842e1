"""Words of taking a review away, and of the problems that calls met."""

from core.domain.text import Text

PARTS = (Text("总览", "Overview"), Text("责任包与积分", "Packages and points"), Text("问题归因", "Problems met"))
PARTS_NAME = Text("复盘的各部分", "Parts of the review")
XLSX, PDF, PICTURE = Text("导出 Excel", "To Excel"), Text("导出 PDF", "To PDF"), Text("复制图片", "Copy picture")
FOLDER, FOLDER_HINT = Text("存到", "Save to"), Text("导出文件放在这个文件夹", "Exports go into this folder")
WRITING = Text("正在导出…", "Writing…")
WRITING_AT = Text("正在导出 {done} / {all} 行", "Writing, {done} of {all} rows")
NOT_WRITTEN = Text("已停下，没有留下文件。", "Stopped; no file was left.")
WRITTEN = Text("已存 {path}（{n} 行），已留记录", "Saved {path} ({n} rows); it is on record")
PDF_WRITTEN = Text("已存 {path}，已留记录", "Saved {path}; it is on record")
COPIED = Text("图片已复制，可以直接粘贴；已留记录", "The picture is copied; it is on record")
NOT_CALLS = Text("通话清单有客户信息，不复制图片；请先回总览。", "The list of calls names customers: go back to copy.")
NOTHING = Text("还没有数据可导出。", "There is nothing to take away yet.")
NO_RIGHT = Text("这个工号没有导出权限", "No right to export")

GROUPING = Text("正在归类…", "Grouping…")
GROUPING_AT = Text("正在归类 {done} / {all}", "Grouping, {done} of {all}")
NOT_GROUPED = Text("已停下；再进这一栏就重新归类。", "Stopped; come back to this part to group them.")
PROBLEMS = Text("客户遇到的问题", "Problems customers met")
PROBLEMS_NOTE = Text("{said} 次说明了问题，共 {of} 次接通", "{said} of {of} calls say what")
NO_PROBLEMS = Text("这段时间的通话没有原因也没有备注。", "No call of this period has a reason or a note.")
CHOOSE_PROBLEM = Text(
    "选一个问题，看代表的通话，改名，或反馈给部门。", "Choose a problem to see calls, name it, send it on."
)
EXAMPLES = Text("听这几通", "Calls to hear")
OPEN_CALL = Text("打开 {day} {who} 的通话", "Open the call of {day}, {who}")
NO_NOTE = Text("（只选了原因，没有备注）", "(a reason alone, no note)")
TELLING = Text("关键词：{words}", "Words: {words}")
CALLS = Text("{n} 次", "{n} calls")
SHARE = Text("{share} 的通话", "{share} of the calls")
NAME, RENAME, RENAMED = Text("换个名字", "Another name"), Text("改名", "Rename"), Text("已改名", "Renamed")
DEPARTMENT, WHAT = Text("反馈给", "Send to"), Text("写给部门的话", "What to tell them")
SEND, SENT = Text("发送反馈", "Send"), Text("已反馈给 {name}，进展会回到跟进页", "Sent to {name}; its state comes back")
NO_DEPARTMENT = Text("没有接收反馈的部门。", "No department takes feedback.")

HANDOUT = Text("外呼复盘", "Review of calls")
MEASURE_HEADS = (
    Text("指标", "Measure"), Text("本期", "This period"), Text("上期", "Before"), Text("依据", "From"),
)  # fmt: skip
AS_OF = Text("数据截至 {at}", "Data as of {at}")
TAKEN = Text("{who} 于 {at} 导出", "taken by {who}, {at}")
PAGE = Text("第 {n} 页", "page {n}")
