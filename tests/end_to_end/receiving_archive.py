"""The archive at the other end: reads what eakte sends and writes the answers of xdomea 3.1.0, in its own way."""
import pathlib
import shutil
import subprocess
import uuid
import xml.etree.ElementTree as ElementTree
import zipfile

NAMESPACE = "urn:xoev-de:xdomea:schema:3.1.0"
SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "../shared/data/xdomea/xsd/3.1.0/xdomea.xsd"
NAMES = {
    "0502": "Aussonderung.Bewertungsverzeichnis.0502",
    "0504": "Aussonderung.AnbietungEmpfangBestaetigen.0504",
    "0506": "Aussonderung.AussonderungImportBestaetigen.0506",
    "0507": "Aussonderung.AussonderungEmpfangBestaetigen.0507",
    "0512": "Aussonderung.AktenplanZurBewertungEmpfangBestaetigen.0512",
    "0513": "Aussonderung.Bewertungskatalog.0513",
}


def can_validate():
    return SCHEMA.exists() and shutil.which("xmllint") is not None


def require_valid(xml):
    """Against KoSIT's XSD, where it is there."""
    if not can_validate():
        return
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(SCHEMA), "-"], input=xml,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())


def tag(name):
    return f"{{{NAMESPACE}}}{name}"


class Received:
    """A container as the archive takes it in."""

    def __init__(self, path):
        self.name = pathlib.Path(path).name
        with zipfile.ZipFile(path) as container:
            assert container.testzip() is None
            names = container.namelist()
            message = self.name.removesuffix(".zip") + ".xml"
            assert message in names, names
            self.files = {name: container.read(name) for name in names if name != message}
            self.xml = container.read(message)
        require_valid(self.xml)
        self.root = ElementTree.fromstring(self.xml)
        self.process = self.root.findtext(f"{tag('Kopf')}/{tag('ProzessID')}")
        assert self.name.startswith(self.process), "one process in name and content"
        named = {one.text for one in self.root.iter(tag("Dateiname"))}
        assert named == set(self.files), "every file is named, and no other"

    def objects(self, kind="Akte"):
        """(id, reference, title) of all Akten, Vorgänge or Dokumente."""
        for one in self.root.iter(tag(kind)):
            general = f"{tag('AllgemeineMetadaten')}/"
            yield (one.findtext(f"{tag('Identifikation')}/{tag('ID')}"), one.findtext(general + tag("Kennzeichen")),
                   one.findtext(general + tag("Betreff")))

    def id_of(self, reference):
        return next(one for kind in ("Akte", "Vorgang") for one, named, _ in self.objects(kind) if named == reference)


class Archive:
    def __init__(self, directory, sender="KA-7", recipient="15083411"):
        self.directory = pathlib.Path(directory)
        self.sender = sender
        self.recipient = recipient

    def _head(self, number, process, asks):
        code = lambda name, value: (f"<xdomea:Behoerdenkennung><xdomea:Behoerdenschluessel listURI='' listVersionID=''>"
                                    f"<code>{value}</code></xdomea:Behoerdenschluessel></xdomea:Behoerdenkennung>"
                                    f"<xdomea:Institution><xdomea:Name>{name}</xdomea:Name></xdomea:Institution>")
        receipt = "<xdomea:Empfangsbestaetigung>true</xdomea:Empfangsbestaetigung>" if asks else ""
        return (f"<xdomea:Kopf><xdomea:ProzessID>{process.upper()}</xdomea:ProzessID>"
                f"<xdomea:Nachrichtentyp><code>{number}</code></xdomea:Nachrichtentyp>"
                f"<xdomea:Erstellungszeitpunkt>2027-01-20T09:30:00+01:00</xdomea:Erstellungszeitpunkt>"
                f"<xdomea:Absender>{code('Kreisarchiv Musterland', self.sender)}</xdomea:Absender>"
                f"<xdomea:Empfaenger>{code('Stadt Musterstadt', self.recipient)}</xdomea:Empfaenger>{receipt}"
                f"</xdomea:Kopf>")

    def _write(self, number, process, body, asks=False, packed=True):
        name = NAMES[number]
        xml = (f"<?xml version='1.0' encoding='UTF-8'?><xdomea:{name} xmlns:xdomea='{NAMESPACE}'>"
               f"{self._head(number, process, asks)}{body}</xdomea:{name}>").encode()
        require_valid(xml)
        stem = f"{process}_{name}"
        if not packed:
            path = self.directory / f"{stem}-{uuid.uuid4()}.xml"
            path.write_bytes(xml)
            return path
        path = self.directory / f"{stem}-{uuid.uuid4()}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr(stem + ".xml", xml)
        return path

    def receipt(self, number, process):
        return self._write(number, process, "", packed=False)

    def appraisal(self, process, decisions):
        """0502: {object id: "A" or "V"}."""
        body = "".join(
            f"<xdomea:BewertetesObjekt><xdomea:ID>{one}</xdomea:ID><xdomea:Aussonderungsart><xdomea:Aussonderungsart>"
            f"<code>{code}</code></xdomea:Aussonderungsart></xdomea:Aussonderungsart></xdomea:BewertetesObjekt>"
            for one, code in decisions.items())
        return self._write("0502", process, body, asks=True)

    def import_report(self, process, outcomes):
        """0506: {object id: archive's reference, or None and why as (None, text)}."""
        body = ""
        for one, outcome in outcomes.items():
            success = isinstance(outcome, str)
            detail = (f"<xdomea:Archivkennung>{outcome}</xdomea:Archivkennung>"
                      if success else f"<xdomea:Fehlermeldung>{outcome[1]}</xdomea:Fehlermeldung>")
            body += (f"<xdomea:AusgesondertesSGO><xdomea:IDSGO>{one}</xdomea:IDSGO><xdomea:Erfolgreich>"
                     f"{'true' if success else 'false'}</xdomea:Erfolgreich>{detail}</xdomea:AusgesondertesSGO>")
        return self._write("0506", process, body)

    def plan_appraisal(self, process, decisions):
        """0513: {id of an entry: code}."""
        body = "".join(
            f"<xdomea:BewerteteAktenplaneinheit><xdomea:ID>{one}</xdomea:ID><xdomea:Aussonderungsart>"
            f"<xdomea:Aussonderungsart><code>{code}</code></xdomea:Aussonderungsart></xdomea:Aussonderungsart>"
            f"</xdomea:BewerteteAktenplaneinheit>" for one, code in decisions.items())
        return self._write("0513", process, body, asks=True)
