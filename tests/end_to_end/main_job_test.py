"""From a scan to a search hit, by the service and by the program alone."""
import json
import subprocess
import unittest

import eakte

RARE_WORD_FILE = "niederschrift_stadtrat.tif"
RARE_WORD = "Brückenwaage"


def last_page_with(service, document, query):
    pages = service.get(f"/documents/{document}")["pages"]
    marked = [page["number"] for page in pages
              if service.get(f"/documents/{document}/pages/{page['number']}/hits?q={query}")["boxes"]]
    return marked, len(pages)


class MainJob(unittest.TestCase):
    def test_a_multi_page_tiff_is_found_by_a_word_of_its_last_page(self):
        with eakte.data_directory() as data, eakte.Service(data) as service:
            intake = service.upload(RARE_WORD_FILE, (eakte.SAMPLES / RARE_WORD_FILE).read_bytes())
            ended = service.wait_for(intake["id"])
            self.assertIn(ended["state"], ("filed", "review"))
            service.wait_for_index()
            hits = service.search(RARE_WORD.lower())
            self.assertEqual(hits["total"], 1)
            hit = hits["hits"][0]
            self.assertEqual(hit["document"]["id"], ended["document"])
            self.assertTrue(any(part["matches"] for part in hit["snippet"]))
            marked, pages = last_page_with(service, ended["document"], "br%C3%BCckenwaage")
            self.assertEqual(marked, [pages])
            self.assertEqual(hit["page"], pages)

            document = service.get(f"/documents/{ended['document']}")
            self.assertTrue(document["retention"]["sentence"] or document["plan_entry"] is None)
            status, headers, picture = service.request("GET", f"/api/v1/documents/{ended['document']}/pages/{pages}/picture?width=800")
            self.assertEqual((status, headers["Content-Type"], picture[:2]), (200, "image/jpeg", b"\xff\xd8"))
            status, headers, pdf = service.request("GET", f"/api/v1/documents/{ended['document']}/renditions/pdfa")
            self.assertEqual((status, pdf[:5]), (200, b"%PDF-"))
            text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
            self.assertIn(RARE_WORD, text.split("\f")[pages - 1])
            status, _, original = service.request("GET", f"/api/v1/documents/{ended['document']}/renditions/original")
            self.assertEqual(original, (eakte.SAMPLES / RARE_WORD_FILE).read_bytes())
            service.stop()
            report = eakte.verify(data)
            self.assertEqual((report["received"], report["documents"]), (1, 1))

    def test_the_program_alone_does_the_same(self):
        with eakte.data_directory() as data:
            lines = eakte.run_json("ingest", "--data", data, "--wait", eakte.SAMPLES / RARE_WORD_FILE)
            self.assertEqual(len(lines), 1)
            self.assertIn(lines[0]["state"], ("filed", "review"))
            hits = eakte.run_json("search", "--data", data, RARE_WORD)
            self.assertEqual([hit["document"] for hit in hits], [lines[0]["document"]])
            shown = eakte.run_json("show", "--data", data, lines[0]["document"])[0]
            self.assertEqual(hits[0]["page"], shown["pages"])
            eakte.run("get", "--data", data, lines[0]["document"], "--rendition", "original", "-o", data / "back.tif")
            self.assertEqual((data / "back.tif").read_bytes(), (eakte.SAMPLES / RARE_WORD_FILE).read_bytes())
            eakte.verify(data)

    def test_a_zip_becomes_documents_of_its_own_and_the_same_file_is_linked(self):
        with eakte.data_directory() as data:
            lines = eakte.run_json("ingest", "--data", data, "--wait", eakte.SAMPLES / "posteingang.zip")
            states = [line["state"] for line in lines]
            self.assertEqual(states.count("unpacked"), 1)
            self.assertGreater(len(lines), 2)
            again = eakte.run_json("ingest", "--data", data, "--wait", eakte.SAMPLES / "posteingang.zip")
            self.assertEqual(again[0]["reason"], "duplicate")
            eakte.verify(data)

    def test_a_second_start_goes_on_and_the_index_rebuilds_from_the_archive(self):
        with eakte.data_directory() as data:
            with eakte.Service(data) as service:
                name = "hundesteuerbescheid.jpg"
                ended = service.wait_for(service.upload(name, (eakte.SAMPLES / name).read_bytes())["id"])
                service.wait_for_index()
                before = service.search("hundesteuer")
                self.assertEqual(before["total"], 1)
                eakte.run("reindex", "--data", data)
                self.assertEqual(service.search("hundesteuer")["total"], 1)
            subprocess.run(["rm", "-rf", str(data / "tenants/musterstadt/index")], check=True)
            with eakte.Service(data) as service:
                service.wait_for_index()
                self.assertEqual(service.search("hundesteuer")["hits"][0]["document"]["id"], ended["document"])
            eakte.verify(data)

    def test_events_tell_of_every_step(self):
        with eakte.data_directory() as data, eakte.Service(data) as service:
            import urllib.request
            stream = urllib.request.urlopen(service.address + "/api/v1/events", timeout=eakte.PATIENCE)
            name = "zuwendungsbescheid_duplex.tif"
            intake = service.upload(name, (eakte.SAMPLES / name).read_bytes())
            seen = []
            while not seen or seen[-1]["state"] not in eakte.ENDED:
                line = stream.readline().decode()
                if line.startswith("data: {\"") and intake["id"] in line:
                    seen.append(json.loads(line[6:]))
            stream.close()
            self.assertIn("working", [event["state"] for event in seen])
            self.assertGreaterEqual(max(event["pages_done"] for event in seen), 1)

    def test_the_watched_directory_takes_slow_and_renamed_files(self):
        settle = "[inbox]\nsettle_milliseconds = 700\nsettle_empty_milliseconds = 1500\n"
        with eakte.data_directory(settle) as data, eakte.Service(data) as service:
            inbox = data / "tenants/musterstadt/inbox"
            content = (eakte.SAMPLES / "hundesteuerbescheid.jpg").read_bytes()

            def taken(name):
                eakte.wait_until((inbox / "done" / name).exists, f"{name} was not taken")
            (inbox / "Unterordner").mkdir()
            (inbox / "Unterordner" / "brief.jpg.part").write_bytes((eakte.SAMPLES / "englischer_brief.jpg").read_bytes())
            with open(inbox / "langsam.jpg", "wb") as slow:
                slow.write(content[:len(content) // 2])
                slow.flush()
                # What comes later settles and is taken, while this one is still being written.
                with open(bytes(inbox) + b"/gr\xfc\xdfe.pdf", "wb") as odd:
                    odd.write(b"nur Text")
                (inbox / "leer.tif").write_bytes(b"")
                taken("leer.tif")
                self.assertTrue((inbox / "langsam.jpg").exists())
                self.assertTrue((inbox / "Unterordner" / "brief.jpg.part").exists())
                slow.write(content[len(content) // 2:])
            (inbox / "Unterordner" / "brief.jpg.part").rename(inbox / "Unterordner" / "brief.jpg")
            taken("langsam.jpg")
            taken("Unterordner/brief.jpg")
            self.assertEqual((inbox / "done/langsam.jpg").read_bytes(), content)

            def ended():
                intakes = service.get("/intakes?limit=50")["intakes"]
                return intakes if all(intake["state"] in eakte.ENDED for intake in intakes) else None
            intakes = eakte.wait_until(ended, "not all that was taken has ended")
            by_name = {intake["name"]: intake for intake in intakes}
            self.assertEqual(by_name["grüße.pdf"]["reason"], "unknown_type")
            self.assertEqual(by_name["leer.tif"]["reason"], "empty_file")
            self.assertIn(by_name["langsam.jpg"]["state"], ("filed", "review"))
            self.assertIn(by_name["Unterordner/brief.jpg"]["state"], ("filed", "review"))
            self.assertEqual(len(intakes), 4)


if __name__ == "__main__":
    unittest.main()
