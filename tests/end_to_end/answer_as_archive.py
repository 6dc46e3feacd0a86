"""The archive's answer to a container, for tests in a browser:
    answer_as_archive.py 0502|0506 CONTAINER DIRECTORY REFERENCE=OUTCOME...
An outcome is A or V for a 0502; for a 0506 what the archive calls the folder, or "!" and why it failed. Prints the file."""
import sys

from receiving_archive import Archive, Received


def main():
    number, container, directory, *outcomes = sys.argv[1:]
    received = Received(container)
    told = {received.id_of(reference): outcome for reference, outcome in (one.rsplit("=", 1) for one in outcomes)}
    archive = Archive(directory)
    if number == "0502":
        print(archive.appraisal(received.process, told))
    else:
        print(archive.import_report(received.process, {one: (None, text[1:]) if text.startswith("!") else text
                                                       for one, text in told.items()}))


if __name__ == "__main__":
    main()
