"""Page layouts: letters after DIN 5008 form B, invoices, forms, council papers, separator sheets."""

from dataclasses import dataclass, field

from .page import Page

BOTTOM = 268.0


@dataclass
class Office:
    """A letterhead."""

    name: str
    part: str
    street: str
    town: str
    bank: str = ""
    iban: str = ""
    colour: tuple = (0, 70, 110)
    phone: str = ""

    def return_line(self):
        return f"{self.name} · {self.street} · {self.town}"


@dataclass
class Letter:
    """What stands on a letter. `information` are the rows of the information block right of the address."""

    sender: Office
    recipient: list
    date: str
    subject: str
    paragraphs: list
    information: list = field(default_factory=list)
    headline: str = ""
    salutation: str = "Sehr geehrte Damen und Herren,"
    closing: str = "Mit freundlichen Grüßen"
    signer: str = ""
    enclosures: str = ""
    table: object = None
    private: bool = False


def group_iban(iban):
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def _letterhead(page, letter):
    sender = letter.sender
    if letter.private:
        y = 14
        for line in (sender.name, sender.street, sender.town, sender.phone):
            if line:
                page.text(25, y, line, page.size)
                y += 5
        return
    page.bar(168, 12, 18, 18, sender.colour)
    page.stroke([(170, 27), (177, 15), (184, 27), (170, 27)], 0.9, (255, 255, 255))
    page.text(25, 13, sender.name, 17, True, colour=sender.colour)
    page.text(25, 22, sender.part, 11)
    page.text(25, 46, sender.return_line(), 7)
    page.line(25, 49.3, 105, 49.3, 0.1)


def _address_and_information(page, letter):
    for i, line in enumerate(letter.recipient):
        page.text(25, 52.5 + 4.9 * i, line)
    rows = letter.information or []
    y = 52.5
    for label, value in rows:
        page.row(y, [(125, label, False), (154, value, False)], 9)
        y += 4.9
    if letter.private:
        page.text(195, 80, letter.date, right=True)


def _foot(page, sender):
    if not sender.iban:
        return
    page.line(25, 279, 195, 279, 0.1)
    page.text(25, 280.2, "Sprechzeiten: Di 9–12 und 13–18 Uhr, Do 9–12 und 13–16 Uhr, Fr 9–11 Uhr", 7)
    page.text(25, 283.6, f"{sender.bank} · IBAN {group_iban(sender.iban)} · {sender.return_line()}", 7)


def letter_pages(letter, family="sans", size=10.5, seed=1):
    """The letter on as many pages as it needs."""
    page = Page(family, size)
    _letterhead(page, letter)
    _address_and_information(page, letter)
    pages = [page]
    y = 98.0
    if letter.headline:
        page.text(25, y, letter.headline, 15, True)
        y += 9
    if letter.subject:
        y = page.paragraph(25, y, 165, letter.subject, size + 0.5, True) + 4
    page.text(25, y, letter.salutation)
    y += 8
    for paragraph in letter.paragraphs:
        if paragraph == "TABLE":
            y = letter.table(page, y) + 4
            continue
        bold = paragraph.startswith("**")
        text = paragraph.strip("*")
        if y + 4.9 * len(page.wrap(text, 165, bold=bold)) > BOTTOM:
            _foot(page, letter.sender)
            page = Page(family, size)
            pages.append(page)
            page.text(25, 14, f"Seite {len(pages)} zum Schreiben vom {letter.date}", 9)
            y = 26
        y = page.paragraph(25, y, 165, text, bold=bold) + (1.2 if bold else 3)
    page.text(25, y + 2, letter.closing)
    page.signature(25, y + 8, seed)
    page.text(25, y + 19, letter.signer)
    if letter.enclosures:
        page.text(25, y + 29, letter.enclosures, 9)
    _foot(page, letter.sender)
    return pages


def table(columns, rows, last_bold=True, pt=9.5):
    """Returns a function that draws the table; columns are (x, heading, right)."""

    def draw(page, y):
        page.box(25, y, 190, y + 6.6, fill=(226, 226, 226))
        page.row(y + 1.2, [(x, heading, right) for x, heading, right in columns], pt, True)
        y += 6.6
        for i, row in enumerate(rows):
            page.box(25, y, 190, y + 6.6, 0.15)
            cells = [(x, value, right) for (x, _, right), value in zip(columns, row)]
            page.row(y + 1.2, cells, pt, last_bold and i == len(rows) - 1)
            y += 6.6
        return y

    return draw


@dataclass
class Invoice:
    company: str
    street: str
    town: str
    vat_id: str
    recipient: list
    fields: list
    items: list
    sums: list
    note: str
    headline: str = "Rechnung"
    colour: tuple = (20, 90, 60)


def invoice_page(invoice, family="sans"):
    page = Page(family, 10)
    page.bar(25, 14, 12, 12, invoice.colour)
    page.text(195, 14, invoice.company, 13, True, right=True)
    page.text(195, 20.5, f"{invoice.street}, {invoice.town}", 9, right=True)
    page.text(195, 25, f"USt-IdNr. {invoice.vat_id}", 9, right=True)
    page.text(25, 46, f"{invoice.company} · {invoice.street} · {invoice.town}", 7)
    page.line(25, 49.3, 105, 49.3, 0.1)
    for i, line in enumerate(invoice.recipient):
        page.text(25, 52.5 + 4.9 * i, line, 10.5)
    for i, (label, value) in enumerate(invoice.fields):
        page.row(52.5 + 4.9 * i, [(125, label, False), (195, value, True)], 9.5)
    y = 90.0
    page.text(25, y, invoice.headline, 18, True)
    y += 12
    columns = [(25, False), (36, False), (138, True), (166, True), (195, True)]
    headings = ["Pos.", "Bezeichnung", "Menge", "Einzelpreis", "Gesamt"]
    page.row(y, [(x, h, r) for (x, r), h in zip(columns, headings)], 9.5, True)
    y += 6
    page.line(25, y, 195, y)
    y += 1.5
    for number, item in enumerate(invoice.items, 1):
        page.row(y, [(x, v, r) for (x, r), v in zip(columns, [str(number), *item])], 9.5)
        y += 6.2
    page.line(25, y, 195, y)
    y += 2
    for i, (label, value) in enumerate(invoice.sums):
        page.row(y, [(125, label, False), (195, value, True)], 10, i == len(invoice.sums) - 1)
        y += 6
    page.paragraph(25, y + 6, 168, invoice.note, 10)
    return page


def form_page(town, title, number, sections, closing, family="sans", value_font="mono", seed=1, place_and_date=""):
    """A form: sections of rows of (label, value, share of the width); a value True or False is a tick box."""
    page = Page(family, 10)
    page.text(22, 12, town, 11, True)
    page.text(195, 12, number, 8, right=True)
    page.text(22, 20, title, min(15, 15 * 173 / page.text_width(title, 15, True)), True)
    y = 31.0
    for index, (heading, rows) in enumerate(sections, 1):
        page.box(22, y, 195, y + 6.5, fill=(215, 215, 215))
        page.text(24, y + 1.2, f"{index}  {heading}", 9.5, True)
        y += 6.5
        for row in rows:
            if isinstance(row, str):
                y = page.paragraph(24, y + 1.5, 168, row, 9) + 1
                continue
            y = _tick_rows(page, y, row) if isinstance(row[0][1], bool) else _value_row(page, y, row, value_font)
        y += 2
    y = page.paragraph(22, y + 1, 173, closing, 8.5) + 12
    page.text(24, y - 5.5, place_and_date, 11, font=value_font)
    page.signature(115, y - 9, seed)
    page.line(22, y, 90, y)
    page.line(110, y, 195, y)
    page.row(y + 0.6, [(22, "Ort, Datum", False), (110, "Unterschrift", False)], 7)
    return page


def _tick_rows(page, y, row):
    for label, ticked, _ in row:
        page.box(24, y + 2, 27.5, y + 5.5)
        if ticked:
            page.line(24.3, y + 2.3, 27.2, y + 5.2, 0.5, (20, 20, 90))
            page.line(27.2, y + 2.3, 24.3, y + 5.2, 0.5, (20, 20, 90))
        page.text(30, y + 1.8, label, 9.5)
        y += 6.3
    return y + 1


def _value_row(page, y, row, value_font):
    x = 22.0
    for label, value, share in row:
        width = 173 * share
        page.box(x, y, x + width, y + 11.3)
        page.text(x + 1, y + 0.7, label, 7, truth=False)
        page.text(x + 2, y + 5, value, 10.5, font=value_font, truth=False)
        x += width
    page.lines.append("  ".join(label for label, _, _ in row))
    page.lines.append("  ".join(value for _, value, _ in row if value))
    return y + 11.3


def paper_pages(blocks, family="serif", size=11, first=None, footer=""):
    """Running text on as many pages as needed. Blocks are (kind, text): title, heading, text, centre, break."""
    pages = []

    def new_page():
        pages.append(Page(family, size))
        return pages[-1], 22.0

    page, y = new_page()
    if first:
        y = first(page)
    for kind, text in blocks:
        pt = {"title": size + 5, "heading": size + 0.5}.get(kind, size)
        bold = kind in ("title", "heading")
        needed = len(page.wrap(text, 165, pt, bold)) * pt * 1.32 * 25.4 / 72
        if kind == "break" or y + needed + (14 if kind == "heading" else 0) > BOTTOM:
            page, y = new_page()
        if kind == "break":
            continue
        y += 3 if kind == "heading" else 0
        if kind in ("title", "centre"):
            for line in page.wrap(text, 165, pt, bold):
                page.text(105 - page.text_width(line, pt, bold) / 2, y, line, pt, bold)
                y += pt * 1.32 * 25.4 / 72
            y += 3
        else:
            y = page.paragraph(25, y, 165, text, pt, bold) + 2.6
    for number, each in enumerate(pages, 1):
        mark = f"{footer}Seite {number} von {len(pages)}"
        each.text(105 - each.text_width(mark, 8.5) / 2, 283, mark, 8.5)
    return pages


CODE128 = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()


def code128(page, x, y, text, height, module):
    """Code 128, set B (ISO/IEC 15417): start, characters, check sum modulo 103, stop."""
    values = [104] + [ord(c) - 32 for c in text]
    values.append((values[0] + sum(i * v for i, v in enumerate(values[1:], 1))) % 103)
    values.append(106)
    black = True
    for digit in "".join(CODE128[v] for v in values):
        width = int(digit) * module
        if black:
            page.bar(x, y, width, height)
        x += width
        black = not black


def separator_page():
    """A separator sheet: PATCHT as Code 128, at the top and the bottom."""
    page = Page("sans", 12)
    page.text(62, 28, "TRENNBLATT", 30, True)
    code128(page, 58, 52, "PATCHT", 25, 0.7)
    page.text(92, 80, "PATCHT", 12)
    page.paragraph(40, 118, 130, "Dieses Blatt trennt zwei Schriftstücke im Stapel. Bitte mit der bedruckten Seite nach oben einlegen und nicht entfernen.", 12)
    code128(page, 58, 235, "PATCHT", 25, 0.7)
    return page
