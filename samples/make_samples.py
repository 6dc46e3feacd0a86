#!/usr/bin/python3
"""Makes the sample documents and their truth.

  samples/make_samples.py [--out DIRECTORY] [--only NAME]

Writes DIRECTORY/documents/* and DIRECTORY/truth/<name>.{txt,json}. Needs Debian's python3-numpy, python3-pil,
python3-opencv, python3-reportlab, fonts-liberation and fonts-dejavu-core. The same versions give the same bytes.
"""

import argparse
import json
import pathlib
import sys
import zlib

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from generator import files, layouts, papers, scan, texts  # noqa: E402
from generator.page import render_pdf, render_picture  # noqa: E402


def random_for(name):
    return np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))


class Sample:
    """One file of samples/documents: its bytes, what was done to the pages, and the texts in it."""

    def __init__(self, name, content, scan_kind, parts, dpi=None, page_texts=None, separators=()):
        self.name, self.content, self.scan_kind, self.parts, self.dpi = name, content, scan_kind, parts, dpi
        self.page_texts = page_texts or [page.truth() for text, _ in parts for page in text.pages]
        self.separators = list(separators)

    def truth(self):
        documents = [describe(text, first) for text, first in self.parts]
        head = {"file": self.name, "scan": self.scan_kind, "dpi": self.dpi, "page_count": len(self.page_texts)}
        if self.separators:
            head["separator_pages"] = self.separators
        return head | (documents[0] if len(documents) == 1 else {"documents": documents})


def describe(text, first_page):
    fields = {k: v for k, v in vars(text).items() if k != "pages"}
    return fields | {"pages": list(range(first_page, first_page + len(text.pages)))}


def single(name, text, scan_kind, make, dpi):
    """A sample of one text; `make` turns its pictures at `dpi` and a random source into the file's bytes."""
    pictures = [render_picture(page, dpi) for page in text.pages]
    return Sample(name, make(pictures, random_for(name)), scan_kind, [(text, 1)], dpi)


def grey_jpeg(dpi, quality=58, **how):
    return lambda pictures, random: files.jpeg(scan.grey(scan.flatbed(pictures[0], random, **how)), dpi, quality)


def colour_jpeg(dpi, quality=60, **how):
    return lambda pictures, random: files.jpeg(scan.flatbed(pictures[0], random, **how), dpi, quality)


def turned_jpeg(dpi, quarter_turns, degrees=0.3):
    return lambda pictures, random: files.jpeg(
        scan.turned(scan.grey(scan.flatbed(pictures[0], random, degrees)), quarter_turns), dpi
    )


def bilevel_tiff(dpi, degrees=0.0, specks=0):
    return lambda pictures, random: files.tiff(
        [scan.black_and_white(p, random, 150, degrees, specks) for p in pictures], dpi
    )


def scanned_pdf(dpi, title, degrees=0.3):
    def make(pictures, random):
        pages = [files.jpeg(scan.grey(scan.flatbed(p, random, degrees)), dpi) for p in pictures]
        return render_pdf(pages, title)

    return make


def phone_jpeg(pictures, random):
    """The camera was held upright, but its sensor stores the picture lying: EXIF says turn clockwise (6)."""
    return files.jpeg(scan.turned(scan.phone(pictures[0], random), 3), 72, 62, orientation=6)


def fax_tiff(pictures, random):
    return files.tiff([scan.fax(pictures[0], random)], 204, 98)


def born_digital(name, text):
    return Sample(name, render_pdf(text.pages, text.title), "born-digital PDF", [(text, 1)])


def mixed_pdf(name, text, picture_pages, dpi):
    """Pages whose index is in `picture_pages` are scans, the others real text."""
    random = random_for(name)
    pages = [
        files.jpeg(scan.grey(scan.flatbed(render_picture(page, dpi), random, 0.6)), dpi) if i in picture_pages else page
        for i, page in enumerate(text.pages)
    ]
    return Sample(name, render_pdf(pages, text.title), "mixed PDF: text pages and scanned pages", [(text, 1)], dpi)


def duplex_tiff(name, text, dpi):
    """A letter scanned on both sides: its back is blank, with a few specks."""
    random = random_for(name)
    text.pages.append(papers.blank_page())
    pages = [scan.black_and_white(render_picture(p, dpi), random, 150, 0.2, 12) for p in text.pages]
    truths = [text.pages[0].truth(), ""]
    return Sample(name, files.tiff(pages, dpi), "1-bit TIFF, blank back page", [(text, 1)], dpi, truths)


def batch_pdf(name, batch, dpi):
    """Several letters in one scan, with a separator sheet before each but the first."""
    random = random_for(name)
    pages, truths, parts, separators = [], [], [], []
    for text in batch:
        if pages:
            sheet = layouts.separator_page()
            separators.append(len(pages) + 1)
            pages.append(sheet)
            truths.append(sheet.truth())
        parts.append((text, len(pages) + 1))
        pages += text.pages
        truths += [page.truth() for page in text.pages]
    scans = [files.jpeg(scan.grey(scan.flatbed(render_picture(p, dpi), random, 0.25)), dpi, 50) for p in pages]
    return Sample(name, render_pdf(scans, "Stapel"), "scanned batch with separator sheets", parts, dpi, truths, separators)


def zip_of_scans(name, members, dpi):
    """Members are (file name, text, function from picture and random source to bytes)."""
    random = random_for(name)
    content = [(member, make(render_picture(text.pages[0], dpi), random)) for member, text, make in members]
    parts = [(text, number) for number, (_, text, _) in enumerate(members, 1)]
    sample = Sample(name, files.archive(content), "ZIP of scans, one page a file", parts, dpi)
    sample.member_names = [member for member, _ in content]
    return sample


def as_jpeg(dpi):
    return lambda picture, random: files.jpeg(scan.grey(scan.flatbed(picture, random)), dpi)


def as_png(dpi):
    return lambda picture, random: files.png(scan.black_and_white(picture, random), dpi)


def as_tiff(dpi):
    return lambda picture, random: files.tiff([scan.black_and_white(picture, random)], dpi)


def yellowed_jpeg(pictures, random):
    return files.jpeg(scan.yellowed(pictures[0], random, -0.5), 200, 55)


def samples():
    """All samples, in the order of their names; each is a function so that one alone can be made."""
    t, p = texts, papers
    return {
        "anhoerungsbogen_quer.jpg": lambda n: single(n, p.hearing_form(), "turned 90 degrees", turned_jpeg(200, 1), 200),
        "bauantrag_gemischt.pdf": lambda n: mixed_pdf(n, p.building_application(), {1}, 200),
        "denkmal_genehmigung_1987.jpg": lambda n: single(n, t.monument_permit_1987(), "yellowed, spine shadow", yellowed_jpeg, 200),
        "englischer_brief.jpg": lambda n: single(n, t.english_letter(), "grey 200 dpi", grey_jpeg(200), 200),
        "fax_stellungnahme.tif": lambda n: single(n, t.water_board_opinion(), "fax 204 x 98 dpi", fax_tiff, 204),
        "foto_kuendigung.jpg": lambda n: single(n, t.tenancy_notice(), "phone photo, EXIF orientation 6", phone_jpeg, 200),
        "gebuehrenbescheid_grab.jpg": lambda n: single(n, t.grave_fee_notice(), "grey 200 dpi", grey_jpeg(200), 200),
        "gewerbeanmeldung_kopfstand.jpg": lambda n: single(n, p.trade_registration(), "turned 180 degrees", turned_jpeg(200, 2), 200),
        "hundesteuer_anmeldung.tif": lambda n: single(n, p.dog_registration(), "1-bit 300 dpi", bilevel_tiff(300), 300),
        "hundesteuerbescheid.jpg": lambda n: single(n, t.dog_tax_notice(), "colour 300 dpi", colour_jpeg(300, 45), 300),
        "hundesteuersatzung.pdf": lambda n: born_digital(n, p.dog_tax_bylaw()),
        "kita_bedarfsanmeldung.jpg": lambda n: single(n, p.nursery_registration(), "yellowed, spine shadow", yellowed_jpeg, 200),
        "niederschrift_stadtrat.tif": lambda n: single(n, p.council_minutes(), "1-bit 300 dpi, several pages", bilevel_tiff(300, 0.4, 30), 300),
        "posteingang.zip": lambda n: zip_of_scans(n, [
            ("Bewerbung Özdemir.jpg", t.job_application(), as_jpeg(200)),
            ("Ordnungsamt/Baumfällung.png", t.tree_felling(), as_png(200)),
            ("Mahnung.tif", t.reminder(), as_tiff(200)),
        ], 200),
        "rechnung_buerobedarf.pdf": lambda n: born_digital(n, t.office_invoice()),
        "rechnung_heizung_150dpi.jpg": lambda n: single(n, t.heating_invoice(), "grey 150 dpi", grey_jpeg(150, 62), 150),
        "rechnung_winterdienst.pdf": lambda n: single(n, t.winter_invoice(), "scanned PDF", scanned_pdf(200, "Scan", 1.1), 200),
        "sitzungsvorlage_bebauungsplan.pdf": lambda n: born_digital(n, p.council_proposal()),
        "stapel_mit_trennblaettern.pdf": lambda n: batch_pdf(n, [t.house_number(), t.special_use(), t.fire_permit(), t.offer()], 200),
        "umlagebescheid_tabelle.jpg": lambda n: single(n, t.levy_notice(), "grey 200 dpi", grey_jpeg(200), 200),
        "verwendungsnachweis_heimatverein.pdf": lambda n: single(n, p.grant_account(), "scanned PDF, two pages", scanned_pdf(200, "Scan", -0.4), 200),
        "widerspruch_schief.jpg": lambda n: single(n, t.objection(), "skewed 3.2 degrees", colour_jpeg(200, 58, degrees=3.2), 200),
        "wohngeldantrag.tif": lambda n: single(n, p.housing_benefit(), "1-bit 300 dpi", bilevel_tiff(300, -0.3, 20), 300),
        "zuwendungsbescheid_duplex.tif": lambda n: duplex_tiff(n, t.grant_notice(), 300),
    }


def write(sample, directory):
    stem = sample.name.rsplit(".", 1)[0]
    (directory / "documents" / sample.name).write_bytes(sample.content)
    (directory / "truth" / f"{stem}.txt").write_text("\f".join(sample.page_texts), encoding="utf-8")
    truth = sample.truth()
    for document, member in zip(truth.get("documents", []), getattr(sample, "member_names", [])):
        document["member"] = member
    (directory / "truth" / f"{stem}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{sample.name}: {len(sample.page_texts)} pages, {len(sample.content) // 1024} KB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    parser.add_argument("--only", help="make just the file of this name")
    arguments = parser.parse_args()
    for part in ("documents", "truth"):
        (arguments.out / part).mkdir(parents=True, exist_ok=True)
    for name, make in samples().items():
        if arguments.only in (None, name):
            write(make(name), arguments.out)


if __name__ == "__main__":
    main()
