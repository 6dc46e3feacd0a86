"""A batch with separator sheets becomes documents, and one document again."""
import json
import unittest

import eakte

BATCH = eakte.SAMPLES / "stapel_mit_trennblaettern.pdf"
TRUTH = json.loads((eakte.ROOT / "samples" / "truth" / "stapel_mit_trennblaettern.json").read_text())


class Split(unittest.TestCase):
    def assert_split(self, lines):
        self.assertEqual([line["state"] for line in lines[:1]], ["split"])
        parts = lines[1:]
        self.assertEqual(len(parts), len(TRUTH["documents"]))
        self.assertTrue(all(part["state"] in ("filed", "review") for part in parts), parts)
        return parts

    def test_each_part_is_filed_described_and_found_on_its_own_and_joined_again(self):
        with eakte.data_directory() as data:
            lines = eakte.run_json("ingest", "--data", data, "--wait", BATCH)
            parts = self.assert_split(lines)
            for part, truth in zip(parts, TRUTH["documents"]):
                shown = eakte.run_json("show", "--data", data, part["document"])[0]
                self.assertEqual(shown["pages"], len(truth["pages"]))
                self.assertEqual(shown["document_type"], truth["document_type"])
                eakte.run("get", "--data", data, part["document"], "--rendition", "original", "-o", data / "back.pdf")
                self.assertEqual((data / "back.pdf").read_bytes(), BATCH.read_bytes())
            hits = eakte.run_json("search", "--data", data, "Osterfeuer")
            self.assertEqual([hit["document"] for hit in hits], [parts[2]["document"]])
            report = eakte.verify(data)
            self.assertEqual((report["received"], report["documents"]), (5, 4))

            joined = eakte.run_json("intakes", "join", "--data", data, lines[0]["intake"])
            self.assertEqual([line["state"] in ("filed", "review") for line in joined], [True])
            whole = joined[0]["document"]
            self.assertEqual(eakte.run_json("show", "--data", data, whole)[0]["pages"], TRUTH["page_count"])
            hits = eakte.run_json("search", "--data", data, "Osterfeuer")
            self.assertEqual([hit["document"] for hit in hits], [whole])
            # What was withdrawn is still there, byte for byte.
            self.assertEqual(eakte.run_json("show", "--data", data, parts[0]["document"])[0]["state"], "withdrawn")
            eakte.run("get", "--data", data, parts[0]["document"], "-o", data / "part.pdf")
            self.assertEqual((data / "part.pdf").read_bytes()[:5], b"%PDF-")
            report = eakte.verify(data)
            self.assertEqual((report["documents"], report["states"]["withdrawn"], report["states"].get("split", 0)), (5, 4, 0))
            refused = eakte.run("intakes", "join", "--data", data, lines[0]["intake"], check=False)
            self.assertEqual(refused.returncode, 1)

    def test_the_service_shows_parts_and_pages_and_joins(self):
        with eakte.data_directory() as data, eakte.Service(data) as service:
            batch = service.wait_for(service.upload(BATCH.name, BATCH.read_bytes())["id"])
            self.assertEqual(batch["state"], "split")
            roles = {page["number"]: page["role"] for page in batch["pages"]}
            self.assertEqual([number for number, role in roles.items() if role == "separator"], TRUTH["separator_pages"])
            self.assertEqual(len(roles), TRUTH["page_count"])
            self.assertEqual([code["text"] for code in batch["pages"][1]["codes"]], ["PATCHT", "PATCHT"])
            document = service.get(f"/documents/{batch['parts'][1]['document']}")
            self.assertEqual([page["original_page"] for page in document["pages"]], [3])
            again = service.wait_for(service.upload("noch einmal.pdf", BATCH.read_bytes())["id"])
            self.assertEqual((again["state"], again["duplicate_of"]), ("duplicate", batch["id"]))

            status, _, _ = service.request("POST", f"/api/v1/intakes/{batch['id']}/join", b"", {"X-Eakte": "1"})
            self.assertEqual(status, 200)
            whole = service.wait_for(batch["id"])
            self.assertIn(whole["state"], ("filed", "review"))
            self.assertEqual({part["state"] for part in whole["parts"]}, {"withdrawn"})
            service.wait_for_index()
            self.assertEqual(service.search("osterfeuer")["total"], 1)
            status, _, _ = service.request("POST", f"/api/v1/intakes/{batch['id']}/join", b"", {"X-Eakte": "1"})
            self.assertEqual(status, 409)
            service.stop()
            eakte.verify(data)

    def test_a_kill_leaves_all_parts_or_none(self):
        for pages_read in (1, 6, 7):
            with self.subTest(pages_read=pages_read), eakte.data_directory() as data:
                with eakte.Service(data) as service:
                    intake = service.upload(BATCH.name, BATCH.read_bytes())["id"]
                    while True:
                        now = service.get(f"/intakes/{intake}")
                        if now["state"] in eakte.ENDED or now["pages_done"] >= pages_read:
                            break
                    service.kill()
                eakte.verify(data)
                with eakte.Service(data) as service:
                    batch = service.wait_for(intake)
                    self.assertEqual((batch["state"], len(batch["parts"])), ("split", len(TRUTH["documents"])))
                    service.stop()
                report = eakte.verify(data)
                self.assertEqual(report["documents"], len(TRUTH["documents"]))

    def test_splitting_can_be_switched_off(self):
        with eakte.data_directory("[separators]\nsplit = false\n") as data:
            lines = eakte.run_json("ingest", "--data", data, "--wait", BATCH)
            self.assertEqual([line["state"] in ("filed", "review") for line in lines], [True])
            self.assertEqual(eakte.run_json("show", "--data", data, lines[0]["document"])[0]["pages"], TRUTH["page_count"])


if __name__ == "__main__":
    unittest.main()
