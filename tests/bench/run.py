#!/usr/bin/env python3
"""Runs the same pages through `eakte convert`, tesseract and ocrmypdf and prints ratios.

  tests/bench/run.py [--set DIR] [--every K] [--ids REGEX] [--program PATH] [--out DIR]

The set is a directory with manifest.tsv (columns id, file, gt, tess, dpi), by default ../shared/data/ocr, else our own samples.
Each program gets one page a call, its language from the manifest. Printed per program: CPU seconds per page
(user and system, whole process tree), wall seconds, peak memory of the largest process, output size, and the error of
the text (character error rate, and bag-of-words F1, which does not punish another reading order), then everything as a ratio to
tesseract. Tesseract runs with OMP_THREAD_LIMIT=1, ocrmypdf with --deskew --rotate-pages -j2, eakte with its defaults. Besides page by page,
`batch` gives eakte all pages in one call, as a stack is given to it.

Needs Debian's tesseract-ocr, ocrmypdf, poppler-utils and python3-levenshtein; what is missing is left out and said.
"""
import argparse
import collections
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
try:
    import Levenshtein
except ImportError:
    Levenshtein = None


def normalised(text):
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=[a-zäöüß])-\n\s*(?=[a-zäöüß])", "", text)
    return re.sub(r"\s+", " ", text).strip()


def character_error(truth, read):
    if Levenshtein is None:
        return float("nan")
    truth, read = normalised(truth), normalised(read)
    return min(1.0, Levenshtein.distance(truth, read) / max(1, len(truth)))


def words_in_common(truth, read):
    truth, read = collections.Counter(normalised(truth).split()), collections.Counter(normalised(read).split())
    return sum((truth & read).values()), sum(truth.values()), sum(read.values())


def run(command, environment=None):
    """CPU seconds of the whole process tree, wall seconds, peak kilobytes of the largest process, exit status."""
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, usage.ru_maxrss, status


class Result:
    def __init__(self):
        self.pages = self.failed = self.size = self.peak = 0
        self.cpu = self.wall = self.error = 0.0
        self.common = self.truth_words = self.read_words = 0

    def add(self, measured, size, truth, read):
        cpu, wall, peak, status = measured
        self.pages += 1
        self.failed += status != 0
        self.cpu += cpu
        self.wall += wall
        self.peak = max(self.peak, peak)
        self.size += size
        self.error += character_error(truth, read)
        for name, value in zip(("common", "truth_words", "read_words"), words_in_common(truth, read)):
            setattr(self, name, getattr(self, name) + value)

    def row(self):
        f1 = 2 * self.common / max(1, self.truth_words + self.read_words)
        return (self.cpu / self.pages, self.wall / self.pages, self.peak / 1024, self.size / self.pages / 1024,
                100 * self.error / self.pages, 100 * f1, self.failed)


def text_of(path):
    return path.read_text(errors="replace") if path.exists() else ""


def with_eakte(program, picture, language, directory):
    pdf, text = directory / "e.pdf", directory / "e.txt"
    measured = run([program, "convert", str(picture), "-o", str(pdf), "--text", str(text), "-l", language, "--jobs", "1"])
    return measured, pdf.stat().st_size if pdf.exists() else 0, text_of(text)


def with_tesseract(_, picture, language, directory):
    environment = dict(os.environ, OMP_THREAD_LIMIT="1")
    measured = run(["tesseract", str(picture), str(directory / "t"), "-l", language, "txt", "pdf"], environment)
    pdf = directory / "t.pdf"
    return measured, pdf.stat().st_size if pdf.exists() else 0, text_of(directory / "t.txt")


def with_ocrmypdf(_, picture, language, directory, dpi="300"):
    pdf, text = directory / "o.pdf", directory / "o.txt"
    measured = run(["ocrmypdf", "-q", "--deskew", "--rotate-pages", "-j2", "--image-dpi", dpi, "-l", language,
                    "--sidecar", str(text), str(picture), str(pdf)])
    return measured, pdf.stat().st_size if pdf.exists() else 0, text_of(text)


def pages_of(directory, every, ids):
    lines = (directory / "manifest.tsv").read_text().splitlines()
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"))) for line in lines[1:] if line]
    return [row for row in rows if row.get("gt") and re.search(ids, row["id"])][::every]


def batch(program, rows, directory, scratch):
    """All pages of one language in one call: what a stack costs."""
    cpu = wall = 0.0
    for language in sorted({row["tess"] for row in rows}):
        files = [str(directory / row["file"]) for row in rows if row["tess"] == language]
        measured = run([program, "convert", *files, "-o", str(scratch / "b.pdf"), "-l", language])
        cpu, wall = cpu + measured[0], wall + measured[1]
    return cpu / len(rows), wall / len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = ROOT.parent / "shared" / "data" / "ocr"
    parser.add_argument("--set", type=pathlib.Path, default=shared)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--ids", default="")
    parser.add_argument("--program", default=str(ROOT / "build/release/api/eakte"))
    parser.add_argument("--out", type=pathlib.Path, help="keep the texts here, one directory per program")
    options = parser.parse_args()
    if not (options.set / "manifest.tsv").exists():
        sys.exit(f"{options.set} has no manifest.tsv; name a set of pages with --set")
    rows = pages_of(options.set, options.every, options.ids)
    programs = {"tesseract": with_tesseract, "eakte": with_eakte, "ocrmypdf": with_ocrmypdf}
    for name in ("tesseract", "ocrmypdf"):
        if shutil.which(name) is None:
            print(f"{name} is not installed and left out")
            del programs[name]
    results = {name: Result() for name in programs}
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = pathlib.Path(scratch_name)
        for number, row in enumerate(rows, 1):
            truth = (options.set / row["gt"]).read_text()
            if "nocase" in row.get("note", ""):
                truth = truth.lower()
            for name, program in programs.items():
                for left in scratch.iterdir():
                    left.unlink()
                measured, size, read = program(options.program, options.set / row["file"], row["tess"], scratch)
                results[name].add(measured, size, truth, read.lower() if "nocase" in row.get("note", "") else read)
                if options.out:
                    (options.out / name).mkdir(parents=True, exist_ok=True)
                    (options.out / name / f"{row['id']}.txt").write_text(read)
            print(f"\r{number}/{len(rows)} {row['id']:60.60}", end="", file=sys.stderr, flush=True)
        print("", file=sys.stderr)
        batch_cpu, batch_wall = batch(options.program, rows, options.set, scratch)
    heads = ("CPU s/page", "wall s/page", "peak MB", "KB/page", "CER %", "word F1 %", "failed")
    print(f"{len(rows)} pages of {options.set}")
    print(f"{'':12}" + "".join(f"{head:>13}" for head in heads))
    for name, result in results.items():
        print(f"{name:12}" + "".join(f"{value:13.2f}" for value in result.row()))
    print(f"{'eakte batch':12}{batch_cpu:13.2f}{batch_wall:13.2f}")
    if "tesseract" in results:
        base = results["tesseract"].row()
        print("as ratios to tesseract")
        for name, result in results.items():
            print(f"{name:12}" + "".join(f"{value / reference if reference else float('nan'):13.2f}"
                                         for value, reference in zip(result.row()[:6], base)))
        print(f"{'eakte batch':12}{batch_cpu / base[0]:13.2f}{batch_wall / base[1]:13.2f}")


if __name__ == "__main__":
    main()
