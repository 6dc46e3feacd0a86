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
UPLOADS = 10
LONG_LIFE = 4  # each fourth service is killed only after it has got somewhere, however slow the machine is


def acknowledged_by(uploaders):
    return [entry for uploader in uploaders for entry in list(uploader.acknowledged)]


class KillNine(unittest.TestCase):
    def wait_for_progress(self, service, uploaders, before):
        """Until something is acknowledged that was not before, and what waits longest has ended: an intake that is
        interrupted ten times is set aside, and rightly so, but that is not what is tested here."""
        eakte.wait_until(lambda: len(acknowledged_by(uploaders)) > before, "nothing was acknowledged")
        working = [intake for intake, _ in sorted(acknowledged_by(uploaders))
                   if service.get(f"/intakes/{intake}")["state"] not in eakte.ENDED]
        for intake in working[:os.cpu_count()]:
            service.wait_for(intake)

    def test_nothing_acknowledged_is_lost_or_doubled(self):
        print(f"seed {SEED}, {KILLS} kills")
        choose = random.Random(SEED)
        numbers = itertools.count(1)
        lock = threading.Lock()
        current = [None]

        # So many uploads a life, so that a slow machine, which lives longer, has not more to do at the end.
        permits = threading.Semaphore(0)

        def next_file():
            permits.acquire()
            with lock:
                number = next(numbers)
            return f"seite-{number}.png", pictures.numbered(number)

        with eakte.data_directory() as data:
            uploaders = [eakte.Uploader(lambda: current[0], next_file) for _ in range(UPLOADERS)]
            for uploader in uploaders:
                uploader.start()
            for number in range(KILLS):
                before = len(acknowledged_by(uploaders))
                service = eakte.Service(data)
                current[0] = service
                permits.release(UPLOADS)
                time.sleep(choose.uniform(0.05, 1.5))
                if number % LONG_LIFE == LONG_LIFE - 1:
                    self.wait_for_progress(service, uploaders, before)
                service.kill()
                current[0] = None
            for uploader in uploaders:
                uploader.running = False
            permits.release(UPLOADERS)
            for uploader in uploaders:
                uploader.join()
            acknowledged = acknowledged_by(uploaders)
            self.assertGreaterEqual(len(acknowledged), KILLS // LONG_LIFE)

            with eakte.Service(data) as service:
                for intake, _ in acknowledged:
                    self.assertIn(service.wait_for(intake)["state"], ("filed", "review"), intake)
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
