"""The life of a case from the scanner to the tombstone: filed, closed, due, offered, appraised, transferred, taken over,
deleted; the same with a V, with a hold, with a failed import. The archive is played by receiving_archive.py."""
import json
import pathlib
import shutil
import tempfile
import unittest

import eakte
from receiving_archive import Archive, Received

PASSWORD = "Wolke Treppe Ahorn"
WORD = "Zwergtaucherquark"
# The one period ended five days before the folder was closed, so that nobody has to wait for it: who destroys cannot say
# what day it is. The other one takes its eight years.
PLAN = """schema_version: 1
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, tage: -5, beginn: zdA, rundung: taggenau}, aussonderungsart: B}
einheiten:
- {kz: "61.10.30", titel: Hundesteuer, aktenbildend: true}
- {kz: "61.10.40", titel: Gewerbesteuer, aktenbildend: true, frist: {art: mindest, jahre: 8, beginn: zdA, rundung: jahresende}}
"""
SETTINGS = """[xdomea]
authority = "Stadt Musterstadt"
authority_code = "15083411"
archive = "Kreisarchiv Musterland"
archive_code = "KA-7"
schemas = "SCHEMAS"
[tenant.musterstadt]
trial = true
quarantine_days = 0
"""
TAKEN, DESTROYED, FAILED, HELD = (f"61.10.30/{number}" for number in (1187, 1188, 1189, 1190))
LATER = "61.10.40/1"


def files_with(directory, word):
    """Every file below that holds the word."""
    return [str(file) for file in pathlib.Path(directory).rglob("*")
            if file.is_file() and word.lower().encode() in file.read_bytes().lower()]


class LifeOfACase(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="eakte-e2e-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.data = self.directory / "data"
        self.archive = Archive(self.directory)
        self.after_eight_years = f"{eakte.today().year + 10}-01-02"
        (self.directory / "plan.yaml").write_text(PLAN)
        (self.directory / "password").write_text(PASSWORD + "\n")
        eakte.run("init", "--data", self.data, "--file-plan", self.directory / "plan.yaml")
        schemas = eakte.SHARED / "data/xdomea/xsd"
        (self.data / "eakte.toml").write_text(
            SETTINGS.replace("SCHEMAS", str(schemas.resolve()) if schemas.exists() else ""))

    def as_person(self, name, *arguments):
        """Status, JSON lines, problem."""
        done = eakte.run(*arguments, "--data", self.data, "--json", "--as", name, "--password-file",
                         self.directory / "password", check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return done.returncode, lines, done.stderr

    def done(self, name, *arguments):
        """What a command says that must succeed."""
        status, lines, problem = self.as_person(name, *arguments)
        self.assertEqual(status, 0, (arguments, problem, lines))
        return lines

    def refused(self, code, *arguments):
        status, lines, problem = self.as_person("m.akte", *arguments)
        self.assertEqual(status, 1, (arguments, lines))
        self.assertIn(code, problem + json.dumps(lines))

    def scan_and_file(self):
        """A letter comes from the scanner and finds its folder by its reference; the document's id."""
        for reference in (TAKEN, DESTROYED, FAILED, HELD, LATER):
            entry = reference.split("/")[0]
            eakte.run("folder", "add", "--data", self.data, entry, reference, "Abgabe " + WORD)
            eakte.run("case", "add", "--data", self.data, reference, reference + "-1", "Veranlagung")
        eakte.run("ingest", "--wait", "--data", self.data, eakte.SAMPLES / "hundesteuerbescheid.jpg")
        found = eakte.run_json("search", "--data", self.data, "Hundesteuer")
        self.assertEqual(len(found), 1)
        shown = eakte.run_json("show", "--data", self.data, found[0]["document"])[0]
        self.assertIn(TAKEN, json.dumps(shown))
        for name, role in (("a.amt", "administrator"), ("m.akte", "records_manager"), ("s.akte", "records_manager")):
            eakte.add_account(self.data, name, role, password=PASSWORD)
        return found[0]["document"]

    def close_all(self):
        for reference in (TAKEN, DESTROYED, FAILED, HELD, LATER):
            self.done("m.akte", "case", "close", reference + "-1")
            self.done("m.akte", "folder", "close", reference)
        self.done("m.akte", "hold", "add", HELD, "--reason", "Klage", "--owner", "Rechtsamt", "--review-on", "2099-01-01")
        due = eakte.run_json("retention", "due", "--data", self.data, "--on", self.after_eight_years)
        self.assertEqual({one["reference"] for one in due}, {TAKEN, DESTROYED, FAILED, HELD, LATER})

    def test_from_the_scanner_to_the_tombstone(self):
        document = self.scan_and_file()
        self.close_all()
        self.refused("appraisal_missing", "dispose", "propose", TAKEN)

        offered = self.done("m.akte", "dispose", "offer", "--all-due")[0]
        self.assertEqual([one["reference"] for one in offered["folders"]], [TAKEN, DESTROYED, FAILED])
        process = offered["process"]
        sent = Received(offered["file"])
        taken, destroyed, failed = (sent.id_of(one) for one in (TAKEN, DESTROYED, FAILED))
        self.assertEqual(len(list(sent.objects("Dokument"))), 1)
        self.done("m.akte", "dispose", "read", self.archive.receipt("0504", process))
        self.done("m.akte", "dispose", "read",
                  self.archive.appraisal(process, {taken: "A", destroyed: "V", failed: "A"}))

        given = Received(self.done("m.akte", "dispose", "transfer", process)[0]["file"])
        self.assertEqual({one for one, _, _ in given.objects()}, {taken, failed})
        self.assertIn((eakte.SAMPLES / "hundesteuerbescheid.jpg").read_bytes(), given.files.values())
        self.assertTrue(any(content.startswith(b"%PDF-") for content in given.files.values()))
        self.done("m.akte", "dispose", "read", self.archive.receipt("0507", process))
        self.refused("transfer_unconfirmed", "dispose", "propose", TAKEN)
        report = self.archive.import_report(process, {taken: "Best. 7 Nr. 1", failed: (None, "Prüfsumme falsch")})
        self.done("m.akte", "dispose", "read", report)

        self.refused("transfer_unconfirmed", "dispose", "propose", FAILED)
        self.refused("hold_standing", "dispose", "propose", HELD)
        self.done("m.akte", "dispose", "propose", TAKEN, DESTROYED)
        self.done("s.akte", "dispose", "approve", TAKEN, DESTROYED)
        self.assertEqual(self.done("s.akte", "dispose", "run")[0]["done"], 2)
        self.assertNotEqual(eakte.run("show", "--data", self.data, document, check=False).returncode, 0)
        self.assertEqual(eakte.run_json("search", "--data", self.data, "Hundesteuer"), [])
        for reference, source in ((TAKEN, "transfer"), (DESTROYED, "appraisal")):
            record = eakte.run_json("dispose", "record", "--data", self.data, reference)[0]
            self.assertEqual((record["basis"]["kind"], record["basis"]["source"]), (source, process))
        lying = [file.name for number in ("0501", "0503") for file in (self.data / "tenants").rglob(f"*.{number}.zip")]
        self.assertEqual(lying, [], "neither offer nor transfer lie about")
        status = eakte.run_json("dispose", "status", "--data", self.data, process)[0]
        self.assertEqual([one["status"] for one in status["folders"]], ["destroyed", "destroyed", "appraised"])

        again = self.done("m.akte", "dispose", "transfer", FAILED)[0]
        self.done("m.akte", "dispose", "read",
                  self.archive.import_report(again["process"], {failed: "Best. 7 Nr. 2"}))
        hold = eakte.run_json("hold", "list", "--data", self.data, HELD)[0]["hold"]
        self.done("m.akte", "hold", "lift", hold, "--reason", "Urteil")
        late = self.done("m.akte", "dispose", "offer", HELD)[0]
        self.done("m.akte", "dispose", "read",
                  self.archive.appraisal(late["process"], {Received(late["file"]).id_of(HELD): "V"}))
        self.done("m.akte", "dispose", "propose", FAILED, HELD)
        self.done("s.akte", "dispose", "approve", FAILED, HELD)
        self.assertEqual(self.done("s.akte", "dispose", "run")[0]["done"], 2)

        # Eight years pass for the offer; what is destroyed goes by the day it really is.
        self.refused("folder_not_due", "dispose", "offer", LATER)
        early = self.done("m.akte", "dispose", "offer", LATER, "--on", self.after_eight_years)[0]
        self.done("m.akte", "dispose", "read",
                  self.archive.appraisal(early["process"], {Received(early["file"]).id_of(LATER): "V"}), "--on",
                  self.after_eight_years)
        self.refused("retention_running", "dispose", "propose", LATER)

        eakte.verify(self.data)
        self.assertEqual(len(eakte.run_json("folder", "show", "--data", self.data, LATER)), 1)
        left = [file for file in files_with(self.data, WORD)]
        self.assertTrue(all("catalogue" in file for file in left), left)


if __name__ == "__main__":
    unittest.main()
