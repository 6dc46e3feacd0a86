"""What scanners, faxes and phones do to a page: colour array in, array out. Angles are counter-clockwise degrees."""

import cv2
import numpy as np

cv2.setNumThreads(1)


def noisy(image, random, sigma):
    noise = random.normal(0, sigma, image.shape[:2]).astype(np.float32)[..., None]
    return np.clip(image.astype(np.float32) + noise, 0, 255).astype(np.uint8)


def tilted(image, degrees, fill=255):
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(fill,) * 3)


def flatbed(image, random, degrees=0.2, blur=0.55, sigma=1.6):
    """An ordinary office scan."""
    return noisy(cv2.GaussianBlur(tilted(image, degrees), (0, 0), blur), random, sigma)


def turned(image, quarter_turns):
    """Turned clockwise by quarter turns, as a sheet laid in wrongly."""
    return np.ascontiguousarray(np.rot90(image, -quarter_turns))


def _smooth_field(random, height, width, cells):
    return cv2.resize(random.random((cells, cells)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)


def yellowed(image, random, degrees=0.0):
    """Old paper with the shadow of a book's spine on the left."""
    image = tilted(image, degrees)
    height, width = image.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)[None]
    light = (0.80 + 0.20 * _smooth_field(random, height, width, 4)) * (1 - 0.45 * np.exp(-((across / 0.05) ** 2)))
    paper = np.array([0.97, 0.91, 0.74], np.float32)
    faded = 45 + image.astype(np.float32) * (255 - 45) / 255
    return noisy(cv2.GaussianBlur(np.clip(faded * light[..., None] * paper, 0, 255).astype(np.uint8), (0, 0), 0.6), random, 2.0)


def grey(image):
    return cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)


def black_and_white(image, random, threshold=150, degrees=0.0, specks=0):
    """A 1-bit scan; true is white."""
    picture = cv2.GaussianBlur(grey(tilted(image, degrees)), (0, 0), 0.6).astype(np.float32)
    picture += random.normal(0, 9, picture.shape)
    bits = picture > threshold
    height, width = bits.shape
    for y, x in zip(random.integers(0, height - 2, specks), random.integers(0, width - 2, specks)):
        bits[y : y + 2, x : x + 2] = False
    return bits


def fax(image, random):
    """Group 3 standard resolution: 1728 columns at 204 dpi, rows at 98 dpi, a few rows shifted."""
    picture = cv2.resize(grey(tilted(image, -0.7)), (1728, round(297 / 25.4 * 98)), interpolation=cv2.INTER_AREA)
    bits = picture.astype(np.float32) + random.normal(0, 8, picture.shape) > 165
    for row in random.integers(0, bits.shape[0], 4):
        bits[row] = np.roll(bits[row], int(random.integers(-6, 6)))
    return bits


def phone(image, random, width=1700, height=2267):
    """A letter photographed on a table, seen slightly from below, with a soft shadow."""
    rows, columns = image.shape[:2]
    table = np.stack([_smooth_field(random, height, width, 50) * 22 + level for level in (92, 68, 50)], 2)
    corners = np.float32([[118, 96], [width - 132, 112], [width - 70, height - 88], [58, height - 104]])
    sheet = np.float32([[0, 0], [columns, 0], [columns, rows], [0, rows]])
    view = cv2.getPerspectiveTransform(sheet, corners)
    picture = cv2.warpPerspective(image, view, (width, height), flags=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.warpPerspective(np.full((rows, columns), 255, np.uint8), view, (width, height))
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2).astype(np.float32)[..., None] / 255
    picture = picture * mask + table * (1 - mask)
    picture *= (0.78 + 0.2 * _smooth_field(random, height, width, 3))[..., None]
    picture *= np.array([0.99, 0.97, 0.91])
    return noisy(np.clip(cv2.GaussianBlur(picture, (0, 0), 0.7), 0, 255).astype(np.uint8), random, 2.5)
