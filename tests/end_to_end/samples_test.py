"""All samples through the whole way, compared with their truth. The bounds may only rise."""
import collections
import json
import re
import subprocess
import unittest

import eakte

TRUTH = eakte.ROOT / "samples" / "truth"
# Files of several documents have a truth of their own kind.
SEVERAL = {"posteingang", "stapel_mit_trennblaettern"}


def words_in(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(truth, read):
    truth, read = words_in(truth), words_in(read)
    return 2 * sum((truth & read).values()) / max(1, sum(truth.values()) + sum(read.values()))


class Samples(unittest.TestCase):
    def test_the_samples_are_read_and_described_as_they_are(self):
        with eakte.data_directory() as data:
            lines = eakte.run_json("ingest", "--data", data, "--wait", eakte.SAMPLES, check=False)
            bad = [line for line in lines if line["state"] not in ("filed", "review", "unpacked", "split")]
            self.assertEqual(bad, [])
            batch = json.loads((TRUTH / "stapel_mit_trennblaettern.json").read_text())
            parts = [line for line in lines if line["file"].startswith(batch["file"] + ", ")]
            types = [eakte.run_json("show", "--data", data, part["document"])[0]["document_type"] for part in parts]
            self.assertEqual(types, [truth["document_type"] for truth in batch["documents"]])
            by_name = {line["file"].rsplit(".", 1)[0]: line["document"] for line in lines}
            right, wrong, seen, poor = collections.Counter(), collections.Counter(), 0, []
            for file in sorted(TRUTH.glob("*.json")):
                if file.stem in SEVERAL:
                    continue
                seen += 1
                truth = json.loads(file.read_text())
                shown = eakte.run_json("show", "--data", data, by_name[file.stem])[0]
                text = eakte.run("get", "--data", data, by_name[file.stem], "--rendition", "text").stdout
                quality = f1(file.with_suffix(".txt").read_text(), text)
                if quality < 0.9:
                    poor.append((file.stem, round(quality, 3)))
                self.assertEqual(shown["pages"], truth["page_count"], file.stem)
                for field in ("document_type", "document_date", "reference", "plan_entry", "sender"):
                    if truth.get(field) and shown[field]:
                        (right if shown[field] == truth[field] else wrong)[field] += 1
                pdf = data / "archiv.pdf"
                eakte.run("get", "--data", data, by_name[file.stem], "-o", pdf)
                layer = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
                self.assertGreater(f1(text, layer), 0.97, f"text layer of {file.stem}")
            print(f"{seen} files; right {dict(right)}; wrong {dict(wrong)}; read below 0.9: {poor}")
            self.assertLessEqual(len(poor), 1, poor)
            self.assertLessEqual(wrong["document_date"], 0)
            self.assertLessEqual(wrong["document_type"], 1)
            self.assertGreaterEqual(right["document_date"], 18)
            self.assertGreaterEqual(right["document_type"], 18)
            self.assertGreaterEqual(right["plan_entry"], 16)
            eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
