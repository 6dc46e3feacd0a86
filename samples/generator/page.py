"""A page as a list of drawing operations in millimetres, with the text in reading order.

The same page is painted to pixels (render_picture) or written as real text into a PDF (render_pdf).
"""

import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 210.0, 297.0
_DIRECTORY = "/usr/share/fonts/truetype/"
FONTS = {
    "sans": "liberation/LiberationSans-Regular.ttf",
    "sans-bold": "liberation/LiberationSans-Bold.ttf",
    "serif": "liberation/LiberationSerif-Regular.ttf",
    "serif-bold": "liberation/LiberationSerif-Bold.ttf",
    "mono": "liberation/LiberationMono-Regular.ttf",
    "mono-bold": "liberation/LiberationMono-Bold.ttf",
    "dejavu": "dejavu/DejaVuSans.ttf",
    "dejavu-bold": "dejavu/DejaVuSans-Bold.ttf",
}
_loaded = {}


def _font(name, pixels):
    key = (name, pixels)
    if key not in _loaded:
        _loaded[key] = ImageFont.truetype(_DIRECTORY + FONTS[name], pixels, layout_engine=ImageFont.Layout.BASIC)
    return _loaded[key]


class Page:
    """Collects operations; x to the right and y downwards, both in mm from the top left corner."""

    def __init__(self, family="sans", size=10.5):
        self.family, self.size = family, size
        self.operations = []
        self.lines = []

    def font(self, bold=False):
        return self.family + ("-bold" if bold else "")

    def text_width(self, text, pt=None, bold=False, font=None):
        return _font(font or self.font(bold), 1000).getlength(text) / 1000 * (pt or self.size) * 25.4 / 72

    def text(self, x, y, text, pt=None, bold=False, right=False, colour=(0, 0, 0), font=None, truth=True):
        """Text with the top of its line at y; with right=True it ends at x."""
        pt, font = pt or self.size, font or self.font(bold)
        if right:
            x -= self.text_width(text, pt, font=font)
        self.operations.append(("text", x, y, text, pt, font, colour))
        if truth:
            self.lines.append(text)

    def row(self, y, cells, pt=None, bold=False, font=None):
        """Cells (x, text, right) of one line of a table; they are one line of the truth."""
        for x, text, right in cells:
            self.text(x, y, text, pt, bold, right, font=font, truth=False)
        self.lines.append(" ".join(text for _, text, _ in cells if text))

    def wrap(self, text, width, pt=None, bold=False, font=None):
        lines, current = [], ""
        for word in text.split():
            candidate = f"{current} {word}".strip()
            if current and self.text_width(candidate, pt, bold, font) > width:
                lines.append(current)
                current = word
            else:
                current = candidate
        return lines + [current] if current else lines

    def paragraph(self, x, y, width, text, pt=None, bold=False, lead=1.32, font=None):
        """Writes a paragraph and returns the y below it."""
        step = (pt or self.size) * lead * 25.4 / 72
        for line in self.wrap(text, width, pt, bold, font):
            self.text(x, y, line, pt, bold, font=font)
            y += step
        return y

    def line(self, x1, y1, x2, y2, width=0.25, colour=(0, 0, 0)):
        self.operations.append(("line", x1, y1, x2, y2, width, colour))

    def box(self, x1, y1, x2, y2, width=0.25, fill=None):
        self.operations.append(("box", x1, y1, x2, y2, width, fill))

    def bar(self, x, y, width, height, colour=(0, 0, 0)):
        self.operations.append(("bar", x, y, width, height, colour))

    def stroke(self, points, width, colour):
        self.operations.append(("stroke", points, width, colour))

    def signature(self, x, y, seed, width=38.0, height=9.0):
        """A scribble that looks written by hand."""
        random = np.random.Generator(np.random.PCG64(seed))
        t = np.linspace(0, 1, 80)
        across = x + width * t + 2.5 * np.sin(t * 2 * math.pi * random.uniform(3, 6))
        down = y + height * (0.5 + 0.45 * np.sin(t * 2 * math.pi * random.uniform(3, 7)) * (1 - 0.5 * t))
        self.stroke(list(zip(across.tolist(), down.tolist())), 0.45, (25, 35, 120))

    def stamp(self, x, y, rows, colour=(40, 40, 150), degrees=4.0):
        """A received stamp: framed lines, turned a little. Its text belongs to the truth."""
        width = max(self.text_width(r, 12, font="sans-bold") for r in rows) + 8
        self.operations.append(("stamp", x, y, width, rows, colour, degrees))
        self.lines += rows

    def truth(self):
        return "\n".join(self.lines) + "\n"


def render_picture(page, dpi, paper=(255, 255, 255)):
    """The page in colour at `dpi`, painted at twice the size for smooth edges."""
    scale = 2
    k = dpi * scale / 25.4
    image = Image.new("RGB", (round(WIDTH * k), round(HEIGHT * k)), paper)
    draw = ImageDraw.Draw(image)
    for operation in page.operations:
        _paint(image, draw, operation, k)
    size = (round(WIDTH * dpi / 25.4), round(HEIGHT * dpi / 25.4))
    return np.asarray(image.resize(size, Image.Resampling.BOX))


def _paint(image, draw, operation, k):
    kind, *a = operation
    if kind == "text":
        x, y, text, pt, font, colour = a
        draw.text((x * k, y * k), text, font=_font(font, round(pt * k * 25.4 / 72)), fill=colour)
    elif kind == "line":
        x1, y1, x2, y2, width, colour = a
        draw.line((x1 * k, y1 * k, x2 * k, y2 * k), fill=colour, width=max(1, round(width * k)))
    elif kind == "box":
        x1, y1, x2, y2, width, fill = a
        draw.rectangle((x1 * k, y1 * k, x2 * k, y2 * k), outline=(0, 0, 0), width=max(1, round(width * k)), fill=fill)
    elif kind == "bar":
        x, y, width, height, colour = a
        draw.rectangle((round(x * k), round(y * k), round((x + width) * k) - 1, round((y + height) * k) - 1), fill=colour)
    elif kind == "stroke":
        points, width, colour = a
        draw.line([(x * k, y * k) for x, y in points], fill=colour, width=max(1, round(width * k)), joint="curve")
    elif kind == "stamp":
        _paint_stamp(image, a, k)


def _paint_stamp(image, arguments, k):
    x, y, width, rows, colour, degrees = arguments
    height = 5.5 * len(rows) + 3
    layer = Image.new("RGBA", (round(width * k), round(height * k)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    draw.rectangle((1, 1, layer.width - 2, layer.height - 2), outline=colour + (220,), width=round(0.6 * k))
    font = _font("sans-bold", round(12 * k * 25.4 / 72))
    for i, row in enumerate(rows):
        draw.text(((layer.width - font.getlength(row)) / 2, (1.6 + 5.5 * i) * k), row, font=font, fill=colour + (220,))
    layer = layer.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(layer, (round(x * k), round(y * k)), layer)


def render_pdf(pages, title):
    """A PDF of `pages`: a Page becomes real text, a (jpeg bytes) entry a full-page picture. Same bytes each time."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH * mm, HEIGHT * mm), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("eakte samples")
    for page in pages:
        if isinstance(page, Page):
            _write_page(canvas, page)
        else:
            canvas.drawImage(ImageReader(io.BytesIO(page)), 0, 0, WIDTH * mm, HEIGHT * mm)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _write_page(canvas, page):
    for kind, *a in page.operations:
        if kind == "text":
            x, y, text, pt, font, colour = a
            if font not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(font, _DIRECTORY + FONTS[font]))
            canvas.setFillColorRGB(*(c / 255 for c in colour))
            canvas.setFont(font, pt)
            ascent = pdfmetrics.getAscent(font) * pt / 1000
            canvas.drawString(x * mm, (HEIGHT - y) * mm - ascent, text)
        elif kind == "line":
            x1, y1, x2, y2, width, colour = a
            canvas.setStrokeColorRGB(*(c / 255 for c in colour))
            canvas.setLineWidth(width * mm)
            canvas.line(x1 * mm, (HEIGHT - y1) * mm, x2 * mm, (HEIGHT - y2) * mm)
        elif kind == "box":
            x1, y1, x2, y2, width, fill = a
            canvas.setStrokeColorRGB(0, 0, 0)
            canvas.setLineWidth(width * mm)
            if fill:
                canvas.setFillColorRGB(*(c / 255 for c in fill))
            canvas.rect(x1 * mm, (HEIGHT - y2) * mm, (x2 - x1) * mm, (y2 - y1) * mm, fill=1 if fill else 0)
        elif kind == "bar":
            x, y, width, height, colour = a
            canvas.setFillColorRGB(*(c / 255 for c in colour))
            canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, stroke=0, fill=1)
        elif kind == "stroke":
            points, width, colour = a
            path = canvas.beginPath()
            path.moveTo(points[0][0] * mm, (HEIGHT - points[0][1]) * mm)
            for x, y in points[1:]:
                path.lineTo(x * mm, (HEIGHT - y) * mm)
            canvas.setStrokeColorRGB(*(c / 255 for c in colour))
            canvas.setLineWidth(width * mm)
            canvas.drawPath(path)
        else:
            raise ValueError(f"{kind} cannot be written as PDF text")
