"""Bad input gets a reason code and a German sentence, the bytes are kept, the service goes on."""
import io
import struct
import tarfile
import unittest
import zipfile
import zlib

import eakte
import pictures


def huge_png():
    """60000 x 60000, a few hundred kilobytes: the header alone must be enough to refuse it."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    deflate = zlib.compressobj(9)
    row = b"\0" + b"\0" * 60000
    rows = b"".join(deflate.compress(row) for _ in range(60000)) + deflate.flush()
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def zip_of(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def slip_tar():
    """A member that wants out of its directory; its name is only a name here."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        content = pictures.numbered(4711)
        member = tarfile.TarInfo("../../../../tmp/eakte-entkommen.png")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


class BadInput(unittest.TestCase):
    def test_each_kind_is_refused_with_reason_and_sentence(self):
        tiff = (eakte.SAMPLES / "niederschrift_stadtrat.tif").read_bytes()
        nested = pictures.numbered(1)
        for _ in range(5):
            nested = zip_of(("innen.zip" if nested[:2] == b"PK" else "seite.png", nested))
        cases = [
            ("leer.tif", b"", {"empty_file"}),
            ("abgeschnitten.tif", tiff[:len(tiff) // 3], {"truncated_file", "damaged_file"}),
            ("riesig.png", huge_png(), {"picture_too_large"}),
            ("bombe.zip", zip_of(("null.bin", b"\0" * 60_000_000)), {"archive_ratio"}),
            ("gesperrt.odt", zip_of(("mimetype", b"application/vnd.oasis.opendocument.text"),
                                    ("META-INF/manifest.xml", b"<manifest:encryption-data/>")), {"encrypted"}),
            ("brief.pdf", b"Sehr geehrte Damen und Herren,\nnur Text.\n", {"unknown_type"}),
            ("zeichnung.vsdx", zip_of(("[Content_Types].xml", b"<Types/>"), ("visio/document.xml", b"<v/>")), {"unknown_type"}),
        ]
        with eakte.data_directory() as data, eakte.Service(data) as service:
            intakes = [(name, service.upload(name, content), codes) for name, content, codes in cases]
            for name, intake, codes in intakes:
                ended = service.wait_for(intake["id"])
                self.assertEqual(ended["state"], "refused", ended)
                self.assertIn(ended["reason"], codes, name)
                self.assertGreater(len(ended["message"]), 40, name)
            deep = service.wait_for(service.upload("tief.zip", nested)["id"])
            self.assertEqual(deep["state"], "unpacked")
            slip = service.wait_for(service.upload("ausbruch.tar", slip_tar())["id"])
            self.assertEqual(slip["state"], "unpacked")
            good = service.wait_for(service.upload("gut.png", pictures.numbered(99))["id"])
            self.assertIn(good["state"], ("filed", "review"))
            for intake in service.get("/intakes?limit=100")["intakes"]:
                service.wait_for(intake["id"])
            reasons = [intake["reason"] for intake in service.get("/intakes?limit=100")["intakes"]]
            self.assertIn("archive_too_deep", reasons)
            self.assertIsNone(service.process.poll())
            service.stop()
            eakte.verify(data)

    def test_an_encrypted_pdf_is_refused(self):
        import subprocess
        import tempfile
        with tempfile.TemporaryDirectory() as directory:
            locked = f"{directory}/geheim.pdf"
            subprocess.run(["qpdf", "--encrypt", "geheim", "geheim", "256", "--", str(eakte.SAMPLES / "hundesteuersatzung.pdf"), locked], check=True)
            with eakte.data_directory() as data:
                lines = eakte.run_json("ingest", "--data", data, "--wait", locked, check=False)
                self.assertEqual((lines[0]["state"], lines[0]["reason"]), ("refused", "encrypted"))
                self.assertIn("Kennwort", lines[0]["message"])
                self.assertEqual(eakte.run("ingest", "--data", data, "--wait", locked, check=False).returncode, 1)
                eakte.verify(data)

    def test_a_worker_that_dies_quarantines_only_its_own_intake(self):
        with eakte.data_directory("[worker]\nwall_seconds_per_page = 1\ncpu_seconds_per_page = 1\n") as data:
            with eakte.Service(data) as service:
                big = service.upload("langsam.tif", (eakte.SAMPLES / "niederschrift_stadtrat.tif").read_bytes())
                small = service.upload("schnell.png", pictures.numbered(7))
                self.assertIn(service.wait_for(small["id"])["state"], ("filed", "review"))
                ended = service.wait_for(big["id"])
                if ended["state"] == "quarantined":
                    self.assertEqual(ended["reason"], "worker_timeout")
                    self.assertEqual(ended["attempts"], 3)
                status, _, _ = service.request("GET", "/api/v1/status")
                self.assertEqual(status, 200)
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
