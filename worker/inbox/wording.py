"""The words of a report, in Chinese and in English."""

from dataclasses import dataclass

from worker.newspaper.model import Certainty, Kind, RepairKind, Severity
from worker.newspaper.rules import Text
from worker.tables import Stage


@dataclass(frozen=True, slots=True)
class Counted:
    """What is said of one, and of several; Chinese needs only one of them."""

    one: Text
    several: Text

    def of(self, count: int) -> Text:
        """Give the words for so many."""
        return self.one if count == 1 else self.several


PROBLEMS = Counted(Text("{count} 个问题", "{count} problem"), Text("{count} 个问题", "{count} problems"))
NOTES = Counted(Text("{count} 条提示", "{count} note"), Text("{count} 条提示", "{count} notes"))
STORIES = Counted(Text("{count} 篇", "{count} story"), Text("{count} 篇", "{count} stories"))
LINES = Counted(Text("第 {lines} 行", "line {lines}"), Text("第 {lines} 行", "lines {lines}"))
AND = Text("、", ", ")

TITLE = {
    Stage.STORED: Text("{name} 已入库", "{name} is stored"),
    Stage.DUPLICATE: Text("{name} 已经收过", "{name} has been received before"),
    Stage.REJECTED: Text("{name} 没有收下", "{name} was not accepted"),
    Stage.FAILED: Text("{name} 没有处理成", "{name} could not be processed"),
}

NOW_ON_DASHBOARD = Text("现在的情况请看看板：<{address}>", "How it stands now, on the dashboard: <{address}>")
NOW_BY_COMMAND = Text("现在的情况可用命令查看：{command}", "How it stands now: {command}")
AS_OF = Text("本报告写于 {at}（{zone}）。", "This report says how it stood as of {at} ({zone}).")

ABOUT = {
    Stage.STORED: Text(
        "这个文件已读入并存好，每一个字都可以查到。", "This file has been read and stored; every word can be found."
    ),
    Stage.DUPLICATE: Text(
        "同样的内容已经在库里，没有重复入库，也没有丢失任何东西。",
        "The same content is in the archive already. It was not stored twice, and nothing is lost.",
    ),
    Stage.REJECTED: Text(
        "这个文件读不了，问题在文件本身；原样再投一次，结果也一样。",
        "This file cannot be read. The file itself is at fault: dropping the same file again would end the same way.",
    ),
    Stage.FAILED: Text(
        "问题不在这个文件，在 Jumpline 这一边：试过几次都没有成功。文件完好，没有丢失。",
        "The file is not at fault: Jumpline itself tried several times and failed. The file is safe, nothing is lost.",
    ),
}

EARLIER = Text("先前的那一次：投递 d{number}，{day} 收到。", "The earlier one: delivery d{number}, received {day}.")
REASON = Text("记录的原因：{reason}", "The recorded reason: {reason}")

PAGE = Text("{paper}　{date}　{page}", "{paper}, {date}, {page}")
LABEL = Text("{label} 版", "page {label}")
UNKNOWN_PAPER = Text("报纸不明", "unknown paper")
UNKNOWN_DATE = Text("日期不明", "unknown date")
UNKNOWN_PAGE = Text("版次不明", "unknown page")
REPLACED = Text("这一版后来又有新的文件送到，以新的为准。", "A later file has taken the place of this page.")
IDENTIFY = Text(
    "还不知道这是哪一天哪一版，先单独存放。请补上（也可以在网页上填写）：",
    "It is not known which page this is, so it is kept by itself. Please say what is missing (or do so on the "
    "dashboard):",
)
PLACEHOLDERS = {
    "paper": Text("报纸名称", "PAPER"),
    "date": Text("年-月-日", "YYYY-MM-DD"),
    "page": Text("版次", "PAGE"),
}

JOINED = Text("已与其他版接上：{with_pages}", "Joined with {with_pages}")
JOINED_WITH = Text("{page} 版 {stories}", "{page}: {stories}")

ARTICLES = Text("读到 {count} 篇稿件", "Articles read: {count}")
NO_ARTICLES = Text("这一版上没有读到稿件。", "No articles were found on this page.")
OPENING = Text("（无标题）“{words}”", "(no headline) “{words}”")
CONTINUED_FROM = Text("接自 {page}", "continued from {page}")
CONTINUED_TO = Text("下转 {page}", "continues on {page}")
KINDS = {
    Kind.PHOTO: Text("图片", "photo"),
    Kind.CONTINUATION: Text("接版", "continuation"),
    Kind.NOTICE: Text("公告", "notice"),
    Kind.BRIEF: Text("简讯", "brief"),
    Kind.TABLE: Text("表格", "table"),
}

FOUND = Text("发现 {what}", "Found: {what}")
NO_FINDINGS = Text("没有发现问题。", "No problems were found.")
WAITING = Text("等待接上的转版：{count} 处", "Jump lines still waiting: {count}")
LINE = Text("第 {line} 行，", "line {line}, ")
MORE = Text("另有 {count} 个，网页上可以看到全部。", "And {count} more; the dashboard shows them all.")
MEND = Text("怎么办：{mend}", "What to do: {mend}")
SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("提示", "note"),
}

REPAIRS = Text("整理了 {count} 处（字句没有改动）", "Put in order: {count} (no word was changed)")
REPAIR = Text("{lines}：{what}{proposed}", "{lines}: {what}{proposed}")
REPAIR_KINDS = {
    RepairKind.JOIN_PARAGRAPH: Text("被栏尾断开的一段已接上", "a paragraph cut at a column's end was joined"),
    RepairKind.REATTACH_TEXT: Text("错放在别的标题下的文字已归位", "text under another headline was put back"),
    RepairKind.FILL_MERGED_CELL: Text("合并的单元格已补上", "a merged table cell was filled"),
}
PROPOSED = {
    Certainty.PROPOSED: Text("（只是建议，请您确认）", " (only proposed: please confirm)"),
}

NEXT = Text("接下来", "What to do next")
NEXT_STEPS = {
    Stage.STORED: Text(
        "如有问题，请改正后用同样的文件名再投一次，新的会替换旧的。",
        "Correct the problems and drop the file again under the same name: the new one takes the old one's place.",
    ),
    Stage.DUPLICATE: Text("不需要做任何事。", "Nothing needs to be done."),
    Stage.REJECTED: Text(
        "请按上面说的改正，或者向供稿方重新要一份，再投一次。",
        "Mend the file as said above, or ask its sender for a sound copy, and drop it again.",
    ),
    Stage.FAILED: Text(
        "请把这份报告转给管理员。故障排除后运行：{retry}（网页上也有“重试”按钮）。",
        "Please pass this report on to whoever runs Jumpline. Once the trouble is over: {retry} "
        "(or the retry button on the dashboard).",
    ),
}
NOTHING_TO_DO = Text("不需要做任何事。", "Nothing needs to be done.")
ONLY_WAITING = Text(
    "不需要做任何事：对应的版送到后，转版会自动接上。",
    "Nothing needs to be done: the stories are joined as soon as the other page comes.",
)

ORIGINAL = Text("原件", "The original")
KEPT = Text(
    "投递编号 d{number}，{bytes} 字节。原始内容一直保存着，校验码 sha256：",
    "Delivery d{number}, {bytes} bytes. Its bytes are kept for ever, under sha256",
)
