"""Microseconds that reading a story's dateline takes: python benchmarks/sources.py [FILE]

FILE holds a story a line, as JSON with "body" or "text". Without FILE, ten heavy openings written
for this benchmark are read, half of them with a dateline. The exit status is 1 above `BOUND`.
"""

import json
import sys
from pathlib import Path
from timeit import repeat

from crawler.sources import parse_dateline

BOUND = 150  # microseconds a story
ROUNDS = 7

AR = "زارت مجموعة من طلاب المدينة المتحف البحري أمس، وتجولوا في قاعاته الجديدة مدة ساعتين. " * 20
UR = (
    "طلبہ کے ایک گروپ نے کل بحری عجائب گھر کا دورہ کیا، اور اس کے نئے کمروں میں دو گھنٹے گزارے۔ "
    * 20
)
OPENINGS = [
    "(پاکستان پوائنٹ نیوز / سبوتنيك - 25 أغسطس 2021ء) " + AR,
    "الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\n" + AR,
    "دبي، الإمارات العربية المتحدة (CNN)-- " + AR,
    "لاہور ( اُردو پوائنٹ اخبارتازہ ترین - اے پی پی ۔ 7 جون 2023 ء ) " + UR,
    "لندن/ واشنگٹن (نوائے وقت رپورٹ + ایجنسیاں) " + UR,
    AR,
    "قال الوزير: " + AR,
    "الاتحاد الدولي لكرة القدم (فيفا) يعلن: " + AR,
    UR,
    "پاکستان کرکٹ بورڈ (پی سی بی) نے کہا ہے۔ " + UR,
]


def main(arguments: list[str]) -> int:
    texts = OPENINGS
    if arguments:
        rows = map(json.loads, Path(arguments[0]).read_text(encoding="utf-8").splitlines())
        texts = [row.get("body") or row.get("text") or "" for row in rows]
    fastest = min(repeat(lambda: [parse_dateline(text) for text in texts], number=1, repeat=ROUNDS))
    each = fastest / len(texts) * 1e6
    print(
        f"{each:.0f} microseconds a story, {len(texts)} stories,"
        f" best of {ROUNDS} rounds (bound: {BOUND})"
    )
    return int(each > BOUND)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
