"""Confirmed filings teach the type model: by command, and by the service on its own."""
import json
import unittest

import eakte

FILES = ["rechnung_buerobedarf.pdf", "hundesteuersatzung.pdf", "sitzungsvorlage_bebauungsplan.pdf"]
# Against what the rules would say, so that only learning can have proposed it.
ENTRIES = {"rechnung_buerobedarf.pdf": "11.60.10", "hundesteuersatzung.pdf": "11.40.10",
           "sitzungsvorlage_bebauungsplan.pdf": "11.10.20"}


def ingest(data):
    lines = eakte.run_json("ingest", "--data", data, "--wait", *[eakte.SAMPLES / name for name in FILES])
    shown = [eakte.run_json("show", "--data", data, line["document"])[0] for line in lines]
    return {f"{one['original_name'].removesuffix('.pdf')}.pdf": one["document"] for one in shown}


class Classify(unittest.TestCase):
    def test_confirmed_filings_are_learned_by_command(self):
        with eakte.data_directory() as data:
            documents = ingest(data)
            for name, entry in ENTRIES.items():
                confirmed = eakte.run_json("confirm", "--data", data, documents[name], "--entry", entry)[0]
                self.assertEqual(confirmed["plan_entry"], entry)
            self.assertEqual(eakte.run_json("show", "--data", data, documents[FILES[0]])[0]["state"], "filed")
            self.assertEqual(eakte.run("confirm", "--data", data, documents[FILES[0]], "--entry", "99.99.99",
                                       check=False).returncode, 1)
            before = eakte.run_json("classify", "report", "--data", data)[0]
            self.assertEqual((before["generation"], before["confirmations_since"]), (0, 3))
            learned = eakte.run_json("classify", "train", "--data", data)[0]
            self.assertEqual((learned["generation"], learned["confirmed"], learned["read"]), (1, 3, 3))
            report = eakte.run_json("classify", "report", "--data", data)[0]
            self.assertEqual((report["generation"], report["confirmations_since"]), (1, 0))
            self.assertGreater(report["document_type"]["texts"], 1000)
            eakte.verify(data)

    def test_the_service_learns_on_its_own_and_goes_on_filing(self):
        with eakte.data_directory("[classify]\nretrain_after = 3\n") as data:
            documents = ingest(data)
            with eakte.Service(data) as service:
                for name, entry in ENTRIES.items():
                    body = json.dumps({"plan_entry": entry}).encode()
                    status, _, _ = service.request("POST", f"/api/v1/documents/{documents[name]}/confirm", body,
                                                   {"Content-Type": "application/json"})
                    self.assertEqual(status, 200)
                ended = service.wait_for(service.upload("rechnung_heizung_150dpi.jpg", (
                    eakte.SAMPLES / "rechnung_heizung_150dpi.jpg").read_bytes())["id"])
                self.assertIn(ended["state"], ("filed", "review"))

                def learned():
                    report = eakte.run_json("classify", "report", "--data", data)[0]
                    return report if report["generation"] else None
                self.assertEqual(eakte.wait_until(learned, "nothing was learned")["confirmed"], 3)


if __name__ == "__main__":
    unittest.main()
