"""What an effect report says, in both languages."""

from core.domain.text import Text
from core.wire.campaign_effect import Verdict

VERDICTS: dict[Verdict, Text] = {
    Verdict.HELPED: Text(
        "活动有效：{days} 天后，应触达组在网率比对照组高 {points} 个百分点（95% 区间 {low} 到 {high}）。",
        "The campaign helped: {days} days after the draw, {points} points more of those drawn to be reached are on net"
        " than of those held out (95 % interval {low} to {high}).",
    ),
    Verdict.HARMED: Text(
        "活动适得其反：{days} 天后，应触达组在网率比对照组低 {points} 个百分点（95% 区间 {low} 到 {high}）。",
        "The campaign did harm: {days} days after the draw, {points} points fewer of those drawn to be reached are on"
        " net than of those held out (95 % interval {low} to {high}).",
    ),
    Verdict.NONE_SHOWN: Text(
        "看不出活动改变了什么：{days} 天后应触达组与对照组的在网率相差 {points} 个百分点，"
        "95% 区间 {low} 到 {high}，含 0。",
        "No effect is shown: {days} days after the draw those drawn to be reached are {points} points from those held"
        " out, and the 95 % interval {low} to {high} holds nought.",
    ),
    Verdict.NOT_DUE: Text(
        "还不到时候：抽组满 {days} 天、离网名单导到那一天以后，才能说效果。",
        "Too early: an effect can be told once {days} days have passed since the draw and the list of those who left"
        " reaches that far.",
    ),
    Verdict.TOO_FEW: Text(
        "人数太少，说不出效果：满 {days} 天的应触达 {treated} 位、对照 {control} 位，两组各至少 {least} 位。",
        "Too few to tell an effect: {treated} of those drawn to be reached and {control} of those held out are due"
        " after {days} days; each arm has to have {least}.",
    ),
    Verdict.NO_CONTROL: Text(
        "没有对照组，说不出活动的效果：会留下的客户里，分不清谁是被留住的，谁本来就不走。下面只有前后变化。",
        "There is no control group, so no effect can be told: of those who stayed, nobody knows who was kept and who"
        " would have stayed. What follows is before and after alone.",
    ),
    Verdict.BROKEN: Text(
        "对照组不能用，不说效果：{why} 下面只有前后变化。",
        "The control group cannot be used, and no effect is told: {why} What follows is before and after alone.",
    ),
}  # fmt: skip
NOBODY_DRAWN = Text(
    "还没有抽过客户，没有效果可说。", "Nobody was drawn yet: there is no effect to tell."
)  # fmt: skip
NOBODY_LISTED = Text(
    "还没有导入离网名单（stayline-server on-net），不知道谁离网了。",
    "No list of those who left was brought in (stayline-server on-net): who left is not known.",
)
WON_BACK = Text(
    "抽组之前所有人都已离网，在网率说不出效果：请看办成、订购与对照组相比；自己回来的客户这里看不到。",
    "Everybody had left before the draw, so being on net tells nothing: see who agreed and ordered, beside those held"
    " out. Who comes back by themselves is not known here.",
)
ARMS_CHANGED = Text(
    "按种子重抽，与记录的分组不符。", "Drawn again by its seed, the arms are not those on record."
)  # fmt: skip
SHARE_OFF = Text(
    "对照 {control} 位、应触达 {treated} 位，与说好的 {percent}% 对照不符。",
    "{control} are held out and {treated} are not, which is not the {percent} % that was stated.",
)
UNLIKE = Text(
    "活动之前两组就不同：“{name} {word}”在应触达组占 {treated}，在对照组占 {control}。",
    "The arms differed before anybody was reached: “{name} {word}” are {treated} of those drawn to be reached and"
    " {control} of those held out.",
)
CONTROL_CALLED = Text(
    "对照组里有 {count} 位因别的事接到过外呼；他们照样算对照，效果只会显得小一些。",
    "{count} of those held out were called for something else; they count as held out, which can only make the effect"
    " look smaller.",
)
YOUNG = Text(
    "还有 {count} 位不满 {days} 天，两组都没有计入；到期后数字会变，请以全部到期时为准。",
    "{count} more are not due after {days} days and count in neither arm: figures will move until all are due.",
)
LEFT_BEFORE = Text(
    "{count} 位在抽组之前已离网，两组都不计，下面的数字也不含他们。",
    "{count} had left before the draw and are in neither arm, nor in the figures below.",
)  # fmt: skip
MANY_LOOKED = Text(
    "下面的分组、其他天数都只供参考：看得多了，总有几个碰巧不含 0；结论只看上面这一句。",
    "Groups and other days are for orientation only: of many, some miss nought by chance. The sentence above is the"
    " verdict.",
)
CANNOT_SHOW = Text(
    "前后对比只说变了几个百分点，说明不了为什么：季节、资费、竞争对手、本来就不走的客户都算在里面。",
    "Before and after say by how many points something moved, and nothing of why: season, prices, competitors and those"
    " who would have stayed anyway are all in it.",
)
SCORE, RULE, MODEL = Text("评分", "score"), Text("规则", "rule"), Text("模型", "model")


def filled(text: Text, **values: object) -> Text:
    """A text with its places filled in both languages; a Text among the values in each its own."""

    def of(words: str, zh: bool) -> str:
        own = {name: (one.zh if zh else one.en) if isinstance(one, Text) else one for name, one in values.items()}
        return words.format(**own)

    return Text(of(text.zh, True), of(text.en, False))


def joined(texts: list[Text]) -> Text:
    """Sentences one after the other."""
    return Text("".join(one.zh for one in texts), " ".join(one.en for one in texts))
