"""How far a page's text is from its truth, by four measures.

  cer    Levenshtein distance of the letters by the length of the truth: order matters
  wer    the same in words
  fcer   order-free: each line of the truth is aligned with the best piece of the text that is still free,
         longest first, ties to the expected place; letters left over count as insertions
  f1     of the words as a multiset

Before that both texts are folded: NFC, typographic quotes, dashes, bullets and ligatures to plain ones, leader
dots and rules dropped, words hyphenated at a line's end joined. A page counts at most 100 % wrong.
Needs python3-levenshtein, for fcer python3-edlib.
"""
import collections
import re
import unicodedata

import Levenshtein

try:
    import edlib
except ImportError:
    edlib = None

FOLDED = {
    " ": "\u00a0\u202f\u2009", '"': "„“”«»‟″", "'": "‚‘’‛`´′", "-": "–—−‐‑‒", "*": "•·●▪■◦○∙\uf0b7",
    "...": "…", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "ffi": "ﬃ", "ffl": "ﬄ", "st": "ﬅ", "s": "ſ", "x": "☒☑",
    "": "\u00ad\u200b\ufeff☐□|¦_",
}
FOLD = {ord(letter): plain for plain, letters in FOLDED.items() for letter in letters}
EDGES = ".,;:!?()[]{}\"'*-"
LONGEST_LINE = 160


def folded(text):
    """Folded text, still in lines."""
    text = unicodedata.normalize("NFC", text).replace("\r", "\n").replace("\f", "\n").translate(FOLD)
    text = re.sub(r"''|,,", '"', text)
    text = re.sub(r"(?<=[a-zäöüßéè])-\n\s*(?=[a-zäöüßéè])", "", text)
    text = re.sub(r"[.·…‥]{4,}|(?:\. ){4,}|-{4,}|={4,}", " ", text)
    return re.sub(r"[ \t]+", " ", text)


def on_one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def words_of(text):
    return [word for word in (part.strip(EDGES) for part in text.split()) if word]


def lines_of(text):
    """The truth's lines; those that were never wrapped are cut, so that order inside a page stays free."""
    lines = []
    for line in filter(None, map(on_one_line, text.split("\n"))):
        while len(line) > LONGEST_LINE:
            blank = line.rfind(" ", 0, 120)
            blank = blank if blank > 40 else 120
            lines.append(line[:blank].strip())
            line = line[blank:].strip()
        if line:
            lines.append(line)
    return lines


class Alphabet:
    """edlib knows 256 letters; the rare ones beyond share one."""

    def __init__(self):
        self.codes = {}

    def coded(self, text):
        for letter in text:
            if letter not in self.codes and len(self.codes) < 200:
                self.codes[letter] = chr(33 + len(self.codes))
        return "".join(self.codes.get(letter, "~") for letter in text)


def best_place(line, expected, free, alphabet):
    """(distance, piece, first, last) of the best alignment of `line` in the free pieces, or None."""
    best, query = None, alphabet.coded(line)
    for number, (offset, piece) in enumerate(free):
        bound = int(len(line) * 0.6) if best is None else best[0][0]
        found = edlib.align(query, alphabet.coded(piece), mode="HW", task="locations", k=bound)
        if found["editDistance"] < 0:
            continue
        for first, last in found["locations"]:
            first = first or 0
            key = (found["editDistance"], abs(offset + first - expected))
            if best is None or key < best[0]:
                best = (key, number, first, last)
    return best


def order_free_errors(truth, read):
    """(errors, letters of the truth) of folded texts."""
    lines, text, alphabet = lines_of(truth), on_one_line(read), Alphabet()
    starts, length = [], 0
    for line in lines:
        starts.append(length)
        length += len(line) + 1
    free, errors = [(0, text)], 0
    for index in sorted(range(len(lines)), key=lambda i: (-len(lines[i]), i)):
        expected = starts[index] / max(1, length) * len(text)
        best = best_place(lines[index], expected, free, alphabet)
        if best is None:
            errors += len(lines[index])
            continue
        (distance, _), number, first, last = best
        errors += distance
        offset, piece = free[number]
        rest = ((offset, piece[:first]), (offset + last + 1, piece[last + 1:]))
        free[number:number + 1] = [(place, part) for place, part in rest if part.strip()]
    left_over = sum(len(re.sub(r"\s", "", piece)) for _, piece in free)
    return errors + left_over, sum(map(len, lines))


def word_errors(truth, read):
    codes = {}
    coded = lambda words: "".join(chr(0x10000 + codes.setdefault(word, len(codes))) for word in words)
    return Levenshtein.distance(coded(truth), coded(read))


def measured(truth, read):
    """The measures of one page as a dict; counts for f1 are summed over pages by the caller."""
    truth, read = folded(truth), folded(read)
    truth_line, read_line = on_one_line(truth), on_one_line(read)
    truth_words, read_words = words_of(truth_line), words_of(read_line)
    common = sum((collections.Counter(truth_words) & collections.Counter(read_words)).values())
    share = lambda errors, of: min(1.0, errors / max(1, of))
    return {
        "cer": share(Levenshtein.distance(truth_line, read_line), len(truth_line)),
        "wer": share(word_errors(truth_words, read_words), len(truth_words)),
        "fcer": share(*order_free_errors(truth, read)) if edlib else float("nan"),
        "common": common,
        "truth_words": len(truth_words),
        "read_words": len(read_words),
    }
