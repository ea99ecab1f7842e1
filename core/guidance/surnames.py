"""Forms of address: 李先生, 欧阳女士, Mr Li. A surname that is not in the table keeps its characters in English."""

from core.domain.customer import Gender
from core.domain.text import Text

_ROMAN = """
王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 赵 Zhao 黄 Huang 周 Zhou 吴 Wu 徐 Xu 孙 Sun 胡 Hu 朱 Zhu 高 Gao 林 Lin
何 He 郭 Guo 马 Ma 罗 Luo 梁 Liang 宋 Song 郑 Zheng 谢 Xie 韩 Han 唐 Tang 冯 Feng 于 Yu 董 Dong 萧 Xiao 肖 Xiao 程 Cheng
曹 Cao 袁 Yuan 邓 Deng 许 Xu 傅 Fu 沈 Shen 曾 Zeng 彭 Peng 吕 Lü 苏 Su 卢 Lu 蒋 Jiang 蔡 Cai 贾 Jia 丁 Ding 魏 Wei
薛 Xue 叶 Ye 阎 Yan 闫 Yan 余 Yu 潘 Pan 杜 Du 戴 Dai 夏 Xia 钟 Zhong 汪 Wang 田 Tian 任 Ren 姜 Jiang 范 Fan 方 Fang
石 Shi 姚 Yao 谭 Tan 廖 Liao 邹 Zou 熊 Xiong 金 Jin 陆 Lu 郝 Hao 孔 Kong 白 Bai 崔 Cui 康 Kang 毛 Mao 邱 Qiu 秦 Qin
江 Jiang 史 Shi 顾 Gu 侯 Hou 邵 Shao 孟 Meng 龙 Long 万 Wan 段 Duan 雷 Lei 钱 Qian 汤 Tang 尹 Yin 黎 Li 易 Yi 常 Chang
武 Wu 乔 Qiao 贺 He 赖 Lai 龚 Gong 文 Wen 庞 Pang 樊 Fan 兰 Lan 殷 Yin 施 Shi 陶 Tao 洪 Hong 翟 Zhai 安 An 颜 Yan
倪 Ni 严 Yan 牛 Niu 温 Wen 芦 Lu 季 Ji 俞 Yu 章 Zhang 鲁 Lu 葛 Ge 伍 Wu 韦 Wei 申 Shen 尤 You 毕 Bi 聂 Nie 焦 Jiao
向 Xiang 柳 Liu 邢 Xing 路 Lu 岳 Yue 齐 Qi 梅 Mei 莫 Mo 庄 Zhuang 辛 Xin 管 Guan 祝 Zhu 左 Zuo 涂 Tu 谷 Gu 祁 Qi
时 Shi 舒 Shu 耿 Geng 牟 Mu 卜 Bu 詹 Zhan 关 Guan 苗 Miao 凌 Ling 费 Fei 纪 Ji 靳 Jin 盛 Sheng 童 Tong 欧 Ou 甄 Zhen
项 Xiang 曲 Qu 成 Cheng 游 You 阳 Yang 裴 Pei 席 Xi 卫 Wei 查 Zha 屈 Qu 鲍 Bao 覃 Qin 霍 Huo 翁 Weng 隋 Sui
植 Zhi 甘 Gan 景 Jing 薄 Bo 单 Shan 包 Bao 司 Si 柏 Bai 宁 Ning 柯 Ke 阮 Ruan 桂 Gui 闵 Min 解 Xie 强 Qiang 丛 Cong
华 Hua 车 Che 冉 Ran 房 Fang 边 Bian 辜 Gu 吉 Ji 饶 Rao 刁 Diao 瞿 Qu 戚 Qi 丘 Qiu 古 Gu 米 Mi 池 Chi 滕 Teng
晋 Jin 苑 Yuan 邬 Wu 臧 Zang 畅 Chang 宫 Gong 来 Lai 苟 Gou 全 Quan 褚 Chu 廉 Lian 简 Jian 娄 Lou 盖 Ge 区 Ou
符 Fu 奚 Xi 木 Mu 穆 Mu 党 Dang 燕 Yan 郎 Lang 邸 Di 冀 Ji 谈 Tan 姬 Ji 屠 Tu 连 Lian 郜 Gao 晏 Yan 栾 Luan 郁 Yu
商 Shang 蒙 Meng 计 Ji 喻 Yu 揭 Jie 窦 Dou 迟 Chi 宇 Yu 敖 Ao 糜 Mi 鄢 Yan 冷 Leng 卓 Zhuo 花 Hua 仇 Qiu 艾 Ai 蓝 Lan
都 Du 巩 Gong 井 Jing 练 Lian 仲 Zhong 乐 Yue 虞 Yu 卞 Bian 封 Feng 竺 Zhu 冼 Xian 原 Yuan 官 Guan 衣 Yi 楚 Chu
佟 Tong 栗 Li 匡 Kuang 宗 Zong 应 Ying 台 Tai 巫 Wu 鞠 Ju 桑 Sang 荆 Jing 谌 Chen 银 Yin 扬 Yang 明 Ming
沙 Sha 薄 Bo 伏 Fu 岑 Cen 习 Xi 胥 Xu 保 Bao 和 He 蔺 Lin
欧阳 Ouyang 司马 Sima 上官 Shangguan 诸葛 Zhuge 东方 Dongfang 皇甫 Huangfu 尉迟 Yuchi 公孙 Gongsun 慕容 Murong
令狐 Linghu 独孤 Dugu 南宫 Nangong 司徒 Situ 宇文 Yuwen 长孙 Zhangsun 夏侯 Xiahou 轩辕 Xuanyuan 端木 Duanmu 司空 Sikong
呼延 Huyan
"""
_pieces = _ROMAN.split()
ROMANISED = dict(zip(_pieces[::2], _pieces[1::2], strict=True))

_TITLES = {Gender.MALE: ("先生", "Mr"), Gender.FEMALE: ("女士", "Ms")}


def surname(name: str) -> str:
    """`欧阳修` → `欧阳`, `吴文静` → `吴`, `John Smith` → `Smith`."""
    if is_latin(name):
        return name.split()[-1]
    return name[:2] if len(name) > 2 and name[:2] in ROMANISED else name[:1]


def form_of_address(name: str, gender: Gender | None) -> Text | None:
    """李先生 / Mr Li; the full name where the gender is not known; None where the name is not."""
    name = " ".join(name.split())
    if not name:
        return None
    if gender is None:
        return Text(name, name)
    zh, en = _TITLES[gender]
    family = surname(name)
    joint = " " if is_latin(name) else ""
    return Text(family + joint + zh, f"{en} {ROMANISED.get(family, family)}")


def is_latin(name: str) -> bool:
    """A name in letters, not in characters."""
    return name[:1].isascii() or (name[:1].isalpha() and ord(name[0]) < 0x2E80)
