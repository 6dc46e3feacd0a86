#!/usr/bin/env python3
"""How the memory of `eakte convert` grows with the number of pages of a PDF.

  tests/bench/memory.py [--pages 60 240] [--page-bytes 600000] [--program PATH] [--ratio 1.15]

Each PDF has that many pages of one scanned letter; all pages differ in their bytes and are filled up with comments inside of their
JPEG to the size of an ordinary scan, so that the bytes to be moved are many and the letters to be read are not. Told for the
largest process of each kind (the program itself, the template, children that read, the child that makes the archive file):
anonymous memory (what the program asked for), and mapped pages of files, which the kernel takes back when it needs them.
Ends with 1 when a process held more than RATIO times as much of both (and 16 MB more) for the largest PDF as for the smallest, or
was over before it was seen.
Needs python3-pil.
"""
import argparse
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
LETTER = ROOT / "samples/documents/hundesteuerbescheid.jpg"
# Megabytes a process may take between the last look at it and its end; the one that makes the archive file of 60 pages lives for
# 40 ms.
UNSEEN = 16


def scan():
    """The upper quarter of a sample letter on a white sheet: little to read."""
    letter = Image.open(LETTER).convert("L")
    sheet = Image.new("L", letter.size, 255)
    sheet.paste(letter.crop((0, 0, letter.width, letter.height // 4)))
    coded = io.BytesIO()
    sheet.save(coded, "JPEG", quality=60, dpi=(300, 300))
    return sheet.size, coded.getvalue()


def filled_up(jpeg, size, number):
    """The same picture with comments behind its start marker, which hold the number and nothing else."""
    comments, most = b"", 65000
    while len(jpeg) + len(comments) < size or not comments:
        comment = f"{number:08d}".encode() * (most // 8)
        comments += b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
    return jpeg[:2] + comments + jpeg[2:]


def write_pdf(path, pages, page_bytes):
    (width, height), jpeg = scan()
    with open(path, "wb") as file:
        places = []

        def add(body):
            places.append(file.tell())
            file.write(f"{len(places)} 0 obj\n".encode() + body + b"\nendobj\n")
        file.write(b"%PDF-1.4\n")
        add(b"<< /Type /Catalog /Pages 2 0 R >>")
        kids = " ".join(f"{3 + 3 * page} 0 R" for page in range(pages))
        add(f"<< /Type /Pages /Count {pages} /Kids [ {kids} ] >>".encode())
        for page in range(pages):
            first = 3 + 3 * page
            box = f"{width * 0.24:.2f} {height * 0.24:.2f}"
            add(f"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {box} ] /Contents {first + 1} 0 R "
                f"/Resources << /XObject << /Im0 {first + 2} 0 R >> >> >>".encode())
            content = f"q {width * 0.24:.2f} 0 0 {height * 0.24:.2f} 0 0 cm /Im0 Do Q".encode()
            add(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
            picture = filled_up(jpeg, page_bytes, page)
            add(f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
                f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(picture)} >>\nstream\n".encode() + picture +
                b"\nendstream")
        table = file.tell()
        file.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        file.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
        file.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())


def family(root):
    """Process ids below `root` with their depth: 0 the program, 1 its template, 2 the template's children."""
    parents = {}
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    depth = {root: 0}
    for _ in range(3):
        for process, parent in parents.items():
            if parent in depth:
                depth.setdefault(process, depth[parent] + 1)
    return depth


def held(process):
    """Megabytes: anonymous, of files, and the most there was of both."""
    found = {"RssAnon": 0, "RssFile": 0, "RssShmem": 0, "VmHWM": 0}
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in found:
                found[name] = int(value.split()[0]) / 1024
    except OSError:
        pass
    return found["RssAnon"] + found["RssShmem"], found["RssFile"], found["VmHWM"]


def makes_archive_file(process, place):
    """Whether it holds the archive file, which lies in `place` without a name until it is whole."""
    try:
        descriptors = list(pathlib.Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False
    for descriptor in descriptors:
        try:
            if os.readlink(descriptor).startswith(f"{place}/"):
                return True
        except OSError:
            continue
    return False


def measured(program, pages, page_bytes, directory):
    source, target = directory / f"{pages}.pdf", directory / "archive" / f"{pages}.pdf"
    target.parent.mkdir(exist_ok=True)
    write_pdf(source, pages, page_bytes)
    began = os.times()
    process = subprocess.Popen([program, "convert", str(source), "-o", str(target)], stdout=subprocess.DEVNULL)
    peaks, finishing = {}, set()
    while process.poll() is None:
        for member, depth in family(process.pid).items():
            if depth == 2 and makes_archive_file(member, target.parent):
                finishing.add(member)
            before = peaks.get(member, (depth, 0, 0, 0))
            peaks[member] = (depth, *map(max, before[1:], held(member)))
        time.sleep(0.01)
    if process.returncode != 0:
        sys.exit(f"{program} ended with {process.returncode}")
    ended = os.times()
    result = {"CPU": ended.children_user + ended.children_system - began.children_user - began.children_system}
    for member, (depth, *peak) in peaks.items():
        kind = ("program", "template", "finishing" if member in finishing else "reading")[depth]
        result[kind] = tuple(map(max, result.get(kind, (0, 0, 0)), peak))
    print(f"{pages} pages, {source.stat().st_size / 1e6:.0f} MB in, {target.stat().st_size / 1e6:.0f} MB out, "
          f"{result['CPU']:.0f} CPU s", flush=True)
    source.unlink()
    target.unlink()
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[60, 240])
    parser.add_argument("--page-bytes", type=int, default=600_000)
    parser.add_argument("--program", default=str(ROOT / "build/release/api/eakte"))
    parser.add_argument("--ratio", type=float, default=1.15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory).resolve()
        results = {pages: measured(options.program, pages, options.page_bytes, place)
                   for pages in options.pages}
    print("| MB, anonymous / files / peak of both | " + " | ".join(f"{pages} pages" for pages in results) + " |")
    print("| --- |" + " --: |" * len(results))
    grown = False
    for kind in ("program", "template", "reading", "finishing"):
        unseen = [pages for pages, result in results.items() if kind not in result]
        if unseen:
            sys.exit(f"{kind}: over too soon to be seen with {unseen[0]} pages; take more")
        cells = [result[kind] for result in results.values()]
        print(f"| {kind} | " + " | ".join(" / ".join(f"{value:.0f}" for value in cell) for cell in cells) + " |")
        grown |= cells[-1][2] > max(options.ratio * cells[0][2], cells[0][2] + UNSEEN)
    sys.exit(1 if grown else 0)


if __name__ == "__main__":
    main()
