"""Disposal with the archive from the command line; the archive's side is played by receiving_archive.py."""
import datetime
import json
import pathlib
import tempfile
import unittest

import eakte
from receiving_archive import Archive, Received, can_validate

SETTINGS = """[xdomea]
authority = "Stadt Musterstadt"
authority_code = "15083411"
archive = "Kreisarchiv Musterland"
archive_code = "KA-7"
"""
TRIAL = "[tenant.musterstadt]\ntrial = true\n"
if (eakte.SHARED / "data/xdomea/xsd").exists():
    SETTINGS += f'schemas = "{(eakte.SHARED / "data/xdomea/xsd").resolve()}"\n'
SETTINGS += TRIAL
OVER_AT_ONCE = """schema_version: 1
aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {art: mindest, tage: -5, beginn: zdA, rundung: taggenau}, aussonderungsart: B}
einheiten:
- {kz: "1", titel: Hundesteuer, aktenbildend: true}
"""
DUE = ("--on", "2027-01-04")


class Disposal(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.archive = Archive(self.directory.name)

    def refused(self, code, *arguments):
        done = eakte.run(*arguments, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"[{code}]", done.stderr)

    def close_folder(self, data, reference, title):
        eakte.run("folder", "add", "--data", data, "61.10.30", reference, title, "--begins-on", "2015-01-01")
        eakte.run("case", "add", "--data", data, reference, reference + "-1", "Veranlagung")
        eakte.run("case", "close", "--data", data, reference + "-1", "--on", "2018-05-05")
        eakte.run("folder", "close", "--data", data, reference, "--on", "2018-05-05")

    def test_four_stages_with_a_hold_a_failed_import_and_bad_answers(self):
        with eakte.data_directory(SETTINGS) as data:
            at = ("--data", str(data))
            for number in (77, 78, 79):
                self.close_folder(data, f"61.10.30/{number}", "Hundesteuer & <Gebühren>")
            eakte.run("hold", "add", *at, "61.10.30/79", "--reason", "Klage", "--owner", "Rechtsamt", "--review-on",
                      "2027-06-30")
            self.refused("folder_not_due", "dispose", "offer", *at, "61.10.30/77", "--on", "2026-12-31")
            self.refused("hold_standing", "dispose", "offer", *at, "61.10.30/77", "61.10.30/79", *DUE)

            offered = eakte.run_json("dispose", "offer", *at, "--all-due", *DUE)[0]
            process = offered["process"]
            self.assertEqual([one["reference"] for one in offered["folders"]], ["61.10.30/77", "61.10.30/78"])
            sent = Received(offered["file"])
            self.assertEqual(sent.process, process)
            self.assertEqual(len(list(sent.objects("Akte"))), 2)
            self.assertEqual(next(sent.objects("Akte"))[2], "Hundesteuer & <Gebühren>")
            first, second = sent.id_of("61.10.30/77"), sent.id_of("61.10.30/78")

            eakte.run("dispose", "read", *at, self.archive.receipt("0504", process))
            self.refused("appraisal_open", "dispose", "transfer", *at, process)
            self.refused("process_unknown", "dispose", "read", *at,
                         self.archive.receipt("0504", "0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e"))
            self.refused("appraisal_incomplete", "dispose", "read", *at, self.archive.appraisal(process, {first: "A"}))
            self.refused("answer_wrong_sender", "dispose", "read", *at,
                         Archive(self.directory.name, sender="KA-8").appraisal(process, {first: "A", second: "A"}))
            nonsense = pathlib.Path(self.directory.name) / "nonsense.zip"
            nonsense.write_bytes(b"PK\x03\x04 nothing")
            self.refused("xdomea_container", "dispose", "read", *at, nonsense)

            verdict = self.archive.appraisal(process, {first: "A", second: "A"})
            shown = eakte.run("dispose", "read", *at, verdict, "--only-show").stdout
            self.assertIn("Bewertungsverzeichnis", shown)
            self.assertEqual(eakte.run_json("folder", "show", *at, "61.10.30/77")[0]["stage"], "offered")
            self.assertTrue(eakte.run_json("dispose", "read", *at, verdict, "--on", "2027-02-01")[0]["changed"])
            self.assertFalse(eakte.run_json("dispose", "read", *at, verdict, "--on", "2027-02-01")[0]["changed"])
            self.refused("answer_repeated", "dispose", "read", *at,
                         self.archive.appraisal(process, {first: "V", second: "V"}))

            given = eakte.run_json("dispose", "transfer", *at, process)[0]
            transferred = Received(given["file"])
            self.assertEqual({one for one, _, _ in transferred.objects("Akte")}, {first, second})
            eakte.run("dispose", "read", *at, self.archive.receipt("0507", process))
            report = self.archive.import_report(process, {first: "Best. 7 Nr. 1", second: (None, "Prüfsumme falsch")})
            taken = eakte.run_json("dispose", "read", *at, report)[0]
            self.assertEqual([(one["imported"], one["status"]) for one in taken["folders"]],
                             [(True, "transferred"), (False, "appraised")])
            self.assertEqual(taken["folders"][0]["archive_reference"], "Best. 7 Nr. 1")
            self.assertIn("Prüfsumme falsch", taken["folders"][1]["sentence"])

            again = eakte.run_json("dispose", "transfer", *at, "61.10.30/78")[0]
            self.assertNotEqual(again["process"], process)
            copy = eakte.run_json("dispose", "get", *at, again["process"], "0503", "-o", self.directory.name)[0]["file"]
            self.assertEqual(Received(copy).process, again["process"])
            done = eakte.run_json("dispose", "read", *at,
                                  self.archive.import_report(again["process"], {second: "Best. 7 Nr. 2"}))[0]
            self.assertTrue(done["folders"][0]["imported"])
            self.assertEqual([one["process"] for one in eakte.run_json("dispose", "status", *at, "61.10.30/78")],
                             [again["process"], process])
            self.assertIn("vom Archiv übernommen", eakte.run("dispose", "status", *at).stdout)
            eakte.verify(data)

    def test_an_offer_that_is_not_answered_is_taken_back_and_made_again(self):
        with eakte.data_directory(SETTINGS) as data:
            at = ("--data", str(data))
            self.close_folder(data, "61.10.30/77", "Hundesteuer")
            first = eakte.run_json("dispose", "offer", *at, "61.10.30/77", *DUE)[0]
            self.assertEqual((first["state"], first["folder_count"]), ("waiting", 1))
            akte = Received(first["file"]).id_of("61.10.30/77")
            taken_back = eakte.run_json("dispose", "withdraw-offer", *at, first["process"], "--reason",
                                        "Das Archiv ist umgezogen")[0]
            self.assertEqual((taken_back["state"], taken_back["withdraw_reason"], taken_back["folders"][0]["status"]),
                             ("withdrawn", "Das Archiv ist umgezogen", "closed"))
            self.refused("offer_withdrawn", "dispose", "withdraw-offer", *at, first["process"], "--reason", "noch einmal")
            self.refused("offer_withdrawn", "dispose", "read", *at, self.archive.appraisal(first["process"], {akte: "V"}))
            again = eakte.run_json("dispose", "offer", *at, "61.10.30/77", *DUE)[0]
            eakte.run("dispose", "read", *at, self.archive.appraisal(again["process"], {akte: "V"}))
            self.refused("offer_answered", "dispose", "withdraw-offer", *at, again["process"], "--reason", "zu spät")
            self.assertIn("zurückgenommen", eakte.run("dispose", "status", *at).stdout)
            eakte.verify(data)

    def test_two_stages_and_a_decision_on_paper(self):
        with eakte.data_directory(SETTINGS) as data:
            at = ("--data", str(data))
            for number in (77, 78):
                self.close_folder(data, f"61.10.30/{number}", "Hundesteuer")
            sent = eakte.run_json("dispose", "plan", *at)[0]
            plan = Received(sent["file"])
            unit = next(one for one in plan.root.iter("{urn:xoev-de:xdomea:schema:3.1.0}Einheit")
                        if one.findtext("{urn:xoev-de:xdomea:schema:3.1.0}Kennzeichen") == "61.10.30")
            entry = unit.findtext("{urn:xoev-de:xdomea:schema:3.1.0}ID")
            self.refused("plan_not_appraised", "dispose", "appraise", *at, "61.10.30/77", "--by-plan", *DUE)
            taken = eakte.run_json("dispose", "read", *at, self.archive.plan_appraisal(sent["process"], {entry: "A"}))[0]
            self.assertEqual([one["message"] for one in taken["messages"]], ["0511", "0513", "0514", "0515"])
            for message in taken["messages"][2:]:
                copy = eakte.run_json("dispose", "get", *at, sent["process"], message["message"], "-o",
                                      self.directory.name)[0]["file"]
                self.assertEqual(Received(copy).process, sent["process"])
            appraised = eakte.run_json("dispose", "appraise", *at, "61.10.30/77", "--by-plan", *DUE)[0]
            self.assertEqual((appraised["decision"], appraised["source"]), ("A", sent["process"]))
            given = eakte.run_json("dispose", "transfer", *at, "61.10.30/77")[0]
            eakte.run("dispose", "read", *at, self.archive.import_report(
                given["process"], {Received(given["file"]).id_of("61.10.30/77"): "Best. 9"}))

            letter = eakte.run_json("dispose", "appraise", *at, "61.10.30/78", "--decision", "V", "--source",
                                    "Kreisarchiv 41-12/27", "--decided-on", "2027-01-03", *DUE)[0]
            self.assertEqual(letter["decision"], "V")
            self.refused("transfer_undecided", "dispose", "transfer", *at, "61.10.30/78")
            eakte.verify(data)

    def test_nothing_is_offered_without_knowing_to_whom_and_the_help_speaks_german(self):
        with eakte.data_directory() as data:
            self.close_folder(data, "61.10.30/77", "Hundesteuer")
            self.refused("parties_missing", "dispose", "offer", "--data", data, "61.10.30/77")
            coming = (eakte.today() + datetime.timedelta(days=2)).isoformat()
            self.refused("day_in_future", "dispose", "offer", "--data", data, "61.10.30/77", "--on", coming)
            self.refused("day_in_future", "dispose", "appraise", "--data", data, "61.10.30/77", "--decision", "V", "--source",
                         "41-12/27", "--on", coming)
        for command in ("offer", "withdraw-offer", "transfer", "appraise", "read", "status", "get", "plan"):
            self.assertRegex(eakte.run("dispose", command, "--help").stdout, "Archiv|Aussonderung|Vorgang")

    def test_over_http(self):
        with eakte.data_directory(SETTINGS) as data:
            plan = pathlib.Path(self.directory.name) / "plan.yaml"
            plan.write_text(OVER_AT_ONCE)
            eakte.shutil.rmtree(data / "tenants")
            eakte.run("init", "--data", data, "--file-plan", plan)
            folder = eakte.run("folder", "add", "--data", data, "1", "1/77", "Hundesteuer").stdout.strip()
            eakte.run("folder", "close", "--data", data, "1/77")
            with eakte.Service(data) as service:
                def post(path, body, content_type="application/json"):
                    content = body if isinstance(body, bytes) else json.dumps(body).encode()
                    status, _, answer = service.request("POST", "/api/v1/disposals" + path, content,
                                                        {"Content-Type": content_type, "X-Eakte": "1"})
                    return status, json.loads(answer)

                status, offered = post("", {"step": "offer", "folders": [folder]})
                self.assertEqual(status, 201, offered)
                process = offered["process"]
                status, refused = post("", {"folders": [folder]})
                self.assertEqual((status, refused["error"]["code"]), (409, "disposal_begun"))
                status, headers, content = service.request("GET", f"/api/v1/disposals/{process}/messages/0501")
                self.assertEqual(status, 200)
                name = headers["Content-Disposition"].split('"')[1]
                copy = pathlib.Path(self.directory.name) / name
                copy.write_bytes(content)
                akte = Received(copy).id_of("1/77")
                status, bad = post("/answers", b"<a/>", "application/xml")
                self.assertEqual((status, bad["error"]["code"]), (422, "xdomea_unknown_message"))
                verdict = self.archive.appraisal(process, {akte: "A"}).read_bytes()
                status, taken = post("/answers", verdict, "application/zip")
                self.assertEqual((status, taken["taken"], taken["changed"]), (200, "0502", True), taken)
                status, transferred = post(f"/{process}/transfer", {})
                self.assertEqual((status, transferred["folders"][0]["handed_over"]), (200, True), transferred)
                post("/answers", self.archive.import_report(process, {akte: "Best. 1"}).read_bytes(), "application/zip")
                self.assertTrue(service.get(f"/disposals/{process}")["folders"][0]["imported"])
                self.assertEqual([one["process"] for one in service.get("/disposals")["processes"]], [process])
            eakte.verify(data)

    def test_the_schemas_are_there_or_it_is_said(self):
        if not can_validate():
            self.skipTest("no XSDs in ../shared/data/xdomea, or no xmllint: messages are held against our own checks only")


if __name__ == "__main__":
    unittest.main()
