"""Words of the sign-in window."""

from core.domain.text import Text

TITLE = Text("登录 Stayline", "Sign in to Stayline")
SUBTITLE = Text("外呼维系工作台", "The outbound retention desk")
SERVER = Text("服务器地址", "Server address")
STAFF_NUMBER = Text("工号", "Staff number")
PASSWORD = Text("密码", "Password")
PASSPHRASE = Text("本机数据口令", "Passphrase of this machine's data")
PASSPHRASE_NEW = Text(
    "密码正确。这台电脑没有系统密钥环，请设一个口令来加密本机数据；忘记后本机未上传的结果无法打开。",
    "Your password is right. This computer has no keyring: set a passphrase that encrypts the data kept here; without "
    "it, results not yet uploaded cannot be opened.",
)
PASSPHRASE_NEW_ORGANISATION = Text(
    "单位账号已确认。这台电脑没有系统密钥环，请设一个口令来加密本机数据；忘记后本机未上传的结果无法打开。",
    "Your account is confirmed. This computer has no keyring: set a passphrase that encrypts the data kept here; "
    "without it, results not yet uploaded cannot be opened.",
)
PASSPHRASE_ASK = Text("请输入加密本机数据的口令。", "Enter the passphrase that encrypts the data kept here.")
PASSPHRASE_AGAIN = Text("再输入一次口令", "The passphrase once more")
DIFFERENT = Text("两次输入的口令不同，请重新输入。", "The two passphrases differ; enter them again.")
SIGN_IN = Text("登录", "Sign in")
SIGNING_IN = Text("正在登录…", "Signing in…")
ORGANISATION = Text("用单位账号登录", "Sign in with your organisation")
IN_BROWSER = Text(
    "请在浏览器里完成登录，完成后自动回到这里。", "Finish in your browser; you are back here by yourself once done."
)
NOT_IN_BROWSER = Text("不等了", "Cancel")
STAY = Text("在本机保持登录", "Stay signed in on this machine")
OFFLINE_NOTE = Text(
    "连不上服务器时，可用上次的密码离线登录，继续做本机已有的任务。",
    "When the server cannot be reached, your last password signs you in offline to what is on this machine.",
)
FIRST_NOTE = Text(
    "第一次在这台电脑上登录要连上服务器，那之前本机没有您的任务；以后断网时可用密码离线登录。",
    "Your first sign-in on this machine needs the server: until then nothing of yours is here. Later ones can be "
    "offline.",
)
NOTHING_HERE = Text(
    "这台电脑上还没有您的数据，不能离线工作。请核对服务器地址和网络，再登录一次。",
    "Nothing of yours is on this machine, so you cannot work offline. Check the address and the network, then sign in.",
)
NEEDED = Text("请填写工号和密码。", "Enter your staff number and password.")
NEEDED_STAFF = Text(
    "请先填写您的工号，再用单位账号登录。", "Enter your staff number first, then sign in with your organisation."
)
NEEDED_SERVER = Text(
    "请填写服务器地址（如 https://stayline.example），不知道可问管理员。",
    "Enter the server's address (such as https://stayline.example); your administrator knows it.",
)
PATH_NEXT = Text(
    "地址末尾多了“{path}”：请去掉它，只留到“{address}”。",
    "“{path}” follows the address: remove it and leave “{address}”.",
)
NEEDED_PASSPHRASE = Text("请填写本机数据口令（至少 8 个字符）。", "Enter the passphrase (at least 8 characters).")
CERTIFICATES = Text("服务器证书文件", "The server's certificate file")
CERTIFICATES_HINT = Text("把文件拖到这里，或填写它的位置", "Drop the file here, or enter where it is")
CHECK_CODE = Text("管理员念的核对码", "Check code that your administrator read to you")
CHECK_CODE_HINT = Text("如 ABCD-EFGH-2345-…", "such as ABCD-EFGH-2345-…")
OR_OFFLINE = Text(
    "急着用：什么都不填，再登录一次，先离线做本机已有的任务；结果留在本机，核对好后再上传。",
    "Cannot wait? Fill in nothing and sign in once more: you go on offline with what is here, and it is uploaded "
    "once this is settled.",
)
LANGUAGE = Text("English", "中文")
DEMO = Text("演示：工号 1027 或 2043，密码 stayline-demo", "Demo: staff number 1027 or 2043, password stayline-demo")
