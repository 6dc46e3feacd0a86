"""The service is killed at random moments under load; nothing acknowledged may be lost or doubled.

EAKTE_KILLS sets how often (default 50), EAKTE_SEED the random seed (printed).
"""
import itertools
import os
import random
import threading
import time
import unittest

import eakte
import pictures

KILLS = int(os.environ.get("EAKTE_KILLS", "50"))
SEED = int(os.environ.get("EAKTE_SEED", str(int(time.time()))))
UPLOADERS = 3


class KillNine(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_doubled(self):
        print(f"seed {SEED}, {KILLS} kills")
        choose = random.Random(SEED)
        numbers = itertools.count(1)
        lock = threading.Lock()
        current = [None]

        def next_file():
            with lock:
                number = next(numbers)
            return f"seite-{number}.png", pictures.numbered(number)

        with eakte.data_directory() as data:
            uploaders = [eakte.Uploader(lambda: current[0], next_file) for _ in range(UPLOADERS)]
            for uploader in uploaders:
                uploader.start()
            for _ in range(KILLS):
                service = eakte.Service(data)
                current[0] = service
                time.sleep(choose.uniform(0.05, 1.5))
                service.kill()
                current[0] = None
            for uploader in uploaders:
                uploader.running = False
            for uploader in uploaders:
                uploader.join(timeout=30)
            acknowledged = [entry for uploader in uploaders for entry in uploader.acknowledged]
            self.assertGreater(len(acknowledged), KILLS)

            with eakte.Service(data) as service:
                for intake, _ in acknowledged:
                    self.assertIn(service.wait_for(intake, timeout=600)["state"], ("filed", "review"), intake)
                service.wait_for_index()
                states = {}
                cursor = ""
                while True:
                    page = service.get(f"/intakes?limit=200&cursor={cursor}")
                    for intake in page["intakes"]:
                        states[intake["id"]] = intake
                    cursor = page["next"]
                    if not cursor:
                        break
            for intake, sha256 in acknowledged:
                self.assertEqual(states[intake]["sha256"], sha256)
            self.assertEqual(len({intake for intake, _ in acknowledged}), len(acknowledged))
            documents = [intake["document"] for intake in states.values() if intake["state"] in ("filed", "review")]
            self.assertEqual(len(set(documents)), len(documents))
            self.assertTrue(all(intake["state"] != "quarantined" for intake in states.values()),
                            [intake for intake in states.values() if intake["state"] == "quarantined"][:3])
            report = eakte.verify(data)
            print(f"{len(acknowledged)} acknowledged, {report['received']} received, {report['documents']} documents, "
                  f"{len(report['orphans'])} orphans")


if __name__ == "__main__":
    unittest.main()
