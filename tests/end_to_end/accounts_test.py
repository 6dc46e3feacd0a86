"""Accounts from the command line: who does something says who they are, and the roles decide."""
import pathlib
import pty
import os
import unittest

import eakte

PASSWORD = "Wolke Treppe Ahorn"


def password_file(data, password=PASSWORD):
    file = pathlib.Path(data) / "password.txt"
    file.write_text(password + "\n")
    return file


def add_account(data, name, *roles):
    """An account whose password is PASSWORD."""
    eakte.run("account", "add", "--data", data, name, name.title(), *[word for role in roles for word in ("--role", role)],
              "--new-password-file", password_file(data))


class Accounts(unittest.TestCase):
    def test_with_accounts_a_change_needs_a_person_with_the_role(self):
        with eakte.data_directory() as data:
            at = ("--data", str(data))
            folder = ("folder", "add", *at, "61.10.30", "61.10.30/7", "Hundesteuer 7")
            refused = eakte.run("account", "add", *at, "e.erste", "Erste", "--role", "clerk", "--new-password-file",
                                password_file(data), check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("[first_administrator]", refused.stderr)
            add_account(data, "a.amt", "administrator")
            add_account(data, "m.akte", "records_manager")
            add_account(data, "r.pruef", "auditor")

            nameless = eakte.run(*folder, check=False)
            self.assertEqual(nameless.returncode, 1)
            self.assertIn("--as", nameless.stderr)
            with_password = ("--password-file", str(password_file(data)))
            auditor = eakte.run(*folder, "--as", "r.pruef", *with_password, check=False)
            self.assertIn("[role_missing]", auditor.stderr)
            wrong = eakte.run(*folder, "--as", "m.akte", "--password-file", password_file(data, "ganz falsches Wort"), check=False)
            self.assertIn("[login_failed]", wrong.stderr)
            password_file(data)
            eakte.run(*folder, "--as", "m.akte", *with_password)
            closed = eakte.run_json("folder", "close", *at, "61.10.30/7", "--as", "m.akte", *with_password)[0]
            self.assertEqual(closed["stage"], "closed")

            self.assertEqual(eakte.run("account", "disable", *at, "m.akte", "--as", "m.akte", *with_password, check=False).returncode, 1)
            self.assertTrue(eakte.run_json("account", "disable", *at, "m.akte", "--as", "a.amt", *with_password)[0]["disabled"])
            self.assertIn("[login_failed]", eakte.run("folder", "reopen", *at, "61.10.30/7", "--as", "m.akte", *with_password,
                                                      check=False).stderr)
            self.assertEqual([(one["name"], one["disabled"]) for one in eakte.run_json("account", "list", *at)],
                             [("a.amt", False), ("m.akte", True), ("r.pruef", False)])
            eakte.verify(data)

    def test_a_password_is_asked_for_at_the_terminal_and_not_shown(self):
        with eakte.data_directory() as data:
            child, terminal = pty.fork()
            if child == 0:
                os.execv(eakte.PROGRAM, [eakte.PROGRAM, "account", "add", "--data", str(data), "a.amt", "Anna Amt", "--role",
                                         "administrator"])
            shown = b""
            for _ in range(2):
                while not shown.endswith(b": "):
                    shown += os.read(terminal, 1000)
                os.write(terminal, PASSWORD.encode() + b"\n")
                shown += os.read(terminal, 1)
            try:
                while more := os.read(terminal, 1000):
                    shown += more
            except OSError:
                pass  # Linux says so when the other side of a terminal is gone
            self.assertEqual(os.waitpid(child, 0)[1], 0, shown)
            os.close(terminal)
            self.assertIn("Systemverwaltung", shown.decode())
            self.assertNotIn(PASSWORD, shown.decode())


if __name__ == "__main__":
    unittest.main()
