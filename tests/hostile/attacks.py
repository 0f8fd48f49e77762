"""Hostile texts by kind of attack.

The payload of a sequence contains `SENTINEL`, which tests search for in the
sequences that reach a terminal. `BIG` texts are too long for any line.
"""

import random

SENTINEL = "PWNED"

C0 = "".join(map(chr, range(0x20)))
C1 = "".join(map(chr, range(0x7F, 0xA0)))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SEPARATORS = "\u2028\u2029"

NEVER = frozenset((C0 + C1 + BIDI + SEPARATORS).replace("\n", "").replace("\t", ""))
"""The characters that no output may contain; LF and TAB are used for layout."""

ATTACKS: dict[str, str] = {
    "C0": C0,
    "NUL": "\0before\0after",
    "C1 and DEL": C1,
    "bidi": BIDI + "abc\u202edetrever",
    "separators": f"one{SEPARATORS}two\x0bthree\x0cfour\x1cfive\x85six",
    "returns": "over\rwritten\r\nand\ntabs\tor\bnot",
    "colour": f"\x1b[31m{SENTINEL}\x1b[0m\x1b[8m",
    "clear": f"\x1b[2J\x1b[3J\x1b[H{SENTINEL}\x1bc",
    "question": "\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?2026$p\x1b[18t\x1b[21t\x05",
    "modes": "\x1b[?1049l\x1b[?25h\x1b[?1000h\x1b[?2004l\x1b[20h\x1b[4h",
    "title": f"\x1b]0;{SENTINEL}\x07\x1b]2;{SENTINEL}\x1b\\",
    "clipboard": f"\x1b]52;c;{SENTINEL}\x07\x1b]52;p;?\x1b\\",
    "link": f"\x1b]8;;file:///{SENTINEL}\x1b\\here\x1b]8;;\x1b\\",
    "iTerm": f"\x1b]1337;File=inline=1:{SENTINEL}\x07",
    "DCS": f"\x1bP+q{SENTINEL}\x1b\\\x1bP$q{SENTINEL}\x1b\\\x1bPtmux;\x1b{SENTINEL}\x1b\\",
    "APC, PM, SOS": f"\x1b_G{SENTINEL}\x1b\\\x1b^{SENTINEL}\x1b\\\x1bX{SENTINEL}\x1b\\",
    "C1 sequences": f"\x9b31m\x9d0;{SENTINEL}\x9c\x90q{SENTINEL}\x9c\x9b\x63",
    "cut sequence": "\x1b[38;5",
    "open string": f"\x1b]0;{SENTINEL}",
    "charset": "\x1b(0lqqk\x0e\x1b#8\x1b%@",
    "evidence": "we [the army] fired [sic] on [Mariupol]",
    "closing tag": "[/] [/bold] [/nothing]",
    "action": "[@click=app.quit]x[/] [@click='screen.command(\"quit\")']y[/]",
    "styles": "[bold red on $error]a[/] [link=file:///etc/passwd]b[/link] [reverse]",
    "brackets": "[[[]]] ][ [ ] \\[ \\] [] [ [x [=] [@] [/@] [#f",
    "Rich emoji": ":skull: :warning-text:",
    "families": "👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍🚀🇸🇾🇸 e\u200d\u200d\u200d",
    "pile": "e" + "\u0301\u0336\u20dd\u0489" * 200 + "nd",
    "Arabic": "قوات المعارضة تدخل مدينة حماة بعد ثلاثة أيام 5/12",
    "wide": "哈馬省ﷺ㍿Ａｂｃ ꧅ 각\u3000\u115f",
    "invisible": "a\u00ad\u200b\u2060\ufeff\ufffc\u180e\u3164\U000e0041\U000e007fb",
    "no characters": "\ufdd0\ufffe\uffff\U0010ffff\ue000",
    "word": "x" * 5_000,
    "FTS": '"OR" NEAR(a b, 2) title:x * ^ -y AND NOT {a b}: "open a* OR',
    "SQL": "'; DROP TABLE events; -- %' \" `x` ?1 :x @x $x",
    "formula": '=HYPERLINK("http://x.example",A1) +1 -2 @SUM(A1) |cmd\'!A1',
    "formula +": "+cmd|' /C calc'!A0",
    "formula -": "-2+3+cmd",
    "formula @": "@SUM(1+1)*cmd",
    "formula TAB": "\t=1+1",
    "format": "{} {0} {self.__class__} {0!r:>{1}} %s %n %(x)s $x ${x} {{",
    "backslashes": "\\ \\\\ \\n \\x1b[31m \\u202e \\N{BELL} \\",
    "quotes": '\'"“”«»`´\' "," ; ',
    "path": "../../../etc/passwd /dev/tty ~root file:///etc/passwd",
    "blank": "   ",
    "": "",
}

_RANDOM = random.Random(8)
ATTACKS |= {
    f"random {number}": "".join(
        _RANDOM.choices("[]/\\@=#'\"$ab()., \n:;!-_1", k=_RANDOM.randint(3, 60))
    )
    for number in range(25)
}

ALL = " | ".join(text for text in ATTACKS.values() if len(text) < 1_000)

BIG: dict[str, str] = {
    "one line": f"\x1b]0;{SENTINEL}\x07[bold]" + "hama [sic] \x1b[31m" * 17_000,
    "one word": "\u202e[/]" + "ك" * 100_000,
    "lines": "\x1b[2J[/]\n" * 20_000,
    "pile": "a" + "\u0301" * 50_000,
}
