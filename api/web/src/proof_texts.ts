const count = (number: number, singular: string, several: string) =>
  `${number.toLocaleString("de-DE")} ${number === 1 ? singular : several}`;

export const evidenceTexts = {
  title: "Nachweise",
  intro: "Was beweist, dass nichts verloren ging und nichts verändert wurde: Beweise mit Zeitstempel, gelesene Dateien, das Protokoll.",
  days: "Beweise der Tage",
  none: "Noch hat kein Tag einen Beweis.",
  notConfigured: "Es ist kein Zeitstempeldienst eingestellt. Ohne ihn entstehen keine Beweise; einstellen kann ihn die Systemverwaltung ([evidence] tsa).",
  summary: (records: number, days: number) =>
    `${count(records, "Beweisdatensatz", "Beweisdatensätze")} aus ${count(days, "Tag", "Tagen")}.`,
  waiting: (day: string) => `Noch ohne Beweis: was seit dem ${day} geschah.`,
  trouble: (at: string) => `Der letzte Versuch am ${at} ist gescheitert`,
  check: "Alle Beweise jetzt prüfen",
  checking: "Wird geprüft …",
  checkedGood: (at: string) => `Geprüft am ${at}: alle Beweise halten.`,
  checkedBad: (at: string, problems: number) => `Geprüft am ${at}: ${count(problems, "Fehler", "Fehler")} gefunden`,
  never: "Noch nicht geprüft.",
  day: "Tag",
  documents: "Dokumente",
  entry: "Protokoll bis",
  stamped: "Zeitstempel",
  renewed: "Erneuert",
  soon: "Läuft bald ab",
  fixity: "Gelesene Dateien",
  covered: (day: string) => `Alles, was am ${day} da war, ist seitdem gelesen und mit seiner Prüfsumme verglichen worden.`,
  notCovered: "Noch ist kein Durchgang durch alle Dateien beendet.",
  round: "Durchgang",
  began: "Begonnen",
  ended: "Beendet",
  progress: (percent: string) => `läuft, ${percent}`,
  objects: "Dateien",
  bytes: "Gelesen",
  damaged: "Beschädigt",
  undamaged: "Es ist keine beschädigte Datei bekannt.",
  damages: (number: number) => `${count(number, "Datei ist", "Dateien sind")} beschädigt und werden nicht ausgegeben`,
  damagesAdvice: "Wiederherstellen aus einer Sicherung: eakte repair --from VERZEICHNIS.",
  found: (at: string) => `gefunden am ${at}`,
  document: "Dokument",
  trail: "Protokoll",
  trailIntro:
    "Wer wann was getan hat, die ältesten Einträge zuerst. Gesucht wird nach einer ganzen Handlung (document.filed) oder nach allen zu einer Sache (document).",
  head: "Stand des Protokolls ausgeben",
  headHint: "Signiert, mit Zeitstempel, wenn einer eingestellt ist. Anderswo aufbewahrt beweist er später, dass davor nichts geändert wurde.",
  headDone: (name: string) => `Der Stand ist gespeichert als ${name}.`,
  actor: "Person oder Stelle",
  action: "Handlung",
  subject: "Kennung",
  from: "Von",
  until: "Bis",
  show: "Zeigen",
  more: "Weitere Einträge",
  empty: "Es gibt keine solchen Einträge.",
  number: "Nr.",
  at: "Zeit",
  detail: "Einzelheiten",
  shown: (number: number, more: boolean) => `${count(number, "Eintrag", "Einträge")}${more ? " und weitere" : ""}`,
};

export const passwordTexts = {
  title: "Eigenes Passwort wählen",
  intro: "Ihr Passwort hat jemand anderes gesetzt und kennt es. Bitte wählen Sie jetzt ein eigenes; erst dann geht es weiter.",
  save: "Passwort speichern",
};

export const packageTexts = {
  get: "Als Archivpaket ausgeben (ZIP)",
  hint: "Alles zu dieser Akte und ihren Teilen, ohne eakte lesbar. Das Protokoll hält die Ausgabe fest.",
};
