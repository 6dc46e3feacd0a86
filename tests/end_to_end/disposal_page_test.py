"""Offers, erasure requests and scan checks in a real browser; see tests/web/disposal.mjs for what is looked at."""
import pathlib
import shutil
import tempfile
import unittest

import browser
import eakte

SETTINGS = """[xdomea]
authority = "Stadt Musterstadt"
authority_code = "15083411"
archive = "Kreisarchiv Musterland"
archive_code = "KA-7"
"""
OVER_AT_ONCE = """schema_version: 1
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, tage: -5, beginn: zdA, rundung: taggenau}, aussonderungsart: B}
einheiten:
- {kz: "1", titel: Hundesteuer, aktenbildend: true}
"""
# A sample letter belongs into this folder; only the archive can free it.
WITH_A_LETTER = """schema_version: 1
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, tage: -5, beginn: zdA, rundung: taggenau}, aussonderungsart: V}
einheiten:
- {kz: "61.10.30", titel: Kommunale Abgaben, aktenbildend: true}
"""
SCANNING = """[scan]
procedure = "VD 2026-1"
profile = "eingang"
"""
PASSWORD = "Wolke Treppe Ahorn"


class DisposalPages(unittest.TestCase):
    def setUp(self):
        browser.prepare()
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="eakte-e2e-"))
        self.addCleanup(shutil.rmtree, self.scratch, ignore_errors=True)
        self.data = self.scratch / "data"
        (self.scratch / "password").write_text(PASSWORD + "\n")

    def init(self, plan):
        (self.scratch / "plan.yaml").write_text(plan)
        eakte.run("init", "--data", self.data, "--file-plan", self.scratch / "plan.yaml")
        schemas = eakte.SHARED / "data/xdomea/xsd"
        (self.data / "eakte.toml").write_text(
            SETTINGS + (f'schemas = "{schemas.resolve()}"\n' if schemas.exists() else "") + SCANNING)

    def add_accounts(self):
        for name, role in (("a.amt", "administrator"), ("m.akte", "records_manager"), ("z.zweit", "records_manager"), ("s.bearb", "clerk")):
            eakte.add_account(self.data, name, role, password=PASSWORD)

    def look(self, script):
        with eakte.Service(self.data) as service:
            browser.look(script, service, self.scratch, self.scratch)
        eakte.verify(self.data)

    def test_offers_from_the_due_list_to_the_confirmed_transfer(self):
        self.init(OVER_AT_ONCE)
        for number in range(1, 6):
            eakte.run("folder", "add", "--data", self.data, "1", f"1/{number}", f"Hundesteuer {number}")
            eakte.run("folder", "close", "--data", self.data, f"1/{number}")
        eakte.run("hold", "add", "--data", self.data, "1/4", "--reason", "Klage", "--owner", "Rechtsamt", "--review-on",
                  "2099-06-30")
        self.add_accounts()
        self.look("disposal.mjs")

    def test_scan_checks_and_requests_for_erasure(self):
        self.init(WITH_A_LETTER)
        at = ("--data", self.data)
        eakte.run("folder", "add", *at, "61.10.30", "61.10.30/1187", "Hundesteuer")
        eakte.run("ingest", "--wait", *at, eakte.SAMPLES / "hundesteuerbescheid.jpg")
        eakte.run("folder", "close", *at, "61.10.30/1187")
        self.add_accounts()
        settings = self.scratch / "profil.txt"
        settings.write_text("300 dpi, Farbe")
        for person, arguments in (("m.akte", ("add", "eingang", settings)), ("z.zweit", ("release", "eingang", "1"))):
            eakte.run("scan-profile", *arguments, *at, "--as", person, "--password-file", self.scratch / "password")
        self.look("evidence.mjs")


if __name__ == "__main__":
    unittest.main()
