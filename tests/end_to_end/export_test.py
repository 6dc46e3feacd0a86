"""What goes out comes back: samples, folder, case, hold, closing; exported, imported elsewhere, compared, exported again."""
import csv
import io
import json
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import unittest
import zipfile

import eakte

AT = "2026-11-22T10:00:00.000Z"


def payload(package):
    return (package / "manifest-sha512.txt").read_text().splitlines()


def information_package(package):
    return next((package / "data").iterdir())


def sums(package):
    for name in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
        subprocess.run(["sha512sum", "-c", "--quiet", "--strict", name], cwd=package, check=True)


def everything(data):
    """What the command line tells of all documents, folders and holds, without what is local: revisions."""
    at = ("--data", data)
    documents = []
    for hit in eakte.run_json("search", *at, "Musterstadt OR Rechnung OR Hundesteuer OR der", "--limit", "100"):
        shown = eakte.run_json("show", *at, hit["document"])[0]
        shown.pop("revision", None)
        text = eakte.run("get", *at, hit["document"], "--rendition", "text").stdout
        documents.append((hit["document"], shown, text))
    folders = [eakte.run_json("folder", "show", *at, reference)[0] for reference in ("61.10.30/1187", "61.10.30/77")]
    holds = eakte.run_json("hold", "list", *at, "61.10.30/77")
    return sorted(documents, key=lambda one: one[0]), folders, holds


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp(prefix="eakte-export-"))
        cls.data = cls.directory / "data"
        eakte.run("init", "--data", cls.data, "--folders", eakte.ROOT / "samples/folders.tsv")
        at = ("--data", cls.data)
        eakte.run("ingest", "--wait", *at, eakte.SAMPLES / "hundesteuerbescheid.jpg",
                  eakte.SAMPLES / "stapel_mit_trennblaettern.pdf", eakte.SAMPLES / "rechnung_buerobedarf.pdf")
        eakte.run("folder", "add", *at, "61.10.30", "61.10.30/77", "Hundesteuer 77", "--begins-on", "2015-01-01")
        eakte.run("case", "add", *at, "61.10.30/77", "61.10.30/77-1", "Veranlagung")
        eakte.run("case", "close", *at, "61.10.30/77-1", "--on", "2018-05-05")
        eakte.run("folder", "close", *at, "61.10.30/77", "--on", "2018-05-05")
        eakte.run("hold", "add", *at, "61.10.30/77", "--reason", "Klage", "--owner", "Rechtsamt", "--review-on",
                  "2027-06-30")
        eakte.run("folder", "close", *at, "61.10.30/1187")
        cls.package = cls.directory / "alles"
        cls.report = eakte.run_json("export", *at, "--all", "--at", AT, cls.package)[0]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory, ignore_errors=True)

    def test_everything_comes_back_with_the_same_ids_and_goes_out_the_same(self):
        self.assertGreaterEqual(self.report["documents"], 4)
        sums(self.package)
        other = self.directory / "anderswo"
        other.mkdir()
        imported = eakte.run_json("import", "--data", other, self.package)[0]
        self.assertEqual(imported["documents"], self.report["documents"])
        self.assertEqual(imported["manifest_sha256"], self.report["manifest_sha256"])
        verdict = eakte.verify(other)
        self.assertEqual(everything(other), everything(self.data))
        again = self.directory / "wieder"
        eakte.run_json("export", "--data", other, "--all", "--at", AT, again)
        self.assertEqual(payload(again), payload(self.package))
        self.assertTrue(verdict["ok"])
        # The archive it came into knows where from, and takes no second package.
        done = eakte.run("import", "--data", other, self.package, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[archive_not_empty]", done.stderr)

    def test_a_folder_goes_out_alone(self):
        target = self.directory / "akte"
        report = eakte.run_json("export", "--data", self.data, "--folder", "61.10.30/1187", "--at", AT, target)[0]
        self.assertEqual(report["folders"], 1)
        self.assertGreaterEqual(report["documents"], 1)
        sums(target)
        other = self.directory / "nur-eine"
        other.mkdir()
        eakte.run("import", "--data", other, "--tenant", "archivgut", target)
        eakte.verify(other)
        self.assertEqual(eakte.run_json("folder", "show", "--data", other, "61.10.30/1187")[0],
                         eakte.run_json("folder", "show", "--data", self.data, "61.10.30/1187")[0])

    def test_an_export_is_recorded_and_changes_nothing_in_the_next(self):
        # Two in a row: what a service does by itself meanwhile, such as drawing a sample to read, is in the trail too.
        first, later = self.directory / "vorher", self.directory / "nachher"
        entries = []
        for target in (first, later):
            eakte.run("export", "--data", self.data, "--all", "--at", AT, target)
            said = dict(line.split(": ") for line in (target / "bag-info.txt").read_text().splitlines())
            entries.append(int(said["Eakte-Audit-Entries"]))
        self.assertGreater(entries[1], entries[0])
        self.assertEqual(payload(later), payload(first))

    def test_a_stranger_finds_every_document_by_the_list(self):
        inside = information_package(self.package)
        self.assertIn("sha512sum -c", (self.package / "LIESMICH.txt").read_text())
        with open(inside / "documentation/Verzeichnis.csv", newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertEqual(len(rows), self.report["documents"])
        for row in rows:
            for column in ("PDF/A", "Original", "Text"):
                self.assertTrue((inside / row[column]).is_file(), row)
            self.assertEqual((inside / row["PDF/A"]).read_bytes()[:5], b"%PDF-")
        formats = [json.loads(line)["format_id"]
                   for line in (inside / "metadata/descriptive/catalogue/rendition.ndjson").read_text().splitlines()]
        self.assertNotIn("", formats)
        self.assertIn("fmt/478", formats)

    def test_xml_stands_the_schemas(self):
        if not shutil.which("xmllint") or not eakte.SHARED.exists():
            self.skipTest("needs xmllint and ../shared")
        inside = information_package(self.package)
        mets = [inside / "METS.xml", *inside.glob("representations/*/METS.xml")]
        for schema, files in ((eakte.SHARED / "data/eark/valid_minimal/schemas/all.xsd", mets),
                              (eakte.SHARED / "data/xdomea/xsd/3.1.0/xdomea.xsd",
                               list(inside.glob("metadata/descriptive/xdomea/*.xml")))):
            self.assertTrue(files)
            subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, *files], check=True,
                           capture_output=True)

    def test_what_does_not_fit_is_refused_and_leaves_nothing(self):
        broken = self.directory / "kaputt"
        shutil.copytree(self.package, broken)
        victim = next(information_package(broken).glob("representations/pdfa/data/*.pdf"))
        victim.write_bytes(victim.read_bytes()[:-1] + b"X")
        other = self.directory / "leer"
        other.mkdir()
        for package, code in ((broken, "[package_damaged]"), (self.directory, "[package_not_ours]")):
            done = eakte.run("import", "--data", other, package, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(code, done.stderr)
        self.assertEqual(list(other.iterdir()), [])
        done = eakte.run("export", "--data", self.data, "--all", broken, check=False)
        self.assertEqual(done.returncode, 1)
        done = eakte.run("export", "--data", self.data, "--folder", "99/99", self.directory / "nichts", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(list(self.directory.glob("*unvollst*")), [])
        self.assertFalse((self.directory / "nichts").exists())


    def test_a_folder_comes_over_http_as_a_zip_that_is_the_package(self):
        folder = eakte.run_json("folder", "show", "--data", self.data, "61.10.30/1187")[0]["folder"]
        with eakte.Service(self.data) as service:
            status, headers, body = service.request("GET", f"/api/v1/folders/{folder}/package")
            self.assertEqual((status, headers["Content-Type"]), (200, "application/zip"))
            self.assertEqual(service.request("GET", "/api/v1/folders/01ktxxxxxxxxxxxxxxxxxxxxxx/package")[0], 404)
        unpacked = self.directory / "entpackt"
        with zipfile.ZipFile(io.BytesIO(body)) as zipped:
            self.assertIsNone(zipped.testzip())
            zipped.extractall(unpacked)
        package = next(unpacked.iterdir())
        sums(package)
        eakte.run("import", "--check", package)
        told = eakte.run_json("audit", "list", "--data", self.data, "--action", "archive.exported", "--subject", folder)
        self.assertIn("manifest_sha256", told[-1]["detail"])
        self.assertEqual(list((self.data / "tenants/musterstadt/work").glob("ausgabe*")), [])

    def test_what_a_killed_export_left_is_removed_by_the_next_and_told(self):
        place = self.directory / "abgebrochen"
        place.mkdir()
        # The kernel ends who writes a file beyond this limit: in the midst of the first original that is larger.
        largest = max(file.stat().st_size for file in self.package.rglob("*") if file.is_file())
        limit = largest - 1
        process = subprocess.run([eakte.PROGRAM, "export", "--data", self.data, "--all", place / "paket"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.assertEqual(process.returncode, -signal.SIGXFSZ)
        left = [one.name for one in place.iterdir()]
        self.assertEqual(len(left), 1)
        done = eakte.run("export", "--data", self.data, "--all", place / "paket")
        self.assertIn("Entfernt: " + left[0], done.stderr)
        self.assertEqual([one.name for one in place.iterdir()], ["paket"])
        sums(place / "paket")


if __name__ == "__main__":
    unittest.main()
