"""The letters, notices and invoices of the samples. People, firms and offices are invented."""

from dataclasses import dataclass, field

from .layouts import Invoice, Letter, Office, group_iban, invoice_page, letter_pages, table


@dataclass
class Text:
    """A document as typeset pages, and what a reader should find out about it."""

    pages: list
    document_type: str
    document_date: str
    sender: str
    plan_entry: str
    title: str
    recipient: str = ""
    reference: str = ""
    kassenzeichen: str = ""
    invoice_number: str = ""
    iban: str = ""
    amounts: list = field(default_factory=list)
    language: str = "deu"


def iban(bank_code, account):
    """A German IBAN with its ISO 7064 check digits."""
    body = f"{bank_code:08d}{account:010d}"
    return f"DE{98 - int(body + '131400') % 97:02d}{body}"


TOWN_IBAN = iban(81050555, 3010004711)
TOWN_ADDRESS = ["Stadt Musterstadt (Altmark)", "Marktplatz 1", "39999 Musterstadt (Altmark)"]


def town(part, colour=(0, 70, 110)):
    return Office(
        "Stadt Musterstadt (Altmark)", part, "Marktplatz 1", "39999 Musterstadt (Altmark)", "Altmärkische Sparkasse", TOWN_IBAN, colour
    )


def citizen(name, street, place, phone=""):
    return Office(name, "", street, place, phone=phone)


def information(reference, clerk, phone, date, reference_label="Unser Zeichen:", extra=()):
    rows = [(reference_label, reference), ("Bearbeitet von:", clerk), ("Telefon:", f"03939 555-{phone}")]
    return rows + list(extra) + [("Datum:", date)]


REMEDY = (
    "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden. Der Widerspruch ist schriftlich oder "
    "zur Niederschrift bei der Stadt Musterstadt (Altmark), Marktplatz 1, 39999 Musterstadt (Altmark), einzulegen. Er hat keine "
    "aufschiebende Wirkung; der festgesetzte Betrag ist fristgerecht zu zahlen."
)


def grave_fee_notice():
    sums = table(
        [(27, "Gebührentatbestand", False), (120, "Grundlage", False), (188, "Betrag in EUR", True)],
        [
            ("Verlängerung des Nutzungsrechts um 10 Jahre", "§ 4 Nr. 2.1", "420,00"),
            ("Friedhofsunterhaltung 2026", "§ 5", "38,50"),
            ("Verwaltungsgebühr Grabmalprüfung", "§ 7 Nr. 3", "24,00"),
            ("Gesamtbetrag", "", "482,50"),
        ],
    )
    letter = Letter(
        town("Friedhofsverwaltung"), ["Frau", "Gisela Körtge", "Lindenstraße 14", "39999 Musterstadt (Altmark)"], "12.02.2026",
        "Kassenzeichen: 5.4711.000382.6",
        [
            "für die Wahlgrabstätte auf dem Friedhof Musterstadt, Abteilung C, Reihe 7, Nummer 12, setzen wir nach der "
            "Friedhofsgebührensatzung der Stadt Musterstadt (Altmark) folgende Gebühren fest:",
            "TABLE",
            "Der Gesamtbetrag von 482,50 EUR ist bis zum 16.03.2026 unter Angabe des Kassenzeichens auf das unten genannte Konto zu überweisen.",
            "**Begründung",
            "Das Nutzungsrecht an der Grabstätte ist am 31.12.2025 abgelaufen. Sie haben am 5. Januar 2026 beantragt, es um zehn Jahre zu "
            "verlängern. Die Höhe der Gebühren ergibt sich aus dem Gebührenverzeichnis der Satzung.",
            "**Rechtsbehelfsbelehrung",
            REMEDY,
        ],
        information("55.10.10-382/26", "Frau Bölke", "231", "12.02.2026"),
        headline="Gebührenbescheid", salutation="Sehr geehrte Frau Körtge,", signer="Bölke", table=sums,
    )
    return Text(letter_pages(letter, seed=11), "Gebührenbescheid", "2026-02-12", "Stadt Musterstadt (Altmark)", "55.10.10",
                "Gebührenbescheid", "Gisela Körtge", "55.10.10-382/26", "5.4711.000382.6",
                iban=TOWN_IBAN, amounts=["482.50"])


def dog_tax_notice():
    letter = Letter(
        town("Steueramt", (120, 30, 30)), ["Herrn", "Jörg Wößner", "Bahnhofstraße 27 b", "39999 Musterstadt (Altmark)"], "21. Januar 2026",
        "Festsetzung der Hundesteuer für das Kalenderjahr 2026",
        [
            "nach der Hundesteuersatzung der Stadt Musterstadt (Altmark) wird die Hundesteuer für den von Ihnen gehaltenen Hund (Rüde, "
            "Deutsch Drahthaar, geboren 03.05.2023, Steuermarke Nr. 1187) ab dem 01.01.2026 auf jährlich 60,00 EUR festgesetzt.",
            "Die Steuer ist in zwei Raten zu je 30,00 EUR am 15.02.2026 und am 15.08.2026 fällig. Bitte überweisen Sie unter Angabe des "
            "Kassenzeichens 5.6130.001187.2 oder erteilen Sie uns ein SEPA-Lastschriftmandat.",
            "Die Steuermarke ist gut sichtbar am Halsband zu befestigen. Wird der Hund abgegeben oder stirbt er, ist dies innerhalb von "
            "zwei Wochen beim Steueramt anzuzeigen.",
            "**Rechtsbehelfsbelehrung",
            REMEDY,
        ],
        information("61.10.30/1187", "Herr Präßler", "244", "21. Januar 2026", "Aktenzeichen:", [("Kassenzeichen:", "5.6130.001187.2")]),
        headline="Hundesteuerbescheid", salutation="Sehr geehrter Herr Wößner,", signer="Präßler",
    )
    return Text(letter_pages(letter, "serif", 11, 12), "Hundesteuerbescheid", "2026-01-21", "Stadt Musterstadt (Altmark)", "61.10.30",
                "Festsetzung der Hundesteuer für das Kalenderjahr 2026", "Jörg Wößner", "61.10.30/1187", "5.6130.001187.2",
                iban=TOWN_IBAN, amounts=["60.00", "30.00"])


def levy_notice():
    rows = table(
        [(27, "Gemarkung", False), (62, "Flur", True), (86, "Flurstück", True), (118, "Fläche in m²", True), (152, "Satz je ha", True), (188, "Umlage in EUR", True)],
        [
            ("Musterstadt", "3", "118/4", "12.430", "9,87", "12,27"),
            ("Musterstadt", "3", "119", "8.905", "9,87", "8,79"),
            ("Klein Schönfeld", "1", "27/2", "41.200", "9,87", "40,66"),
            ("Klein Schönfeld", "1", "31", "2.655", "9,87", "2,62"),
            ("Großwulkow", "5", "204/11", "18.990", "9,87", "18,74"),
            ("Summe", "", "", "84.180", "", "83,08"),
        ],
    )
    letter = Letter(
        town("Kämmerei", (40, 90, 60)), ["Agrargenossenschaft Wiesengrund e. G.", "Frau Düsterhöft", "Dorfstraße 3", "39998 Klein Schönfeld"],
        "04.11.2025", "Umlage der Gewässerunterhaltung für das Jahr 2025",
        [
            "die Stadt ist Mitglied im Unterhaltungsverband Obere Milde und legt dessen Beiträge auf die Eigentümer der Grundstücke um. Für "
            "Ihre Flächen wird die Umlage wie folgt festgesetzt:",
            "TABLE",
            "Wir bitten Sie, den Betrag von 83,08 EUR bis zum 05.12.2025 unter Angabe des Kassenzeichens 5.5310.004402.9 zu überweisen. "
            "Flächen, die im Laufe des Jahres verkauft wurden, sind hier noch mit dem Stand vom 01.01.2025 berücksichtigt.",
            "**Rechtsbehelfsbelehrung",
            REMEDY,
        ],
        information("53.10.10-4402/25", "Frau Hänsch", "238", "04.11.2025", extra=[("Kassenzeichen:", "5.5310.004402.9")]),
        headline="Umlagebescheid", salutation="Sehr geehrte Frau Düsterhöft,", signer="Hänsch", table=rows,
    )
    return Text(letter_pages(letter, seed=13), "Umlagebescheid", "2025-11-04", "Stadt Musterstadt (Altmark)", "53.10.10",
                "Umlage der Gewässerunterhaltung für das Jahr 2025", "Agrargenossenschaft Wiesengrund e. G.", "53.10.10-4402/25",
                "5.5310.004402.9", iban=TOWN_IBAN, amounts=["83.08"])


def objection():
    letter = Letter(
        citizen("Renate Süßmilch", "Am Mühlengraben 9", "39999 Musterstadt (Altmark)", "Tel. 03939 20817"),
        [*TOWN_ADDRESS[:1], "Bauamt", *TOWN_ADDRESS[1:]], "Musterstadt, den 18. Februar 2026",
        "Widerspruch gegen den Beitragsbescheid vom 27.01.2026, Aktenzeichen 54.10.10-077/26",
        [
            "hiermit lege ich gegen Ihren Bescheid über Straßenausbaubeiträge für die Straße Am Mühlengraben Widerspruch ein. Der Bescheid "
            "ist mir am 30. Januar zugegangen.",
            "Zur Begründung: Mein Grundstück, Flurstück 212/6, liegt nicht an der ausgebauten Strecke, sondern am nicht befestigten "
            "Stichweg. Außerdem wurde die Fläche mit 1.140 m² angesetzt; laut Grundbuch sind es nur 986 m². Der geforderte Betrag von "
            "4.318,70 EUR ist deshalb schon der Höhe nach falsch.",
            "Ich bitte darum, den Bescheid aufzuheben und die Vollziehung bis zu Ihrer Entscheidung auszusetzen. Bitte bestätigen Sie mir "
            "den Eingang dieses Schreibens.",
        ],
        signer="Renate Süßmilch", enclosures="Anlage: Auszug aus dem Liegenschaftskataster", private=True,
    )
    pages = letter_pages(letter, "serif", 11.5, 21)
    pages[0].stamp(120, 36, ["EINGEGANGEN", "20. Feb. 2026"])
    return Text(pages, "Widerspruch", "2026-02-18", "Renate Süßmilch", "11.20.20",
                "Widerspruch gegen den Beitragsbescheid vom 27.01.2026", "Stadt Musterstadt (Altmark)", "54.10.10-077/26",
                amounts=["4318.70"])


def tenancy_notice():
    letter = Letter(
        citizen("Holger Brüggemann", "Feldstraße 2", "39999 Musterstadt (Altmark)"),
        [*TOWN_ADDRESS[:1], "Liegenschaften", *TOWN_ADDRESS[1:]], "Musterstadt, 27.01.2026",
        "Kündigung des Mietvertrages über die Garage Nr. 14, Feldstraße",
        [
            "hiermit kündige ich den mit Ihnen am 01.04.2011 geschlossenen Mietvertrag über die Garage Nr. 14 auf dem Garagenhof "
            "Feldstraße fristgerecht zum 30.04.2026.",
            "Die Garage wird geräumt und besenrein übergeben. Ich schlage als Termin für die Übergabe den 29. April vor. Die Kaution "
            "von 75,00 EUR überweisen Sie bitte auf mein Konto mit der IBAN " + group_iban(iban(81050555, 1900233417)) + ".",
            "Bitte senden Sie mir eine Bestätigung der Kündigung unter Angabe des Zeitpunkts, zu dem das Mietverhältnis endet.",
        ],
        signer="Holger Brüggemann", private=True,
    )
    return Text(letter_pages(letter, "sans", 11.5, 22), "Kündigung", "2026-01-27", "Holger Brüggemann", "11.60.30",
                "Kündigung des Mietvertrages über die Garage Nr. 14, Feldstraße", "Stadt Musterstadt (Altmark)",
                iban=iban(81050555, 1900233417), amounts=["75.00"])


def water_board_opinion():
    board = Office("Unterhaltungsverband Obere Milde", "Geschäftsstelle", "Am Wehr 5", "39997 Altenbrügge", colour=(20, 80, 150))
    letter = Letter(
        board, [*TOWN_ADDRESS[:1], "Bauamt", *TOWN_ADDRESS[1:]], "09.03.2026",
        "Bebauungsplan Nr. 17 „Am Weidenweg“ – Stellungnahme als Träger öffentlicher Belange",
        [
            "zum Entwurf des Bebauungsplans nehmen wir wie folgt Stellung.",
            "Durch das Plangebiet verläuft der Krumme Graben, ein Gewässer zweiter Ordnung. Beiderseits ist ein Streifen von fünf Metern "
            "von Bebauung, Zäunen und Gehölzen freizuhalten, damit die Unterhaltung mit Geräten möglich bleibt.",
            "Die Einleitung des Niederschlagswassers ist auf 12 Liter je Sekunde zu drosseln. Ein Nachweis der Rückhaltung fehlt in den "
            "Unterlagen und ist vor dem Satzungsbeschluss vorzulegen. Im Übrigen bestehen keine Bedenken.",
        ],
        [("Ihr Zeichen:", "51.10.10-17"), ("Unser Zeichen:", "UV-OM 112/2026"), ("Bearbeiter:", "Herr Thürnagel"), ("Fax:", "03937 4410-29"), ("Datum:", "09.03.2026")],
        headline="Stellungnahme", signer="Thürnagel, Verbandsingenieur",
    )
    page = letter_pages(letter, "sans", 12, 23)[0]
    page.text(12, 3, "09/03/2026 14:12  03937441029  UV OBERE MILDE  S. 01/01", 8, font="mono")
    page.lines.insert(0, page.lines.pop())
    return Text([page], "Stellungnahme", "2026-03-09", "Unterhaltungsverband Obere Milde", "51.10.10",
                "Bebauungsplan Nr. 17 „Am Weidenweg“ – Stellungnahme als Träger öffentlicher Belange",
                "Stadt Musterstadt (Altmark)", "UV-OM 112/2026")


def english_letter():
    sender = citizen("Margaret Holloway", "18 Orchard Lane", "Ludlow SY8 4QT, United Kingdom")
    letter = Letter(
        sender, ["The Town Archivist", *TOWN_ADDRESS], "3 March 2026",
        "Request to use the town archive: family Schönebeck, emigrated 1851",
        [
            "I am writing a history of my family, who left Musterstadt for Bremen and then for England in the spring of 1851. My "
            "great-great-grandfather, the clockmaker Johann Gottlieb Schönebeck, is said to have repaired the clock of your town hall.",
            "I would like to ask for permission to consult the citizens' register and the minutes of the guilds between 1830 and 1852. I "
            "plan to visit Musterstadt from 8 to 12 June 2026 and would be grateful for an appointment in the reading room.",
            "Could you also let me know the fees for copies? I read German reasonably well, though old handwriting takes me some time.",
        ],
        salutation="Dear Sir or Madam,", closing="Yours faithfully,", signer="Margaret Holloway", private=True,
    )
    return Text(letter_pages(letter, "serif", 12, 24), "Benutzungsantrag", "2026-03-03", "Margaret Holloway", "25.10.10",
                "Request to use the town archive: family Schönebeck, emigrated 1851", "The Town Archivist", language="eng")


def monument_permit_1987():
    office = Office("Rat des Kreises Altenbrügge", "Abteilung Kultur", "Breite Straße 40", "3560 Altenbrügge", colour=(70, 70, 70))
    letter = Letter(
        office, ["Rat der Stadt Musterstadt", "Kollegin Förster", "Marktplatz 1", "Musterstadt", "3551"], "14. März 1987",
        "Denkmalpflegerische Genehmigung: Instandsetzung des Wasserturms",
        [
            "dem Antrag der Stadt vom 2. Februar 1987 wird zugestimmt. Die Instandsetzung des Wasserturms in der Turmgasse wird nach dem "
            "Denkmalpflegegesetz unter folgenden Auflagen genehmigt:",
            "1. Das Schieferdach ist in der vorhandenen altdeutschen Deckung auszubessern. 2. Die Fenster sind als zweiflügelige Holzfenster "
            "zu erneuern; Muster sind vorzulegen. 3. Der Beginn der Arbeiten ist zwei Wochen vorher anzuzeigen.",
            "Der Wasserturm bleibt in der Denkmalliste des Kreises unter der Nummer 88 verzeichnet.",
        ],
        [("Unser Zeichen:", "Ku 4/88-3"), ("Datum:", "14. März 1987")],
        headline="Genehmigung", salutation="Werte Kollegin Förster,", closing="Mit sozialistischem Gruß", signer="Kreisdenkmalpfleger",
    )
    return Text(letter_pages(letter, "mono", 10.5, 25), "Genehmigung", "1987-03-14", "Rat des Kreises Altenbrügge", "52.10.30",
                "Denkmalpflegerische Genehmigung: Instandsetzung des Wasserturms", "Rat der Stadt Musterstadt", "Ku 4/88-3")


def grant_notice():
    office = Office("Landesverwaltungsamt Mittelland", "Referat Städtebauförderung", "Am Domhof 8", "39111 Neuenburg", colour=(110, 90, 20))
    letter = Letter(
        office, [*TOWN_ADDRESS[:1], "Der Bürgermeister", *TOWN_ADDRESS[1:]], "15.12.2025",
        "Zuwendung aus dem Programm „Lebendige Zentren“: Sanierung des Alten Spritzenhauses",
        [
            "auf Ihren Antrag vom 30.06.2025 bewilligen wir Ihnen als Projektförderung eine Zuwendung in Höhe von bis zu 184.000,00 EUR "
            "(Festbetragsfinanzierung). Der Bewilligungszeitraum reicht vom 01.01.2026 bis 31.12.2027.",
            "Die Mittel sind bis zum 15. November jedes Jahres abzurufen. Der Verwendungsnachweis ist sechs Monate nach Ende des "
            "Bewilligungszeitraums vorzulegen. Belege sind zehn Jahre lang aufzubewahren.",
            "Die Allgemeinen Nebenbestimmungen für Zuwendungen zur Projektförderung an Gebietskörperschaften sind Bestandteil dieses Bescheids.",
        ],
        [("Unser Zeichen:", "305-21272/4-119"), ("Bearbeitet von:", "Frau Dr. Kößler"), ("Telefon:", "0391 70-1822"), ("Datum:", "15.12.2025")],
        headline="Zuwendungsbescheid", salutation="Sehr geehrter Herr Bürgermeister,", signer="Dr. Kößler",
    )
    return Text(letter_pages(letter, "sans", 11, 26), "Zuwendungsbescheid", "2025-12-15", "Landesverwaltungsamt Mittelland", "51.10.20",
                "Zuwendung aus dem Programm „Lebendige Zentren“: Sanierung des Alten Spritzenhauses",
                "Stadt Musterstadt (Altmark)", "305-21272/4-119", amounts=["184000.00"])


def job_application():
    letter = Letter(
        citizen("Şirin Özdemir", "Ahornweg 31 a", "39104 Neuenburg", "Mobil 0170 5550142"),
        [*TOWN_ADDRESS[:1], "Personalamt", *TOWN_ADDRESS[1:]], "Neuenburg, 02.03.2026",
        "Bewerbung als Verwaltungsfachangestellte im Bürgerbüro, Kennziffer 07/2026",
        [
            "mit großem Interesse habe ich Ihre Stellenausschreibung gelesen und bewerbe mich um die Stelle als Verwaltungsfachangestellte. "
            "Meine Ausbildung habe ich im Juni 2023 mit der Note „gut“ abgeschlossen; seither arbeite ich im Einwohnermeldeamt einer "
            "Verbandsgemeinde.",
            "Ich schätze den Kontakt mit Bürgerinnen und Bürgern, arbeite sorgfältig und bin mit elektronischen Akten vertraut. Die Arbeit "
            "in Gleitzeit und gelegentlich am Samstag ist für mich selbstverständlich.",
            "Über eine Einladung zu einem Vorstellungsgespräch freue ich mich sehr. Frühester Eintrittstermin ist der 1. Juni 2026.",
        ],
        signer="Şirin Özdemir", enclosures="Anlagen: Lebenslauf, Abschlusszeugnis, Arbeitszeugnis", private=True,
    )
    return Text(letter_pages(letter, "sans", 11, 27), "Bewerbung", "2026-03-02", "Şirin Özdemir", "11.30.40",
                "Bewerbung als Verwaltungsfachangestellte im Bürgerbüro, Kennziffer 07/2026", "Stadt Musterstadt (Altmark)")


def tree_felling():
    letter = Letter(
        citizen("Dieter und Käthe Vogelsänger", "Kastanienallee 5", "39999 Musterstadt (Altmark)"),
        [*TOWN_ADDRESS[:1], "Ordnungsamt", *TOWN_ADDRESS[1:]], "Musterstadt, den 11.02.2026",
        "Antrag auf Baumfällung: Fichte auf dem Grundstück Kastanienallee 5",
        [
            "wir beantragen die Genehmigung, auf unserem Grundstück eine Fichte mit einem Stammumfang von 142 cm zu fällen.",
            "Der Baum steht nur drei Meter vom Wohnhaus entfernt, ist seit dem letzten Sommer trocken und vom Borkenkäfer befallen. Bei "
            "Sturm droht er auf den Gehweg zu stürzen. Als Ersatz pflanzen wir einen Apfelbaum.",
            "Für eine Besichtigung sind wir werktags ab 16 Uhr zu Hause.",
        ],
        signer="D. Vogelsänger", private=True,
    )
    return Text(letter_pages(letter, "serif", 12, 28), "Antrag Baumfällung", "2026-02-11", "Dieter und Käthe Vogelsänger", "55.10.20",
                "Antrag auf Baumfällung: Fichte auf dem Grundstück Kastanienallee 5", "Stadt Musterstadt (Altmark)")


def reminder():
    letter = Letter(
        town("Stadtkasse", (90, 90, 90)), ["Herrn", "Enrico Pöhlmann", "Gartenweg 8", "39999 Musterstadt (Altmark)"], "06.02.2026",
        "Kassenzeichen 5.6110.000914.3 – Grundsteuer B, Fälligkeit 15.11.2025",
        [
            "bei der Durchsicht unserer Konten haben wir festgestellt, dass die folgende Forderung noch nicht beglichen ist. Sicher haben "
            "Sie die Zahlung nur übersehen.",
            "Grundsteuer B, 4. Rate 2025: 87,40 EUR. Mahngebühr: 5,00 EUR. Säumniszuschlag: 1,50 EUR. Offener Gesamtbetrag: 93,90 EUR.",
            "Bitte zahlen Sie innerhalb einer Woche. Andernfalls müssen wir die Vollstreckung einleiten, wodurch weitere Kosten entstehen. "
            "Haben Sie inzwischen gezahlt, betrachten Sie dieses Schreiben bitte als gegenstandslos.",
        ],
        information("20.3-914/26", "Frau Lüders", "250", "06.02.2026"),
        headline="Mahnung", salutation="Sehr geehrter Herr Pöhlmann,", signer="Lüders",
    )
    return Text(letter_pages(letter, "sans", 10.5, 29), "Mahnung", "2026-02-06", "Stadt Musterstadt (Altmark)", "11.50.50",
                "Kassenzeichen 5.6110.000914.3 – Grundsteuer B, Fälligkeit 15.11.2025", "Enrico Pöhlmann", "20.3-914/26", "5.6110.000914.3",
                iban=TOWN_IBAN, amounts=["93.90", "87.40", "5.00", "1.50"])


def house_number():
    letter = Letter(
        citizen("Annegret Höhne", "Birkenring 12", "39999 Musterstadt (Altmark)"), [*TOWN_ADDRESS[:1], "Bauamt", *TOWN_ADDRESS[1:]],
        "Musterstadt, 24.02.2026", "Antrag auf Zuteilung einer Hausnummer",
        [
            "für meinen Neubau auf dem Flurstück 88/3 der Flur 4, Gemarkung Musterstadt, beantrage ich die Zuteilung einer Hausnummer.",
            "Der Zugang zum Haus liegt am Birkenring. Der Rohbau steht, der Einzug ist für August geplant. Der Lageplan liegt bei.",
        ],
        signer="Annegret Höhne", enclosures="Anlage: Lageplan", private=True,
    )
    return Text(letter_pages(letter, "sans", 11.5, 30), "Antrag Hausnummer", "2026-02-24", "Annegret Höhne", "52.10.20",
                "Antrag auf Zuteilung einer Hausnummer", "Stadt Musterstadt (Altmark)")


def special_use():
    shop = Office("Café Löffelglück", "Inhaberin Jette Krüger", "Steinstraße 6", "39999 Musterstadt (Altmark)", colour=(150, 60, 90))
    letter = Letter(
        shop, [*TOWN_ADDRESS[:1], "Ordnungsamt", *TOWN_ADDRESS[1:]], "25.02.2026", "Antrag auf Sondernutzung: Tische auf dem Gehweg",
        [
            "für die Zeit vom 1. April bis 31. Oktober 2026 beantrage ich die Erlaubnis zur Sondernutzung des Gehwegs vor meinem Café. "
            "Aufgestellt werden sollen fünf Tische mit zwanzig Stühlen auf einer Fläche von 18 m².",
            "Für Fußgänger bleibt ein Durchgang von 1,80 m frei. Eine Skizze füge ich bei.",
        ],
        [("Telefon:", "03939 20456"), ("Datum:", "25.02.2026")], signer="Jette Krüger",
    )
    return Text(letter_pages(letter, "serif", 11.5, 31), "Antrag Sondernutzung", "2026-02-25", "Café Löffelglück", "54.10.20",
                "Antrag auf Sondernutzung: Tische auf dem Gehweg", "Stadt Musterstadt (Altmark)")


def fire_permit():
    letter = Letter(
        Office("Freiwillige Feuerwehr Klein Schönfeld e. V.", "Förderverein", "Dorfstraße 20", "39998 Klein Schönfeld", colour=(170, 30, 20)),
        [*TOWN_ADDRESS[:1], "Ordnungsamt", *TOWN_ADDRESS[1:]], "26.02.2026", "Antrag Brauchtumsfeuer: Osterfeuer am 4. April 2026",
        [
            "wir beantragen die Erlaubnis, am Karsamstag, dem 4. April 2026, ab 18 Uhr auf der Festwiese in Klein Schönfeld ein Osterfeuer "
            "abzubrennen.",
            "Verbrannt wird nur unbehandelter Baum- und Strauchschnitt, der am selben Tag umgeschichtet wird. Die Brandwache stellt "
            "unsere Wehr; verantwortlich ist Kamerad Uwe Jähnichen.",
        ],
        [("Datum:", "26.02.2026")], signer="Uwe Jähnichen, Vorsitzender",
    )
    return Text(letter_pages(letter, "sans", 11, 32), "Antrag Brauchtumsfeuer", "2026-02-26",
                "Freiwillige Feuerwehr Klein Schönfeld e. V.", "12.40.20", "Antrag Brauchtumsfeuer: Osterfeuer am 4. April 2026",
                "Stadt Musterstadt (Altmark)")


def architect_letter():
    office = Office("Planungsbüro Rößler & Weiß", "Architekten", "Domstraße 11", "39111 Neuenburg", colour=(50, 50, 90))
    letter = Letter(
        office, [*TOWN_ADDRESS[:1], "Bauamt", *TOWN_ADDRESS[1:]], "19.02.2026",
        "Bauantrag: Neubau eines Einfamilienhauses mit Carport, Birkenring 14",
        [
            "im Auftrag der Bauherrschaft Familie Grünwäldchen reichen wir den Bauantrag im vereinfachten Genehmigungsverfahren ein.",
            "Beigefügt sind das Antragsformular, der Lageplan, die Bauzeichnungen, die Baubeschreibung und der Standsicherheitsnachweis. "
            "Die Erschließung ist gesichert; der Anschluss an die zentrale Abwasseranlage wurde am 09.01.2026 beantragt.",
            "Die Baukosten betragen voraussichtlich 312.500,00 EUR. Für Rückfragen steht Ihnen Frau Weiß gern zur Verfügung.",
        ],
        [("Unser Zeichen:", "2025-031 gw"), ("Telefon:", "0391 48-771"), ("Datum:", "19.02.2026")], signer="Weiß, Dipl.-Ing. Architektin",
        enclosures="Anlagen: wie oben, dreifach",
    )
    return letter_pages(letter, "sans", 10.5, 33)


def winter_invoice():
    account = iban(81093054, 1100778)
    invoice = Invoice(
        "Garten- und Winterdienst Böhlke GmbH", "Ziegeleiweg 4", "39999 Musterstadt (Altmark)", "DE298000117",
        [*TOWN_ADDRESS[:1], "Bauhof", *TOWN_ADDRESS[1:]],
        [("Rechnungsnummer:", "2026-00117"), ("Rechnungsdatum:", "03.02.2026"), ("Kundennummer:", "10042"), ("Leistungszeitraum:", "01.01.–31.01.2026")],
        [("Räumen und Streuen Marktplatz, je Einsatz", "14", "85,00", "1.190,00"), ("Räumen und Streuen Schulhof Grundschule", "12", "64,50", "774,00"),
         ("Streugut Splitt, Tonne", "3", "48,20", "144,60"), ("Bereitschaft Wochenende, pauschal", "4", "120,00", "480,00")],
        [("Nettobetrag", "2.588,60"), ("zzgl. 19 % USt.", "491,83"), ("Rechnungsbetrag in EUR", "3.080,43")],
        "Zahlbar innerhalb von 14 Tagen ohne Abzug auf das Konto IBAN " + group_iban(account) + ". Bitte geben Sie bei der Überweisung die Rechnungsnummer 2026-00117 an.",
    )
    page = invoice_page(invoice)
    page.stamp(110, 215, ["Sachlich richtig", "10.02.2026"], (150, 20, 60), -5)
    return Text([page], "Rechnung", "2026-02-03", "Garten- und Winterdienst Böhlke GmbH", "11.50.20", "Rechnung 2026-00117",
                "Stadt Musterstadt (Altmark)", invoice_number="2026-00117", iban=account, amounts=["3080.43", "2588.60", "491.83"])


def office_invoice():
    account = iban(50010517, 5407324931)
    invoice = Invoice(
        "Bürohaus Nordlicht eG", "Hafenstraße 88", "28195 Bremen", "DE811999042",
        [*TOWN_ADDRESS[:1], "Zentrale Beschaffung", *TOWN_ADDRESS[1:]],
        [("Rechnungs-Nr.:", "RE-26-004812"), ("Datum:", "17. Februar 2026"), ("Lieferdatum:", "12.02.2026"), ("Leitweg-ID:", "15090555-0001-42"), ("Bestellung:", "B-2026-019")],
        [("Büropapier A4 80 g/m², weiß, Karton", "20", "21,90", "438,00"), ("Aktenordner 8 cm, grau", "50", "1,85", "92,50"),
         ("Toner schwarz, Hochleistung", "6", "79,00", "474,00"), ("Hängeregistratur-Mappen, 25 Stück", "8", "11,25", "90,00"), ("Versandkosten", "1", "0,00", "0,00")],
        [("Summe netto", "1.094,50"), ("Umsatzsteuer 19 %", "207,96"), ("Gesamtbetrag EUR", "1.302,46")],
        "Zahlungsbedingungen: 10 Tage 2 % Skonto, 30 Tage netto. Bankverbindung: IBAN " + group_iban(account) + ", BIC INGDDEFFXXX. "
        "Diese Rechnung wird auch als strukturierter Datensatz nach EN 16931 (ZUGFeRD, Profil EN16931) bereitgestellt.",
        colour=(200, 110, 0),
    )
    return Text([invoice_page(invoice, "dejavu")], "Rechnung", "2026-02-17", "Bürohaus Nordlicht eG", "11.50.20", "Rechnung RE-26-004812",
                "Stadt Musterstadt (Altmark)", invoice_number="RE-26-004812", iban=account, amounts=["1302.46", "1094.50", "207.96"])


def heating_invoice():
    account = iban(81050555, 2200119034)
    invoice = Invoice(
        "Meisterbetrieb Häberlein Heizung + Sanitär", "Werkstraße 19", "39596 Stendorf", "DE145000733",
        [*TOWN_ADDRESS[:1], "Gebäudemanagement", *TOWN_ADDRESS[1:]],
        [("Rechnung Nr.:", "25/1873"), ("Datum:", "09.12.25"), ("Auftrag:", "Kita Spatzennest")],
        [("Wartung Gas-Brennwertkessel, Jahreswartung", "1", "238,00", "238,00"), ("Umwälzpumpe erneuern, Material", "1", "416,80", "416,80"),
         ("Arbeitszeit Monteur, Stunden", "3,5", "62,00", "217,00"), ("Anfahrt", "1", "35,00", "35,00")],
        [("Zwischensumme", "906,80"), ("MwSt. 19 %", "172,29"), ("Endbetrag EUR", "1.079,09")],
        "Vielen Dank für Ihren Auftrag. Bitte überweisen Sie den Endbetrag bis zum 23.12.2025 auf unser Konto " + group_iban(account) + ".",
        colour=(170, 40, 30),
    )
    return Text([invoice_page(invoice, "serif")], "Rechnung", "2025-12-09", "Meisterbetrieb Häberlein Heizung + Sanitär", "11.50.20",
                "Rechnung 25/1873", "Stadt Musterstadt (Altmark)", invoice_number="25/1873", iban=account, amounts=["1079.09", "906.80", "172.29"])


def offer():
    firm = Office("Tiefbau Wegener & Söhne KG", "Straßen- und Leitungsbau", "Am Kieswerk 2", "39596 Stendorf", colour=(90, 70, 40))
    rows = table(
        [(27, "Leistung", False), (130, "Menge", True), (158, "Einheitspreis", True), (188, "Betrag in EUR", True)],
        [("Gehweg aufnehmen und entsorgen", "180 m²", "14,20", "2.556,00"), ("Betonpflaster 20/10/8 liefern und verlegen", "180 m²", "46,90", "8.442,00"),
         ("Bordsteine setzen", "65 m", "31,00", "2.015,00"), ("Angebotssumme netto", "", "", "13.013,00")],
    )
    letter = Letter(
        firm, [*TOWN_ADDRESS[:1], "Bauamt", *TOWN_ADDRESS[1:]], "20.02.2026", "Angebot Nr. A-26-058: Gehweg Lindenstraße, 2. Abschnitt",
        ["vielen Dank für Ihre Anfrage vom 4. Februar. Wir bieten Ihnen die Arbeiten freibleibend wie folgt an:", "TABLE",
         "Die Preise verstehen sich zuzüglich der gesetzlichen Umsatzsteuer. An unser Angebot halten wir uns bis zum 30.04.2026 gebunden. "
         "Der Auftrag kann innerhalb von vier Wochen nach Erteilung des Zuschlags begonnen werden."],
        [("Angebot Nr.:", "A-26-058"), ("Ansprechpartner:", "Herr Wegener"), ("Datum:", "20.02.2026")], headline="Angebot", signer="Wegener", table=rows,
    )
    return Text(letter_pages(letter, "sans", 10.5, 34), "Angebot", "2026-02-20", "Tiefbau Wegener & Söhne KG", "11.60.10",
                "Angebot Nr. A-26-058: Gehweg Lindenstraße, 2. Abschnitt", "Stadt Musterstadt (Altmark)", amounts=["13013.00"])
