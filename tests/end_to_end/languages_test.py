"""Pages in the languages of the people who write to a town hall, read without being told which it is."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import eakte

MODELS = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata")

FRAKTUR_FONT = pathlib.Path("/usr/share/fonts/truetype/blankenburg/Blankenburg_UNZ1A.ttf")  # fonts-blankenburg

# Invented letters: language, models needed, text, words that only a reading in that language gets right.
LETTERS = [
    ("deu", ["deu"], "Sehr geehrte Damen und Herren, hiermit beantrage ich die Erstattung der Gebühren für das "
     "Jahr 2026. Das Formular liegt diesem Schreiben bei und ist von mir unterschrieben.", ["Erstattung", "Gebühren"]),
    ("fra", ["fra"], "Madame, Monsieur, je vous prie de trouver ci-joint les pièces demandées pour le dossier de la "
     "famille. L'accès à la crèche est nécessaire dès septembre. Nous restons à votre disposition.",
     ["pièces", "demandées", "crèche", "nécessaire"]),
    ("pol", ["pol"], "Szanowni Państwo, proszę o wydanie zaświadczenia, które jest potrzebne dla mojej rodziny. "
     "Dokumenty zostały złożone w roku 2025 i nie zostały zwrócone przez urząd.", ["zaświadczenia", "zostały", "złożone"]),
    ("tur", ["tur"], "Sayın yetkili, bu belge ile birlikte oturma izni için başvuru yapmak istiyorum. Gerekli evraklar "
     "ekte ve bir kopya olarak gönderilmiştir. Daha sonra bilgi verilmesi için teşekkür ederim.",
     ["başvuru", "gönderilmiştir", "teşekkür"]),
    ("ukr", ["ukr", "rus"], "Шановні пані та панове, прошу надати мені посвідку на проживання. Мої документи були подані у "
     "березні, але відповіді я ще не отримала. З повагою, мешканка міста.", ["посвідку", "проживання", "відповіді"]),
    ("rus", ["ukr", "rus"], "Уважаемые дамы и господа, прошу выдать мне справку о регистрации по месту жительства. Все "
     "документы были поданы в марте, однако ответа я ещё не получил.", ["справку", "регистрации", "жительства"]),
    # Blankenburg, a Fraktur of the 1930s: what roman type would read is "ift", "foll", "diefer".
    ("frk", ["frk", "deu"], "Der Magiſtrat der Stadt hat beſchloſſen, daß der Weg nach der alten Mühle in dieſem Jahre "
     "ausgebeſſert werden ſoll. Die Koſten ſind aus der Kaſſe der Gemeinde zu beſtreiten. Über die Ausführung der Arbeit iſt "
     "nach ihrer Vollendung an das Bauamt zu berichten, welches die Rechnung prüft und ſie der Kaſſe vorlegt.",
     ["beſchloſſen", "ausgebeſſert", "Mühle", "iſt"]),
    ("ara", ["ara"], "السادة المحترمون، أرجو منكم إصدار شهادة الإقامة لعائلتي. لقد قدمت جميع الوثائق في شهر مارس ولم "
     "أتلق أي جواب حتى الآن. مع فائق الاحترام والتقدير.", ["الوثائق", "شهادة"]),
]


def page_of(text, language, directory):
    """A grey scan at 200 dpi of a page with the text."""
    html, pdf = (pathlib.Path(directory) / f"{language}.{ending}" for ending in ("html", "pdf"))
    direction = "rtl" if language == "ara" else "ltr"
    font = "'Blankenburg_UNZ1A'" if language == "frk" else "'DejaVu Sans', 'Liberation Sans'"
    code = {"frk": "de"}.get(language, language[:2])
    html.write_text(f'<html lang="{code}" dir="{direction}"><meta charset="utf-8"><body style="font: 15pt/1.6 '
                    f"{font}; margin: 2cm\"><p>{text}</p><p>{text}</p></body></html>",
                    encoding="utf-8")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--user-data-dir={directory}/profile", f"--print-to-pdf={pdf}", html.as_uri()],
                   check=True, capture_output=True, timeout=eakte.PATIENCE, env={**os.environ, "HOME": str(directory)})
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    return pdf.with_suffix(".png")


class Languages(unittest.TestCase):
    def test_each_page_is_read_in_its_own_language(self):
        with tempfile.TemporaryDirectory() as directory:
            known = [letter for letter in LETTERS if all((MODELS / f"{m}.traineddata").exists() for m in letter[1])]
            if not FRAKTUR_FONT.exists():
                known = [letter for letter in known if letter[0] != "frk"]
            self.assertGreaterEqual(len(known), 1)
            pages = [page_of(text, language, directory) for language, _, text, _ in known]
            text = pathlib.Path(directory) / "alle.txt"
            eakte.run("convert", *pages, "-o", pathlib.Path(directory) / "alle.pdf", "--text", text, "-l", "auto")
            read = text.read_text().split("\f")
            for (language, _, _, words), page in zip(known, read):
                for word in words:
                    with self.subTest(language=language, word=word):
                        self.assertIn(word, page)
            missing = sorted({letter[0] for letter in LETTERS} - {letter[0] for letter in known})
            if missing:
                self.skipTest(f"read: {', '.join(l[0] for l in known)}; no model or font for {', '.join(missing)}")


if __name__ == "__main__":
    unittest.main()
