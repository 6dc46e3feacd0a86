"""Office files become searchable PDF/A, or are kept and say that nothing could read them."""
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import unittest

import eakte
import office_files

PROGRAM = pathlib.Path("/usr/lib/libreoffice/program")
HAS_OFFICE = all((PROGRAM / name).exists() for name in ("soffice.bin", "libswlo.so", "libsclo.so"))
needs_office = unittest.skipUnless(HAS_OFFICE, "LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui) is not installed")

LETTER = ["Stadt Musterhausen, Bauamt", "Bescheid über die Erneuerung der Zisternenüberdachung",
          "Sehr geehrte Frau Beispiel, die Genehmigung wird hiermit erteilt."]


class Listener:
    """Counts who connects."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                self.socket.accept()[0].close()
                self.connections += 1
            except OSError:
                return


def text_of(content, name, directory, *options):
    """What `eakte convert` reads from a file; None and the output when it refuses."""
    given, pdf, text = (pathlib.Path(directory) / part for part in (name, "aus.pdf", "aus.txt"))
    given.write_bytes(content)
    done = eakte.run("convert", given, "-o", pdf, "--text", text, *options, check=False)
    return (text.read_text(), pdf.read_bytes()) if done.returncode == 0 else (None, done.stderr)


def attachment(pdf, name):
    return subprocess.run(["qpdf", f"--show-attachment={name}", pdf], capture_output=True, check=True).stdout


@needs_office
class OfficeFiles(unittest.TestCase):
    def test_a_letter_is_found_by_its_words_and_is_pdfa(self):
        with eakte.data_directory() as data, eakte.Service(data) as service:
            content = office_files.docx(*LETTER)
            ended = service.wait_for(service.upload("bescheid.docx", content)["id"])
            self.assertIn(ended["state"], ("filed", "review"), ended)
            service.wait_for_index()
            hits = service.search("Zisternenüberdachung")
            self.assertEqual([hit["document"]["id"] for hit in hits["hits"]], [ended["document"]])
            document = service.get(f"/documents/{ended['document']}")
            self.assertTrue(all(page["born_digital"] for page in document["pages"]), document["pages"])
            address = f"/api/v1/documents/{ended['document']}"
            self.assertEqual(service.request("GET", address + "/renditions/original")[2], content)
            pdf = service.request("GET", address + "/renditions/pdfa")[2]
            self.assertIn(b"pdfaid", pdf)
            # Kept: the PDF of the office program passed our checker of PDF/A and was not turned into pictures.
            manifest = json.loads(next(data.glob("tenants/*/manifests/*/*/*.json")).read_text())
            self.assertEqual(manifest["processing"]["rendering"], "untouched")
            self.assertTrue(manifest["processing"]["pdfa"]["archive"]["valid"], manifest["processing"])
            text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
            self.assertEqual(text.count("Zisternenüberdachung"), 1)
            self.assertTrue(service.get(f"/documents/{ended['document']}/pages/1/hits?q=Genehmigung")["boxes"])
            service.stop()
            eakte.verify(data)

    def test_the_pdfa_carries_the_office_file_where_the_tenant_wants_that(self):
        content = office_files.docx(*LETTER)
        with eakte.data_directory('[archive]\npdfa = "3u"\n') as data, eakte.Service(data) as service:
            ended = service.wait_for(service.upload("bescheid.docx", content)["id"])
            pdf = data / "aus.pdf"
            pdf.write_bytes(service.request("GET", f"/api/v1/documents/{ended['document']}/renditions/pdfa")[2])
            self.assertEqual(attachment(pdf, "bescheid.docx"), content)
            record = json.loads(attachment(pdf, "Verarbeitung.json"))
            self.assertEqual((record["original"]["name"], record["rendering"]), ("bescheid.docx", "repaired"), record)
            processing = json.loads(next(data.glob("tenants/*/manifests/*/*/*.json")).read_text())["processing"]
            self.assertEqual(processing["pdfa"]["archive"], {"standard": "PDF/A-3u", "valid": True, "violations": []})
            service.stop()
            eakte.verify(data)

    def test_every_kind_is_read(self):
        cases = [
            ("liste.xlsx", office_files.xlsx(["Name", "Betrag"], ["Grünflächenamt", "00123"]), ["Grünflächenamt", "00123"]),
            ("liste.csv", "Amt;Betrag\nFriedhofsverwaltung;12,50\nBauhof;00,10\n".encode("cp1252"), ["Friedhofsverwaltung", "12,50", "00,10"]),
            ("brief.odt", office_files.odt("Gräberverzeichnis"), ["Gräberverzeichnis"]),
            ("brief.rtf", rb"{\rtf1\ansi Stra\'dfenreinigung am Montag\par}", ["Straßenreinigung"]),
            ("seite.html", "<html><body><p>Öffnungszeiten</p></body></html>".encode(), ["Öffnungszeiten"]),
            ("notiz.txt", "Rückruf erbeten\r\nFrau Müller".encode("cp1252"), ["Rückruf", "Müller"]),
            ("notiz.txt", "Rückruf".encode("utf-16"), ["Rückruf"]),
        ]
        with tempfile.TemporaryDirectory() as directory:
            for name, content, words in cases:
                text, rest = text_of(content, name, directory)
                self.assertIsNotNone(text, (name, rest))
                for word in words:
                    self.assertIn(word, text, name)

    def test_nothing_is_fetched_and_no_other_file_is_read(self):
        listener = Listener()
        with tempfile.TemporaryDirectory() as directory:
            secret = pathlib.Path(directory) / "geheim.txt"
            secret.write_text("Staatsgeheimnis")
            cases = [
                ("bild.docx", office_files.docx("Mit Bild", picture=f"http://127.0.0.1:{listener.port}/bild.png")),
                ("bild.html", f"<html><body>Mit Bild<img src='http://127.0.0.1:{listener.port}/bild.png'></body></html>".encode()),
                ("fern.odt", office_files.odt("Mit Bild", linked=f"http://127.0.0.1:{listener.port}/text.odt")),
                ("nah.odt", office_files.odt("Mit Bild", linked=f"file://{secret}")),
                ("nah.html", f"<html><body>Mit Bild<iframe src='file://{secret}'></iframe></body></html>".encode()),
            ]
            for name, content in cases:
                text, rest = text_of(content, name, directory)
                self.assertIsNotNone(text, (name, rest))
                self.assertIn("Mit Bild", text, name)
                self.assertNotIn("Staatsgeheimnis", text, name)
        self.assertEqual(listener.connections, 0)

    def test_hostile_files_end_in_a_refusal_and_leave_nothing_behind(self):
        before = set(os.listdir(tempfile.gettempdir()))
        bomb = office_files.docx("Bombe", more=[("word/media/bild.bin", b"\0" * 60_000_000)])
        hollow = office_files.packed(("[Content_Types].xml", office_files.content_types(
            "word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document")))
        with tempfile.TemporaryDirectory() as directory:
            self.assertIn("[office_too_large]", text_of(bomb, "bombe.docx", directory)[1])
            self.assertIn("[damaged_file]", text_of(hollow, "hohl.docx", directory)[1])
        after = set(os.listdir(tempfile.gettempdir())) - before
        self.assertFalse([name for name in after if name.startswith(("eakte-office-", "OSL_PIPE", "lu"))])

    def test_macros_do_not_run(self):
        macro = 'Sub Start\nThisComponent.Text.String = &quot;Das Makro lief&quot;\nEnd Sub'
        with tempfile.TemporaryDirectory() as directory:
            text, rest = text_of(office_files.odt("Mit Makro", macro=macro), "makro.odt", directory)
            self.assertIsNotNone(text, rest)
            self.assertIn("Mit Makro", text)
            self.assertNotIn("lief", text)

    def test_a_file_that_takes_too_long_is_set_aside_and_the_next_is_read(self):
        huge = office_files.xlsx(*[[f"Zeile {row}", "Wert"] for row in range(120_000)])
        with eakte.data_directory("[office]\nseconds = 1\n") as data, eakte.Service(data) as service:
            slow = service.upload("riesig.xlsx", huge)
            picture = service.upload("notiz.pdf", (eakte.SAMPLES / "hundesteuersatzung.pdf").read_bytes())
            self.assertIn(service.wait_for(picture["id"])["state"], ("filed", "review"))
            ended = service.wait_for(slow["id"])
            self.assertEqual((ended["state"], ended["reason"]), ("quarantined", "worker_timeout"), ended)
            service.stop()
            eakte.verify(data)


class WithoutOfficeProgram(unittest.TestCase):
    def test_the_original_is_kept_and_says_why_it_has_no_text(self):
        with eakte.data_directory('[office]\nprogram = ""\n') as data, eakte.Service(data) as service:
            content = office_files.docx(*LETTER)
            ended = service.wait_for(service.upload("Zisternenbescheid.docx", content)["id"])
            self.assertEqual(ended["state"], "review", ended)
            document = service.get(f"/documents/{ended['document']}")
            self.assertEqual([rendition["role"] for rendition in document["renditions"]], ["original"])
            self.assertEqual(document["renditions"][0]["media_type"],
                             "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            self.assertIn("LibreOffice", str(document["review_reasons"]) + str(service.get("/reasons")))
            address = f"/api/v1/documents/{ended['document']}"
            self.assertEqual(service.request("GET", address + "/renditions/original")[2], content)
            self.assertEqual(service.request("GET", address + "/renditions/pdfa")[0], 404)
            self.assertEqual(service.request("GET", address + "/pages/1/picture")[0], 404)
            service.wait_for_index()
            hits = service.search("Zisternenbescheid.docx")
            self.assertEqual([hit["document"]["id"] for hit in hits["hits"]], [ended["document"]])
            # Tried again while there is still none, it stays as it is.
            again = service.wait_for(self.retried(service, ended["id"]))
            self.assertEqual((again["state"], again["reason"], again["document"]), ("review", "no_office_program", ended["document"]))
            service.stop()
            eakte.verify(data)

    def retried(self, service, intake):
        status, _, body = service.request("POST", f"/api/v1/intakes/{intake}/retry", b"", {"X-Eakte": "1"})
        self.assertEqual(status, 200, body)
        return intake

    @needs_office
    def test_it_is_read_once_there_is_one_and_stays_the_same_document(self):
        with eakte.data_directory('[office]\nprogram = ""\n') as data:
            letter = data / "bescheid.docx"
            letter.write_bytes(office_files.docx(*LETTER))
            other = data / "liste.csv"
            other.write_bytes("Amt;Betrag\nFriedhofsverwaltung;12,50\n".encode())
            first = eakte.run_json("ingest", "--data", data, letter, other)
            self.assertEqual([line["state"] for line in first], ["review", "review"], first)
            (data / "eakte.toml").write_text("")
            again = eakte.run_json("intakes", "retry", "--data", data, "--unread")
            self.assertEqual({line["intake"]: line["document"] for line in again},
                             {line["intake"]: line["document"] for line in first})
            self.assertEqual({line["reason"] for line in again}, {""}, again)
            # There is nothing left to do, for all or for one.
            self.assertEqual(eakte.run_json("intakes", "retry", "--data", data, "--unread"), [])
            refused = eakte.run("intakes", "retry", "--data", data, first[0]["intake"], check=False)
            self.assertIn("nichts nachzuholen", refused.stderr)
            with eakte.Service(data) as service:
                service.wait_for_index()
                hits = service.search("Zisternenüberdachung")["hits"]
                self.assertEqual([hit["document"]["id"] for hit in hits], [line["document"] for line in first if line["file"] == "bescheid.docx"])
                document = service.get(f"/documents/{hits[0]['document']['id']}")
                self.assertEqual({rendition["role"] for rendition in document["renditions"]}, {"original", "pdfa", "text", "words"})
                self.assertNotIn("no_office_program", str(document["review_reasons"]))
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
