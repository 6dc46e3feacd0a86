"""A full disk: nothing is acknowledged, reading goes on, and work goes on when there is space again, without a restart."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import eakte
import pictures


class DiskFull(unittest.TestCase):
    def setUp(self):
        self.disk = pathlib.Path(tempfile.mkdtemp(prefix="eakte-disk-"))
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(self.disk)], capture_output=True)
        if mounted.returncode != 0:
            self.disk.rmdir()
            self.skipTest("needs root to mount a small disk")

    def tearDown(self):
        subprocess.run(["umount", "-l", str(self.disk)], check=False)
        self.disk.rmdir()

    def fill(self, leave):
        """Takes all space but `leave` bytes."""
        free = os.statvfs(self.disk)
        ballast = self.disk / "ballast"
        with open(ballast, "wb") as file:
            left = free.f_bavail * free.f_frsize - leave
            while left > 0:
                left -= file.write(b"\0" * min(left, 1 << 20))
        return ballast

    def test_refuses_clearly_and_recovers_without_a_restart(self):
        data = self.disk / "data"
        eakte.run("init", "--data", data)
        with eakte.Service(data) as service:
            first = service.wait_for(service.upload("eins.png", pictures.numbered(1))["id"])
            service.wait_for_index()
            self.assertIn(first["state"], ("filed", "review"))
            ballast = self.fill(leave=100_000)
            status, _, body = service.request("POST", "/api/v1/intakes?name=gross.tif", os.urandom(2_000_000), {"X-Eakte": "1"})
            self.assertEqual(status, 507, body)
            self.assertIn("storage_full", body.decode())
            self.assertEqual(service.get(f"/documents/{first['document']}")["id"], first["document"])
            self.assertEqual(len(service.get("/intakes")["intakes"]), 1)
            # Something that still fits may be accepted and then wait for space.
            small = service.request("POST", "/api/v1/intakes?name=klein.png", pictures.numbered(2), {"X-Eakte": "1"})
            ballast.unlink()
            after = service.wait_for(service.upload("drei.png", pictures.numbered(3))["id"])
            self.assertIn(after["state"], ("filed", "review"))
            if small[0] == 201:
                for intake in service.get("/intakes")["intakes"]:
                    self.assertIn(service.wait_for(intake["id"])["state"], ("filed", "review"), intake)
            service.wait_for_index()
            service.stop()
        eakte.verify(data)


if __name__ == "__main__":
    unittest.main()
