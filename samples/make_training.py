#!/usr/bin/python3
"""Makes the training texts of the type model: training.tsv and training_held_out.tsv.

  samples/make_training.py [--out DIRECTORY] [--seed N]

Only Python's standard library; the same seed gives the same bytes. The texts of a family stand together, because the
calibration holds back neighbouring lines.
"""

import argparse
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from generator import grammar  # noqa: E402

TEXTS_PER_FAMILY = 18
HELD_OUT_PER_FAMILY = 12
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
SLIPS = [("ü", "u"), ("ä", "a"), ("ö", "o"), ("ß", "B"), ("l", "1"), ("i", "í"), ("rn", "m"), ("e", "c"), ("0", "O"), ("t", "f"), ("h", "b"), (",", "."), ("u", "n")]


def value_of(name, source):
    if name == "DATE":
        day, month, year = source.randint(1, 28), source.randint(1, 12), source.randint(1999, 2026)
        return source.choice([f"{day:02d}.{month:02d}.{year}", f"{day}. {MONTHS[month - 1]} {year}", f"{day}.{month}.{year % 100:02d}"])
    if name == "AMOUNT":
        return f"{source.randint(1, 999)},{source.randint(0, 99):02d}" + source.choice(["", " EUR", " €"])
    if name == "NUMBER":
        return source.choice([f"{source.randint(100, 99999)}", f"{source.randint(10, 66)}.{source.randint(1, 9)}-{source.randint(100, 9999)}/26", f"5.{source.randint(1000, 9999)}.{source.randint(100000, 999999)}.3"])
    if name == "YEAR":
        return str(source.randint(2005, 2027))
    return source.choice({"NAME": grammar.NAMES, "TOWN": grammar.TOWNS, "STREET": grammar.STREETS, "FIRM": grammar.FIRMS, "CLUB": grammar.CLUBS}[name])


def spoken(pattern, source):
    """The pattern with its choices made, innermost first, and its placeholders filled."""
    while "{" in pattern:
        pattern = re.sub(r"\{([^{}]*)\}", lambda m: source.choice(m.group(1).split("|")), pattern)
    return re.sub(r"\$([A-Z]+)", lambda m: value_of(m.group(1), source), pattern)


def misread(text, source):
    """Slips as a recogniser makes them: none in half of the texts, else up to one in fifteen letters."""
    rate = 0 if source.random() < 0.5 else source.random() / 15
    for good, bad in SLIPS:
        text = "".join(bad if part == good and source.random() < rate * 2 else part for part in re.split(f"({re.escape(good)})", text))
    words = [w[: len(w) // 2] + " " + w[len(w) // 2 :] if len(w) > 6 and source.random() < rate / 3 else w for w in text.split()]
    return " ".join(words)


def text_of(family, source):
    body = [sentence for sentence in family if source.random() > 0.2] or family[:1]
    parts = [source.choice(grammar.HEADS), body[0], source.choice(grammar.GREETINGS), *body[1:], source.choice(grammar.CLOSINGS)]
    return misread(" ".join(spoken(p, source) for p in parts if p), source)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    training, held_out = [], []
    for kind, families in grammar.FAMILIES.items():
        for number, family in enumerate(families):
            source = random.Random(f"{arguments.seed}/{kind}/{number}")
            last = number == len(families) - 1
            lines = [f"{kind}\t{text_of(family, source)}\n" for _ in range(HELD_OUT_PER_FAMILY if last else TEXTS_PER_FAMILY)]
            (held_out if last else training).extend(lines)
    (arguments.out / "training.tsv").write_text("".join(training), encoding="utf-8")
    (arguments.out / "training_held_out.tsv").write_text("".join(held_out), encoding="utf-8")
    print(f"{len(training)} training texts, {len(held_out)} held out, {len(grammar.FAMILIES)} types")


if __name__ == "__main__":
    main()
