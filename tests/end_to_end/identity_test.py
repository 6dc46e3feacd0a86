"""What identifies a passport is recognised in order not to be stored, also where a received PDF says it in its own words."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import eakte

# The specimen of ICAO 9303.
ZONE = ["P&lt;UTOERIKSSON&lt;&lt;ANNA&lt;MARIA&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;",
        "L898902C36UTO7408122F1204159ZE184226B&lt;&lt;&lt;&lt;&lt;10"]
LETTER = "Sehr geehrte Damen und Herren, anbei die Kopie meines Passes für die Anmeldung der Baumscheibenpatenschaft."


def printed(directory):
    """A born-digital PDF: a letter, and a second page with the copy of a passport that has its zone as text."""
    html, pdf = (pathlib.Path(directory) / f"pass.{ending}" for ending in ("html", "pdf"))
    html.write_text('<html lang="de"><meta charset="utf-8"><body style="font: 12pt \'Liberation Sans\'"><p>' + LETTER +
                    '</p><p style="page-break-before: always">Passport / Reisepass</p>'
                    '<pre style="font: 9pt \'Liberation Mono\'">' + "\n".join(ZONE) + "</pre></body></html>", encoding="utf-8")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--user-data-dir={directory}/profile", f"--print-to-pdf={pdf}", html.as_uri()],
                   check=True, capture_output=True, timeout=eakte.PATIENCE, env={**os.environ, "HOME": str(directory)})
    return pdf.read_bytes()


def words_of(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@unittest.skipUnless(shutil.which("chromium"), "chromium is not installed")
class IdentityDocuments(unittest.TestCase):
    def test_the_zone_stands_in_nothing_but_the_original(self):
        with tempfile.TemporaryDirectory() as directory:
            received = printed(directory)
        self.assertIn("L898902C3", words_of(received))
        with eakte.data_directory() as data, eakte.Service(data) as service:
            ended = service.wait_for(service.upload("pass.pdf", received)["id"])
            document = service.get(f"/documents/{ended['document']}")
            self.assertIn("identity_document", [reason["code"] for reason in document["review_reasons"]])

            def rendition(role):
                return service.request("GET", f"/api/v1/documents/{ended['document']}/renditions/{role}")[2]

            archive_file = words_of(rendition("pdfa"))
            for content in (rendition("text").decode(), rendition("words").decode(), archive_file, str(document)):
                for part in ("L898902C3", "ERIKSSON", "7408122", "ZE184226B"):
                    self.assertNotIn(part, content)
            self.assertIn("Baumscheibenpatenschaft", archive_file)
            self.assertEqual(rendition("original"), received)
            service.wait_for_index()
            self.assertEqual(len(service.search("Baumscheibenpatenschaft")["hits"]), 1)
            for query in ("L898902C3", "L898902C36UTO7408122F1204159ZE184226B", "ZE184226B"):
                self.assertEqual(service.search(query)["hits"], [], query)
            service.stop()
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
