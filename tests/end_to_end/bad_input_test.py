"""Bad input gets a reason code and a German sentence, the bytes are kept, the service goes on."""
import contextlib
import io
import itertools
import os
import pathlib
import signal
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
        with eakte.data_directory() as data, eakte.Service(data) as service:
            victim, ended = self.victim_of_killed_readers(service)
            self.assertEqual((ended["state"], ended["reason"], ended["attempts"]), ("quarantined", "worker_timeout", 3), ended)
            healthy = service.wait_for(service.upload("gesund.png", pictures.numbered(7))["id"])
            self.assertIn(healthy["state"], ("filed", "review"))
            # Nobody kills it now.
            status, _, body = service.request("POST", f"/api/v1/intakes/{victim['id']}/retry", b"", {"X-Eakte": "1"})
            self.assertEqual(status, 200, body)
            self.assertIn(service.wait_for(victim["id"])["state"], ("filed", "review"))
            service.stop()
            eakte.verify(data)

    def victim_of_killed_readers(self, service):
        """An intake all of whose readers were killed, as the kernel kills who outstays its CPU time; as uploaded and as
        ended. One whose readers were done before they were seen has escaped, and another one comes."""
        content = (eakte.SAMPLES / "niederschrift_stadtrat.tif").read_bytes()
        for number in itertools.count():
            victim = service.upload("opfer.tif", content + b"\0" * number)
            while (now := service.get(f"/intakes/{victim['id']}"))["state"] not in eakte.ENDED:
                self.kill_readers(self.worker_of(service))
            if now["state"] == "quarantined":
                return victim, now

    def worker_of(self, service):
        """The process that starts a child for each job."""
        for process in eakte.children_of(service.process.pid):
            with contextlib.suppress(FileNotFoundError):
                if b"\0worker\0" in pathlib.Path(f"/proc/{process}/cmdline").read_bytes():
                    return process
        self.fail("there is no worker")

    def kill_readers(self, worker):
        """The worker stands still meanwhile: it does not reap, so that no number is another process' by then."""
        os.kill(worker, signal.SIGSTOP)
        try:
            for reader in eakte.children_of(worker):
                os.kill(reader, signal.SIGKILL)
        finally:
            os.kill(worker, signal.SIGCONT)


if __name__ == "__main__":
    unittest.main()
