#!/usr/bin/python3
"""How well the confidence of pages ranks them by their errors: the rank correlation over a set of pages.

  tests/bench/ranking.py [--set DIR] [--program PATH] [--out DIR] [--worst N] [--at-least RHO]

The set is a directory with manifest.tsv (columns id, file, gt, category, tess, note), by default ../shared/data/ocr. Its
pages are read by read_pages (built with -DEAKTE_TESTS=ON), with OMP_THREAD_LIMIT=1; with --out what was read stays in
DIR, and a second call with the same directory judges it again without reading. Prints Spearman's rank correlation of
distrust (1 - confidence) and FCER (see measures.py), of all pages and without the worst tenth, FCER and CPU seconds a
page, and the N pages whose rank is furthest from their errors. With --at-least it fails below that correlation.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from measures import measured  # noqa: E402
from run import ROOT, pages_of  # noqa: E402


def ranks(values):
    """The rank of each value, from 0; equal ones share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in range(first, last + 1):
            result[order[place]] = (first + last) / 2
        first = last + 1
    return result


def rank_correlation(ones, others):
    """Spearman's; 0 where all of one side are equal."""
    ones, others = ranks(ones), ranks(others)
    middle = (len(ones) - 1) / 2
    products = sum((a - middle) * (b - middle) for a, b in zip(ones, others))
    spread = sum((a - middle) ** 2 for a in ones) * sum((b - middle) ** 2 for b in others)
    return products / spread ** 0.5 if spread > 0 else 0.0


def read(options, rows, out):
    pages = "".join(f"{row['id']}\t{options.set / row['file']}\t{row['tess']}\n" for row in rows)
    subprocess.run([options.program, out], input=pages, text=True, check=True, env=dict(os.environ, OMP_THREAD_LIMIT="1"))


def is_read(rows, out):
    log = out / "log.tsv"
    return log.exists() and {row["id"] for row in rows} <= {line.split("\t")[0] for line in log.read_text().splitlines()}


def judged(options, rows, out):
    """Of each page: id, category, fcer, distrust, cpu."""
    log = {fields[0]: fields for fields in (line.split("\t") for line in (out / "log.tsv").read_text().splitlines())}
    pages = []
    for row in rows:
        truth = (options.set / row["gt"]).read_text()
        text = (out / f"{row['id']}.txt").read_text(errors="replace")
        if "nocase" in row.get("note", ""):
            truth, text = truth.lower(), text.lower()
        _, cpu, confidence = log[row["id"]][:3]
        pages.append({"id": row["id"], "category": row.get("category", ""), "fcer": measured(truth, text)["fcer"],
                      "distrust": 1 - float(confidence), "cpu": float(cpu)})
    return pages


def correlation_of(pages):
    return rank_correlation([page["distrust"] for page in pages], [page["fcer"] for page in pages])


def report(pages, worst):
    by_errors = sorted(pages, key=lambda page: page["fcer"])
    mean = lambda key: sum(page[key] for page in pages) / len(pages)
    print(f"{len(pages)} pages, FCER {100 * mean('fcer'):.2f} %, {mean('cpu'):.2f} CPU s a page, rank correlation "
          f"{correlation_of(pages):.3f}, without the worst tenth {correlation_of(by_errors[:-(len(pages) // 10) or None]):.3f}")
    errors, distrust = (ranks([page[key] for page in pages]) for key in ("fcer", "distrust"))
    furthest = sorted(range(len(pages)), key=lambda i: -abs(errors[i] - distrust[i]))[:worst]
    for i in furthest:
        page = pages[i]
        print(f"{page['id']:44s} FCER {100 * page['fcer']:6.2f} %  confidence {1 - page['distrust']:.3f}  "
              f"{errors[i]:.0f}th by errors, {distrust[i]:.0f}th by distrust")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=pathlib.Path, default=ROOT.parent / "shared/data/ocr")
    parser.add_argument("--program", default=str(ROOT / "build/release/tests/read_pages"))
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--at-least", type=float, default=-1.0)
    options = parser.parse_args()
    if not (options.set / "manifest.tsv").exists():
        sys.exit(f"{options.set} has no manifest.tsv; name a set of pages with --set")
    rows = pages_of(options.set, 1, "")
    with tempfile.TemporaryDirectory() as scratch:
        out = options.out or pathlib.Path(scratch)
        if not is_read(rows, out):
            read(options, rows, out)
        pages = judged(options, rows, out)
    report(pages, options.worst)
    if correlation_of(pages) < options.at_least:
        sys.exit(1)


if __name__ == "__main__":
    main()
