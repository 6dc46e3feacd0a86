#!/usr/bin/env python3
"""How much of the text layer different readers of PDF get out of our archive files.

  tests/bench/text_layer.py DIR [--pdfjs node_modules/pdfjs-dist]

DIR holds NAME.pdf and NAME.jsonl as written by `eakte convert -o NAME.pdf --words NAME.jsonl`. For each reader: the share
of our words that come out (whatever their order), and the share that come out in our order (longest common subsequence,
by difflib), mean and worst of the files. Readers that work in columns or by position may have another order and be right.
Readers: pdftotext, pdftotext -layout, mutool, gs (txtwrite), and pdf.js when its directory is given (needs node).
"""
import argparse
import collections
import difflib
import json
import pathlib
import shutil
import subprocess
import tempfile

PDFJS = """
import { getDocument } from "MODULE/legacy/build/pdf.mjs";
const pdf = await getDocument({ url: process.argv[2], verbosity: 0 }).promise;
for (let number = 1; number <= pdf.numPages; ++number) {
  const text = await (await pdf.getPage(number)).getTextContent();
  console.log(text.items.map((item) => item.str + (item.hasEOL ? "\\n" : "")).join(""));
}
"""


def readers(pdfjs):
    found = {}
    if shutil.which("pdftotext"):
        found["pdftotext"] = lambda pdf: ["pdftotext", pdf, "-"]
        found["pdftotext -layout"] = lambda pdf: ["pdftotext", "-layout", pdf, "-"]
    if shutil.which("mutool"):
        found["mutool"] = lambda pdf: ["mutool", "draw", "-q", "-F", "txt", pdf]
    if shutil.which("gs"):
        found["gs txtwrite"] = lambda pdf: ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=txtwrite", "-o", "-", pdf]
    if pdfjs and shutil.which("node"):
        script = pathlib.Path(tempfile.mkdtemp()) / "read.mjs"
        script.write_text(PDFJS.replace("MODULE", str(pdfjs.resolve())))
        found["pdf.js"] = lambda pdf: ["node", str(script), pdf]
    return found


def our_words(path):
    return [word[0] for line in path.read_text().splitlines() for word in json.loads(line)["words"]]


def joined(expected, actual):
    """pdftotext writes a word that is divided at the end of a line as one; that is no loss."""
    there = set(actual)
    result = []
    for word in expected:
        if result and result[-1].endswith("-") and result[-1] not in there and result[-1][:-1] + word in there:
            result[-1] = result[-1][:-1] + word
        else:
            result.append(word)
    return result


def measured(expected, text):
    actual = text.split()
    expected = joined(expected, actual)
    common = sum((collections.Counter(expected) & collections.Counter(actual)).values())
    matcher = difflib.SequenceMatcher(None, expected, actual, autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    return common / len(expected), in_order / len(expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--pdfjs", type=pathlib.Path)
    arguments = parser.parse_args()
    for name, command in readers(arguments.pdfjs).items():
        results = []
        for pdf in sorted(arguments.directory.glob("*.pdf")):
            expected = our_words(pdf.with_suffix(".jsonl")) if pdf.with_suffix(".jsonl").exists() else []
            if not expected:
                continue
            text = subprocess.run(command(str(pdf)), capture_output=True).stdout.decode(errors="replace")
            results.append((*measured(expected, text), pdf.stem))
        if not results:
            continue
        recall, order = (sum(result[i] for result in results) / len(results) for i in (0, 1))
        worst = min(results)
        print(f"{name:18} {len(results):3} files  words {recall:.4f} (worst {worst[0]:.3f} {worst[2]})  "
              f"in order {order:.4f} (worst {min(result[1] for result in results):.3f})")


if __name__ == "__main__":
    main()
