"""What a person reads, in the two languages of the product."""

from enum import StrEnum

from msgspec import Struct


class Lang(StrEnum):
    ZH = "zh_CN"
    EN = "en"


class Text(Struct, frozen=True):
    """One thing said in Chinese and in English; neither is ever empty in shipped content."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The words in `lang`, or the other language's where these are empty."""
        first, second = (self.zh, self.en) if lang is Lang.ZH else (self.en, self.zh)
        return first or second


def filled(text: Text, **values: Text | str) -> Text:
    """Both languages' words with their {places} filled, each by a value's words in that language; raises KeyError
    where a value is missing."""
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(text.zh.format(**zh), text.en.format(**en))
