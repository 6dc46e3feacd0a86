#!/usr/bin/python3
"""Runs the same pages through `eakte convert`, tesseract and ocrmypdf and compares speed, size and text.

  tests/bench/run.py [--set DIR] [--every K] [--ids REGEX] [--program PATH] [--out DIR] [--markdown FILE]

The set is a directory with manifest.tsv (columns id, file, gt, category, tess, note), by default ../shared/data/ocr.
Each program gets one page a call and makes text and PDF, its language from the manifest; ocrmypdf runs with
--deskew --rotate-pages --clean -j2, eakte with one process, all with OMP_THREAD_LIMIT=1, because OpenMP in Tesseract burns
several times the CPU for the same text. Measured per page: CPU seconds
(user and system, whole process tree), wall seconds, peak memory of the largest process, size of the PDF, and the
text by the measures of measures.py. Besides, `batch` gives eakte all pages in one call, as a stack is given to it.

With --out the texts and results.jsonl stay there; a second call with the same directory goes on where the first ended.
--markdown writes the table as it is committed in RESULTS.md; --remark adds a sentence to it, for instance that the
figures of a slow program stand in DIR from an earlier run.

Needs Debian's tesseract-ocr, ocrmypdf, unpaper, python3-levenshtein and python3-edlib; a program that is missing is left out and said.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from measures import measured  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(command, environment=None):
    """What a command costs, whole process tree, and its exit status."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": time.monotonic() - began, "peak": usage.ru_maxrss, "failed": status != 0}


def with_eakte(program, picture, row, directory):
    return run([program, "convert", str(picture), "-o", str(directory / "page.pdf"), "--text", str(directory / "page.txt"),
                "-l", row["tess"], "--jobs", "1"])


ONE_THREAD = dict(os.environ, OMP_THREAD_LIMIT="1")


def with_tesseract(_, picture, row, directory):
    return run(["tesseract", str(picture), str(directory / "page"), "-l", row["tess"], "txt", "pdf"], ONE_THREAD)


def with_ocrmypdf(_, picture, row, directory):
    return run(["ocrmypdf", "-q", "--deskew", "--rotate-pages", "--clean", "-j2", "--image-dpi", "300", "-l", row["tess"],
                "--sidecar", str(directory / "page.txt"), str(picture), str(directory / "page.pdf")], ONE_THREAD)


PROGRAMS = {"tesseract": with_tesseract, "ocrmypdf": with_ocrmypdf, "eakte": with_eakte}


def pages_of(directory, every, ids):
    lines = (directory / "manifest.tsv").read_text().splitlines()
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"))) for line in lines[1:] if line]
    return [row for row in rows if row.get("gt") and re.search(ids, row["id"])][::every]


def one_page(name, options, row, texts):
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = pathlib.Path(scratch_name)
        result = PROGRAMS[name](options.program, options.set / row["file"], row, scratch)
        pdf, text = scratch / "page.pdf", scratch / "page.txt"
        read = text.read_text(errors="replace") if text.exists() else ""
        result["size"] = pdf.stat().st_size if pdf.exists() else 0
    (texts / name).mkdir(parents=True, exist_ok=True)
    (texts / name / f"{row['id']}.txt").write_text(read)
    truth = (options.set / row["gt"]).read_text()
    if "nocase" in row.get("note", ""):
        truth, read = truth.lower(), read.lower()
    return {"program": name, "id": row["id"], "category": row.get("category", ""), **result, **measured(truth, read)}


def batch(options, rows):
    """All pages of one language in one call: seconds of CPU and wall per page."""
    cpu = wall = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for language in sorted({row["tess"] for row in rows}):
            files = [str(options.set / row["file"]) for row in rows if row["tess"] == language]
            result = run([options.program, "convert", *files, "-o", f"{scratch}/all.pdf", "-l", language])
            cpu, wall = cpu + result["cpu"], wall + result["wall"]
    return {"cpu": cpu / len(rows), "wall": wall / len(rows)}


def mean(results, key):
    return sum(result[key] for result in results) / max(1, len(results))


def word_f1(results):
    common, truth, read = (sum(result[key] for result in results) for key in ("common", "truth_words", "read_words"))
    return 2 * common / max(1, truth + read)


COLUMNS = (
    ("FCER %", lambda results: f"{100 * mean(results, 'fcer'):.1f}"),
    ("CER %", lambda results: f"{100 * mean(results, 'cer'):.1f}"),
    ("WER %", lambda results: f"{100 * mean(results, 'wer'):.1f}"),
    ("word F1 %", lambda results: f"{100 * word_f1(results):.1f}"),
    ("CPU s", lambda results: f"{mean(results, 'cpu'):.2f}"),
    ("KB", lambda results: f"{mean(results, 'size') / 1024:.0f}"),
)


def by_category(results, names):
    """Markdown: a row per category, in each cell the programs' figures in the order of `names`."""
    lines = ["| category | pages | " + " | ".join(head for head, _ in COLUMNS) + " |",
             "| --- | --: |" + " --: |" * len(COLUMNS)]
    for category in [*dict.fromkeys(result["category"] for result in results), None]:
        chosen = [result for result in results if category is None or result["category"] == category]
        of = {name: [result for result in chosen if result["program"] == name] for name in names}
        cells = [" / ".join(cell(of[name]) for name in names) for _, cell in COLUMNS]
        lines.append(f"| {category or '**all**'} | {len(of[names[0]])} | " + " | ".join(cells) + " |")
    return lines


def is_clean(result):
    """A scan at 300 dpi on which nothing is to be cleaned: on such pages all time is reading."""
    return result["id"].endswith("-clean") or result["category"] in ("syn-clean", "letter-real")


def clean_ratio(results, names):
    of = {name: [result for result in results if result["program"] == name and is_clean(result)] for name in names}
    base = mean(of[names[0]], "cpu")
    return "; ".join(f"{name} {mean(of[name], 'cpu') / base:.2f}" for name in names[1:]) if base else "no such pages"


def whole_set(results, names, together):
    lines = ["| program | CPU s/page | wall s/page | peak MB | KB/page | failed | CPU as ratio to tesseract |",
             "| --- | --: | --: | --: | --: | --: | --: |"]
    base = mean([result for result in results if result["program"] == names[0]], "cpu")
    for name in names:
        mine = [result for result in results if result["program"] == name]
        lines.append(f"| {name} | {mean(mine, 'cpu'):.2f} | {mean(mine, 'wall'):.2f} | "
                     f"{max(result['peak'] for result in mine) / 1024:.0f} | {mean(mine, 'size') / 1024:.0f} | "
                     f"{sum(result['failed'] for result in mine)} | {mean(mine, 'cpu') / base:.2f} |")
    lines.append(f"| eakte, all pages in one call | {together['cpu']:.2f} | {together['wall']:.2f} | | | | {together['cpu'] / base:.2f} |")
    lines += ["", f"CPU on the {sum(is_clean(r) and r['program'] == names[0] for r in results)} clean pages of 300 dpi as ratio to "
              f"{names[0]}, PDF included: {clean_ratio(results, names)}."]
    return lines


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{os.cpu_count()} cores, {model}, Linux {platform.release()}"


def report(options, results, names, together):
    command = "tests/bench/run.py --out DIR --markdown tests/bench/RESULTS.md"
    return "\n".join([
        "# Results", "", f"Made by `{command}` on {datetime.date.today()}; {machine()}.",
        f"{len({result['id'] for result in results})} pages; in each cell: {' / '.join(names)}. Means over pages; FCER is free of reading order. "
        "The measures are described in `measures.py`." + (f" {options.remark}" if options.remark else ""), "", *by_category(results, names), "",
        "## The whole set", "", *whole_set(results, names, together), ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=pathlib.Path, default=ROOT.parent / "shared/data/ocr")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--ids", default="")
    parser.add_argument("--program", default=str(ROOT / "build/release/api/eakte"))
    parser.add_argument("--without", action="append", default=[], choices=list(PROGRAMS))
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--remark", default="")
    options = parser.parse_args()
    if not (options.set / "manifest.tsv").exists():
        sys.exit(f"{options.set} has no manifest.tsv; name a set of pages with --set")
    names = [name for name in PROGRAMS if name not in options.without]
    for name in ("tesseract", "ocrmypdf"):
        if name in names and shutil.which(name) is None:
            print(f"{name} is not installed and left out")
            names.remove(name)
    rows = pages_of(options.set, options.every, options.ids)
    with tempfile.TemporaryDirectory() as scratch:
        out = options.out or pathlib.Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        kept = out / "results.jsonl"
        results = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
        done = {(result["program"], result["id"]) for result in results}
        with kept.open("a") as journal:
            for number, row in enumerate(rows, 1):
                print(f"{number}/{len(rows)} {row['id']}", file=sys.stderr, flush=True)
                for name in names:
                    if (name, row["id"]) in done:
                        continue
                    results.append(one_page(name, options, row, out))
                    print(json.dumps(results[-1]), file=journal, flush=True)
    wanted = {row["id"] for row in rows}
    results = [result for result in results if result["id"] in wanted and result["program"] in names]
    text = report(options, results, names, batch(options, rows) if "eakte" in names else {"cpu": 0, "wall": 0})
    print(text)
    if options.markdown:
        options.markdown.write_text(text)


if __name__ == "__main__":
    main()
