"""The page's furniture: lines that belong to the printed page and to no article on it."""

import re

from worker.newspaper.labels import HAN_NUMERAL

_AT_MOST = 120  # characters: furniture is short, and prose about 责任编辑 is not

_DESK = r"责编|责任编辑|编辑|美编|美术编辑|版式|版式设计|视觉|校对|值班主任|值班编委|值班总编|组版|审读|检校|统筹|监制"
_NUMBER = rf"[0-9０-９A-Z{HAN_NUMERAL[1:-1]}]{{1,4}}"
_DAY = r"(?:\d{4}|[二〇○零一九]{4})\s?年\s?\S{1,3}\s?月\s?\S{1,3}\s?日"
_LINE = re.compile(
    rf"""
    (?:本版)?(?:{_DESK})\s{{0,4}}[:：/].{{0,100}}                     # 本版责编:张三 版式设计:李四
    | (?:本版)?(?:{_DESK})\s{{1,4}}[\u4e00-\u9fff]{{2,3}}(?:\s.{{0,80}})?  # 责编 张三 校对 李四
    | 本版(?:{_DESK})\S{{2,12}}                                      # 本版编辑张三
    | 今日(?:出版)?\s?{_NUMBER}\s?版(?:\s.{{0,40}})?                 # 今日8版
    | .{{0,30}}(?:国内统一连续出版物号|国内统一刊号|邮发代号|CN\s?\d\d[-—]\d{{4}}).{{0,80}}
    # 第12345期, 总第678期
    | [（(]?总?第\s?[0-9０-９]{{3,6}}\s?期[)）]?(?:\s(?:今日|农历|星期|总第|\d{{4}}年).{{0,40}})?
    # 2022年8月15日 星期一 第二版; not “2022年8月15日 第三届…开幕”
    | (?:[^。，,]{{0,20}}\s)?{_DAY}\s{{0,4}}(?:星期|周[一二三四五六日]|农历|第\s?{_NUMBER}\s?版)[^。，,！？]{{0,60}}
    | 星期[一二三四五六日天](?:\s[^。，,]{{0,40}})?
    | (?:分类|公益)?广\s{{0,4}}告
    | [A-Z]?\d{{1,2}}\s{{0,3}}版?                                    # A02
    """,
    re.VERBOSE,
)


def is_furniture(text: str) -> bool:
    """Whether a line is furniture: 本版责编…, 今日8版, a running head with the date and weekday, an issue number."""
    words = text.strip()
    return 0 < len(words) <= _AT_MOST and _LINE.fullmatch(words) is not None
