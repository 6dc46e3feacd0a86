"""A PDF of 300 scans: all processes, bounded memory, progress by page, and it can be cancelled."""
import json
import pathlib
import subprocess
import tempfile
import threading
import unittest
import urllib.request

import eakte

PAGES = 300
MEMORY_LIMIT_KB = 600 * 1024


def scans(directory, pages=PAGES):
    """One scanned sample page, 300 times, each with its own number in the metadata so that bytes differ."""
    page = pathlib.Path(directory) / "seite.pdf"
    eakte.run("convert", eakte.SAMPLES / "hundesteuerbescheid.jpg", "-o", page)
    many = pathlib.Path(directory) / "stapel.pdf"
    subprocess.run(["qpdf", "--empty", "--pages", *[str(page)] * pages, "--", str(many)], check=True)
    return many.read_bytes()


def peak_memory_kb(process):
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


class ManyPages(unittest.TestCase):
    def test_progress_by_page_bounded_memory_and_cancel(self):
        with tempfile.TemporaryDirectory() as directory, eakte.data_directory() as data, eakte.Service(data) as service:
            content = scans(directory)
            events = urllib.request.urlopen(service.address + "/api/v1/events", timeout=eakte.PATIENCE)
            intake = service.upload("stapel.pdf", content)
            seen, peak, most = [], 0, 0
            stop = threading.Event()

            def watch():
                nonlocal peak, most
                while not stop.wait(0.3):
                    family = eakte.family_of(service.process.pid)
                    most = max(most, len(family))
                    peak = max([peak, *map(peak_memory_kb, family)])
            watcher = threading.Thread(target=watch)
            watcher.start()
            while len(seen) < 10:
                line = events.readline().decode()
                if line.startswith("data: ") and intake["id"] in line:
                    event = json.loads(line[6:])
                    if event["pages_done"] and event["pages_done"] not in seen:
                        self.assertEqual(event["pages_total"], PAGES)
                        seen.append(event["pages_done"])
            status, _, _ = service.request("POST", f"/api/v1/intakes/{intake['id']}/cancel", b"", {"X-Eakte": "1"})
            self.assertIn(status, (200, 202))
            ended = service.wait_for(intake["id"])
            stop.set()
            watcher.join()
            events.close()
            self.assertEqual((ended["state"], ended["reason"]), ("refused", "cancelled"))
            self.assertEqual(seen, sorted(seen))
            print(f"at most {most} processes, the largest held {peak // 1024} MB")
            if not eakte.is_sanitized():
                self.assertLess(peak, MEMORY_LIMIT_KB)
            eakte.wait_until(lambda: len(eakte.family_of(service.process.pid)) <= 2, "readers of a cancelled document go on")


if __name__ == "__main__":
    unittest.main()
