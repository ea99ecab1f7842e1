"""A report as one HTML file that needs nothing else: its look, and texts that are safe to stand in it."""

from collections.abc import Callable, Iterable
from html import escape

from core.domain.text import Lang, Text

_STYLE = (
    "body{font:15px/1.6 'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#26313b;max-width:980px;"
    "margin:24px auto;padding:0 20px}h1{font-size:24px}h2{font-size:18px;margin-top:32px}"
    "table{border-collapse:collapse;"
    "margin:8px 0}th,td{padding:5px 14px 5px 0;border-bottom:1px solid #d5dbe1;text-align:left;vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}.grave{border-left:4px solid #c0392b;padding-left:10px}"
    ".light{border-left:4px solid #d5dbe1;padding-left:10px}.pair{display:flex;flex-wrap:wrap;gap:24px}"
    ".pair>div{flex:1 1 400px}svg{width:100%;height:auto;max-width:560px}small{color:#5b6770}"
)


def sayer(lang: Lang) -> Callable[..., str]:
    """Gives a text in that language, its places filled, safe to stand in HTML."""

    def say(text: Text, **values: object) -> str:
        return escape(text.of(lang).format(**values) if values else text.of(lang))

    return say


def page(title: str, parts: Iterable[str], lang: Lang) -> str:
    """A file of these parts."""
    code = "zh-CN" if lang is Lang.ZH else "en"
    return (
        f'<!doctype html>\n<html lang="{code}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(one for one in parts if one) + "\n</body></html>\n"
    )
