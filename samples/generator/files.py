"""Writes pictures to files: JPEG, 1-bit TIFF, ZIP. Same input, same bytes."""

import io
import zipfile

from PIL import Image

EXIF_ORIENTATION = 0x0112


def jpeg(picture, dpi, quality=58, orientation=None):
    image = Image.fromarray(picture)
    options = {}
    if orientation:
        exif = Image.Exif()
        exif[EXIF_ORIENTATION] = orientation
        options["exif"] = exif
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True, **options)
    return out.getvalue()


def png(picture, dpi):
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def tiff(pages, dpi, dpi_down=None):
    """1-bit pages (true is white) as CCITT G4, one directory a page."""
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(out, "TIFF", compression="group4", dpi=(dpi, dpi_down or dpi), save_all=True, append_images=images[1:])
    return out.getvalue()


def archive(members):
    """A ZIP of (name, bytes) with a fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            entry = zipfile.ZipInfo(name, (2026, 3, 2, 8, 0, 0))
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return out.getvalue()
