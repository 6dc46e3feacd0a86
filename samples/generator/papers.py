"""Forms, by-laws and council papers of the samples. People and places are invented."""

from .layouts import form_page, group_iban, paper_pages
from .page import Page
from .texts import Text, architect_letter, iban

TOWN = "Stadt Musterstadt (Altmark)"


def dog_registration():
    account = iban(81050555, 1900556120)
    page = form_page(
        TOWN, "Anmeldung zur Hundesteuer", "Vordruck 61-03",
        [
            ("Halterin oder Halter", [
                [("Familienname", "Jänicke", 0.5), ("Vorname", "Änne", 0.5)],
                [("Straße, Hausnummer", "Grüner Weg 3", 0.5), ("PLZ, Ort", "39999 Musterstadt (Altmark)", 0.5)],
                [("Geburtsdatum", "07.08.1991", 0.3), ("Telefon", "03939 20911", 0.3), ("Im Haushalt seit", "14.02.2026", 0.4)],
            ]),
            ("Angaben zum Hund", [
                [("Name des Hundes", "Flöckchen", 0.4), ("Rasse", "Zwergschnauzer", 0.35), ("Farbe", "weiß", 0.25)],
                [("Geburtsdatum des Hundes", "02.12.2025", 0.4), ("Chipnummer", "276 0981 0455 1207", 0.6)],
                [("Es handelt sich um den ersten Hund im Haushalt.", True, 1)],
                [("Der Hund gilt als gefährlich im Sinne des Hundegesetzes.", False, 1)],
            ]),
            ("SEPA-Lastschriftmandat", [[("IBAN", group_iban(account), 0.65), ("Kreditinstitut", "Altmärkische Sparkasse", 0.35)]]),
        ],
        "Ich versichere, dass die Angaben vollständig und richtig sind. Mir ist bekannt, dass das Ende der Hundehaltung innerhalb von zwei "
        "Wochen anzuzeigen ist. Hinweise zum Datenschutz liegen im Steueramt aus.",
        seed=41, place_and_date="Musterstadt, 23.02.2026",
    )
    return Text([page], "Anmeldung Hundesteuer", "2026-02-23", "Änne Jänicke", "61.10.30", "Anmeldung zur Hundesteuer", TOWN, iban=account)


def housing_benefit():
    page = form_page(
        TOWN, "Antrag auf Wohngeld (Mietzuschuss)", "Vordruck 31-12",
        [
            ("Antragstellende Person", [
                [("Familienname", "Kühnöl", 0.5), ("Vorname", "Björn", 0.5)],
                [("Geburtsdatum", "19.11.1978", 0.3), ("Familienstand", "geschieden", 0.3), ("Staatsangehörigkeit", "deutsch", 0.4)],
                [("Straße, Hausnummer", "Schloßstraße 17", 0.5), ("PLZ, Ort", "39999 Musterstadt (Altmark)", 0.5)],
            ]),
            ("Haushalt und Wohnung", [
                [("Zahl der Personen", "3", 0.25), ("Wohnfläche in m²", "71,5", 0.25), ("Bezugsfertig seit", "1974", 0.25), ("Bruttokaltmiete in EUR", "486,00", 0.25)],
                [("Vermieterin oder Vermieter", "Wohnungsgenossenschaft Altmark eG", 1.0)],
                [("In der Miete sind Kosten für Heizung und Warmwasser enthalten.", False, 1), ("Teile der Wohnung sind untervermietet.", False, 1)],
            ]),
            ("Einkommen", [
                [("Bruttolohn monatlich in EUR", "1.640,00", 0.4), ("Kindergeld in EUR", "510,00", 0.3), ("Unterhalt in EUR", "0,00", 0.3)],
                [("Es werden Leistungen nach dem SGB II oder SGB XII bezogen.", False, 1), ("Steuern vom Einkommen werden entrichtet.", True, 1)],
            ]),
            ("Auszahlung", [[("IBAN", group_iban(iban(81093054, 4410027)), 0.65), ("Kreditinstitut", "Volksbank Milde", 0.35)]]),
        ],
        "Mir ist bekannt, dass ich verpflichtet bin, Änderungen der Verhältnisse unverzüglich mitzuteilen. Beigefügt sind die "
        "Mietbescheinigung und die Verdienstbescheinigung der letzten zwölf Monate.",
        seed=42, place_and_date="Musterstadt, den 5.2.2026",
    )
    return Text([page], "Wohngeldantrag", "2026-02-05", "Björn Kühnöl", "31.10.20", "Antrag auf Wohngeld (Mietzuschuss)", TOWN,
                iban=iban(81093054, 4410027), amounts=["486.00"])


def trade_registration():
    page = form_page(
        TOWN + " · Gewerbeamt", "Gewerbe-Anmeldung nach § 14 GewO", "GewA 1",
        [
            ("Betriebsinhaberin oder Betriebsinhaber", [
                [("Familienname", "Schröter", 0.4), ("Vornamen", "Hülya Marie", 0.35), ("Geschlecht", "weiblich", 0.25)],
                [("Geburtsdatum", "30.09.1986", 0.3), ("Geburtsort und -land", "Altenbrügge, Deutschland", 0.7)],
                [("Anschrift der Wohnung", "Töpfergasse 2, 39999 Musterstadt (Altmark)", 1.0)],
            ]),
            ("Angaben zum Betrieb", [
                [("Anschrift der Betriebsstätte", "Steinstraße 22, 39999 Musterstadt (Altmark)", 1.0)],
                [("Angemeldete Tätigkeit", "Änderungsschneiderei, Einzelhandel mit Kurzwaren", 1.0)],
                [("Beginn der Tätigkeit", "01.03.2026", 0.35), ("Zahl der Beschäftigten", "1", 0.3), ("Art des Betriebs", "Handwerk", 0.35)],
                [("Die Tätigkeit wird im Nebenerwerb betrieben.", False, 1), ("Es liegt eine Erlaubnis vor, falls sie erforderlich ist.", True, 1)],
            ]),
            ("Grund der Anmeldung", [[("Neuerrichtung eines Betriebs", True, 1), ("Übernahme eines bestehenden Betriebs", False, 1)]]),
        ],
        "Diese Anzeige berechtigt nicht zum Beginn des Gewerbebetriebs, wenn noch eine Erlaubnis oder eine Eintragung in die Handwerksrolle "
        "notwendig ist. Gebühr für die Bescheinigung: 26,00 EUR.",
        seed=43, place_and_date="Musterstadt, 26.02.2026",
    )
    return Text([page], "Gewerbeanmeldung", "2026-02-26", "Hülya Marie Schröter", "12.40.10", "Gewerbe-Anmeldung nach § 14 GewO", TOWN,
                amounts=["26.00"])


def hearing_form():
    page = form_page(
        TOWN + " · Bußgeldstelle", "Anhörungsbogen", "Az. 12.40.30-02217/26",
        [
            ("Vorwurf", [
                "Ihnen wird vorgeworfen, am 08.02.2026 um 15:42 Uhr in Musterstadt, Bahnhofstraße, als Führer des PKW mit dem Kennzeichen "
                "MST-KÖ 418 die zulässige Höchstgeschwindigkeit von 30 km/h innerhalb geschlossener Ortschaften um 14 km/h überschritten zu haben.",
                "Beweismittel: Messgerät, Foto, Zeugin Frau Jüttner. Verwarnungsgeld: 50,00 EUR.",
            ]),
            ("Angaben zur Person", [
                [("Familienname", "Löwenthal", 0.5), ("Vorname", "Günther", 0.5)],
                [("Geburtsdatum", "23.06.1969", 0.3), ("Geburtsort", "Altenbrügge", 0.3), ("Familienstand", "verheiratet", 0.4)],
                [("Anschrift", "Ölmühlenweg 1, 39999 Musterstadt (Altmark)", 1.0)],
            ]),
            ("Angaben zur Sache", [
                [("Der Verstoß wird zugegeben.", True, 1), ("Das Fahrzeug wurde von einer anderen Person geführt.", False, 1)],
                [("Bemerkungen", "Ich bitte um Entschuldigung, ich war in Eile.", 1.0)],
            ]),
        ],
        "Nach § 55 OWiG wird Ihnen Gelegenheit gegeben, sich innerhalb einer Woche zu äußern. Angaben zur Person sind Pflicht, Angaben zur "
        "Sache sind freiwillig. Ordnungswidrigkeit nach § 41 StVO, § 24 StVG.",
        seed=44, place_and_date="Musterstadt, 02.03.2026",
    )
    return Text([page], "Anhörungsbogen", "2026-03-02", "Günther Löwenthal", "12.40.30", "Anhörungsbogen", TOWN, "12.40.30-02217/26",
                amounts=["50.00"])


def nursery_registration():
    page = form_page(
        TOWN + " · Kinder und Familie", "Bedarfsanmeldung für einen Betreuungsplatz in einer Kindertagesstätte", "Vordruck 36-01",
        [
            ("Kind", [
                [("Familienname", "Nußbaum", 0.4), ("Vorname", "Mattéo", 0.3), ("Geburtsdatum", "11.10.2025", 0.3)],
                [("Anschrift", "Rosenstraße 44, 39999 Musterstadt (Altmark)", 1.0)],
            ]),
            ("Sorgeberechtigte", [
                [("Mutter: Name, Vorname", "Nußbaum, Frederike", 0.5), ("Vater: Name, Vorname", "Nußbaum, Sören", 0.5)],
                [("Telefon", "0151 5550777", 0.4), ("Berufstätig", "beide", 0.6)],
            ]),
            ("Gewünschter Platz", [
                [("Aufnahme ab", "01.10.2026", 0.3), ("Stunden je Tag", "9", 0.3), ("Betreuungsart", "Krippe", 0.4)],
                [("Erste Wunscheinrichtung", "Kita Spatzennest", 0.5), ("Zweite Wunscheinrichtung", "Kita Löwenzahn", 0.5)],
                [("Ein Geschwisterkind besucht bereits die Einrichtung.", True, 1), ("Es besteht ein besonderer Förderbedarf.", False, 1)],
            ]),
        ],
        "Die Anmeldung ersetzt nicht den Abschluss des Betreuungsvertrags. Über die Vergabe der Plätze wird nach der Reihenfolge der Kriterien "
        "entschieden; eine Platzzusage erhalten Sie schriftlich.",
        seed=45, place_and_date="Musterstadt, 14.01.2026",
    )
    return Text([page], "Bedarfsanmeldung", "2026-01-14", "Frederike Nußbaum", "36.10.10",
                "Bedarfsanmeldung für einen Betreuungsplatz in einer Kindertagesstätte", TOWN)


def building_application():
    form = form_page(
        TOWN + " · Untere Bauaufsichtsbehörde", "Bauantrag im vereinfachten Verfahren (§ 62 BauO)", "Anlage 1",
        [
            ("Bauherrschaft", [[("Name", "Grünwäldchen, Katja und Tom", 0.6), ("Telefon", "0391 5550188", 0.4)],
                               [("Anschrift", "Höhenweg 7, 39111 Neuenburg", 1.0)]]),
            ("Baugrundstück", [[("Straße, Hausnummer", "Birkenring 14", 0.4), ("Gemarkung", "Musterstadt", 0.3), ("Flur", "4", 0.1), ("Flurstück", "88/4", 0.2)],
                               [("Das Grundstück liegt im Geltungsbereich eines Bebauungsplans.", True, 1)]]),
            ("Vorhaben", [[("Bezeichnung", "Neubau eines Einfamilienhauses mit Carport", 1.0)],
                          [("Gebäudeklasse", "1", 0.25), ("Grundfläche in m²", "124,60", 0.25), ("Umbauter Raum in m³", "742", 0.25), ("Baukosten in EUR", "312.500", 0.25)],
                          [("Die Erschließung ist gesichert.", True, 1), ("Es wird eine Abweichung beantragt.", False, 1)]]),
        ],
        "Dem Antrag sind Lageplan, Bauzeichnungen, Baubeschreibung und Standsicherheitsnachweis beigefügt.",
        seed=46, place_and_date="Neuenburg, 18.02.2026",
    )
    return Text([*architect_letter(), form], "Bauantrag", "2026-02-19", "Planungsbüro Rößler & Weiß", "52.10.10",
                "Bauantrag: Neubau eines Einfamilienhauses mit Carport, Birkenring 14", TOWN, "2025-031 gw", amounts=["312500.00"])


def grant_account():
    first = Page("sans", 10.5)
    first.text(25, 15, "Heimatverein Musterstadt e. V.", 14, True)
    first.text(25, 22, "Vorsitzende: Ute Schäfermeier · Kirchplatz 2 · 39999 Musterstadt (Altmark)", 9)
    for i, row in enumerate([TOWN, "Kultur und Sport", "Marktplatz 1", "39999 Musterstadt (Altmark)"]):
        first.text(25, 52.5 + 4.9 * i, row)
    first.text(195, 80, "Musterstadt, den 30. Januar 2026", right=True)
    first.text(25, 94, "Verwendungsnachweis", 15, True)
    y = first.paragraph(25, 103, 165, "Zuwendung der Stadt für das 700-jährige Stadtjubiläum, Bescheid vom 11.03.2025, Az. 25.10.20-009/25", bold=True) + 4
    y = first.paragraph(25, y, 165, "Sehr geehrte Damen und Herren,") + 2
    y = first.paragraph(25, y, 165, "die bewilligte Zuwendung von 2.500,00 EUR haben wir vollständig und zweckentsprechend verwendet. Das Festwochenende vom "
                        "20. bis 22. Juni 2025 besuchten rund 3.400 Gäste. Der Umzug mit 41 Bildern, das Konzert der Musikschule und die Ausstellung im "
                        "Alten Spritzenhaus fanden großen Anklang.") + 4
    columns = [(27, "Einnahmen und Ausgaben", False), (150, "Plan in EUR", True), (188, "Ist in EUR", True)]
    rows = [("Zuwendung der Stadt", "2.500,00", "2.500,00"), ("Spenden", "1.200,00", "1.485,00"), ("Eigenmittel des Vereins", "800,00", "642,37"),
            ("Summe der Einnahmen", "4.500,00", "4.627,37"), ("Bühne und Technik", "1.900,00", "1.963,50"), ("Gruppen und Honorare", "1.600,00", "1.575,00"),
            ("Druck und Werbung", "600,00", "688,87"), ("Versicherung, Gebühren", "400,00", "400,00"), ("Summe der Ausgaben", "4.500,00", "4.627,37")]
    first.box(25, y, 190, y + 6.6, fill=(226, 226, 226))
    first.row(y + 1.2, [(x, h, r) for x, h, r in columns], 9.5, True)
    for row in rows:
        y += 6.6
        first.box(25, y, 190, y + 6.6, 0.15)
        first.row(y + 1.2, [(x, v, r) for (x, _, r), v in zip(columns, row)], 9.5, row[0].startswith("Summe"))
    second = Page("sans", 10.5)
    second.text(25, 18, "Sachbericht", 12, True)
    y = second.paragraph(25, 27, 165, "Die Vorbereitungen begannen im Herbst 2024 mit der Bildung einer Festgruppe, in der neun Vereine, die Grundschule und die "
                         "Kirchengemeinde mitarbeiteten. Die Ausstellung zeigte erstmals die restaurierten Zunfttruhen der Böttcher und der Tuchmacher.") + 3
    y = second.paragraph(25, y, 165, "Die Belege liegen beim Kassenwart Herrn Rühlmann zur Einsicht bereit und werden zehn Jahre aufbewahrt. Wir danken der "
                         "Stadt für die Unterstützung.") + 8
    second.text(25, y, "Mit freundlichen Grüßen")
    second.signature(25, y + 6, 47)
    second.text(25, y + 18, "Ute Schäfermeier")
    return Text([first, second], "Verwendungsnachweis", "2026-01-30", "Heimatverein Musterstadt e. V.", "25.10.20",
                "Zuwendung der Stadt für das 700-jährige Stadtjubiläum", TOWN, "25.10.20-009/25", amounts=["4627.37", "2500.00"])


def dog_tax_bylaw():
    blocks = [
        ("title", "Satzung über die Erhebung der Hundesteuer in der Stadt Musterstadt (Altmark)"), ("centre", "(Hundesteuersatzung)"), ("centre", "vom 10. Dezember 2025"),
        ("text", "Auf der Grundlage des Kommunalverfassungsgesetzes und des Kommunalabgabengesetzes hat der Stadtrat der Stadt Musterstadt (Altmark) in seiner "
                 "Sitzung am 10. Dezember 2025 folgende Satzung beschlossen:"),
        ("heading", "§ 1 Steuergegenstand"),
        ("text", "(1) Gegenstand der Steuer ist das Halten von Hunden im Gebiet der Stadt zu persönlichen Zwecken."),
        ("text", "(2) Wird das Alter eines Hundes nicht nachgewiesen, so ist davon auszugehen, dass er älter als drei Monate ist."),
        ("heading", "§ 2 Steuerschuldner"),
        ("text", "(1) Steuerschuldner ist, wer einen Hund in seinem Haushalt aufgenommen hat. Alle in einem Haushalt gehaltenen Hunde gelten als gemeinsam gehalten."),
        ("text", "(2) Halten mehrere Personen gemeinschaftlich einen Hund, so sind sie Gesamtschuldner."),
        ("heading", "§ 3 Beginn und Ende der Steuerpflicht"),
        ("text", "(1) Die Steuerpflicht beginnt mit dem ersten Tag des Monats, der auf die Aufnahme des Hundes folgt."),
        ("text", "(2) Sie endet mit Ablauf des Monats, in dem der Hund veräußert wird, abhandenkommt oder verendet."),
        ("heading", "§ 4 Steuersatz"),
        ("text", "(1) Die Steuer beträgt jährlich a) für den ersten Hund 60,00 EUR, b) für den zweiten Hund 90,00 EUR, c) für jeden weiteren Hund 120,00 EUR, "
                 "d) für jeden gefährlichen Hund 600,00 EUR."),
        ("text", "(2) Hunde, für die Steuerbefreiung gewährt wird, werden bei der Berechnung der Anzahl nicht angesetzt."),
        ("heading", "§ 5 Steuerbefreiung"),
        ("text", "Steuerbefreiung wird auf Antrag gewährt für Blindenführhunde, für Assistenzhunde schwerbehinderter Menschen, für Rettungshunde mit bestandener "
                 "Prüfung sowie für Hunde, die aus dem Tierheim Musterstadt übernommen wurden, im ersten Jahr."),
        ("heading", "§ 6 Steuerermäßigung"),
        ("text", "Die Steuer ist auf Antrag auf die Hälfte zu ermäßigen für Hunde, die zur Bewachung von Gebäuden erforderlich sind, welche vom nächsten bewohnten "
                 "Gebäude mehr als 200 Meter entfernt liegen, und für Jagdgebrauchshunde mit Brauchbarkeitsprüfung."),
        ("heading", "§ 7 Fälligkeit"),
        ("text", "Die Steuer ist je zur Hälfte am 15. Februar und am 15. August fällig. Auf Antrag kann sie in einem Betrag am 1. Juli entrichtet werden."),
        ("heading", "§ 8 Anzeigepflicht"),
        ("text", "(1) Wer einen Hund anschafft oder mit einem Hund zuzieht, hat ihn binnen zwei Wochen unter Angabe der Rasse anzumelden."),
        ("text", "(2) Endet die Hundehaltung, so ist der Hund innerhalb von zwei Wochen abzumelden. Im Fall der Veräußerung sind Name und Anschrift der Erwerberin "
                 "oder des Erwerbers anzugeben."),
        ("heading", "§ 9 Steuermarken"),
        ("text", "Für jeden Hund wird eine Steuermarke ausgegeben, die Eigentum der Stadt bleibt. Außerhalb der Wohnung muss der Hund sie sichtbar tragen. Für den "
                 "Ersatz einer verlorenen Marke werden 5,00 EUR erhoben."),
        ("heading", "§ 10 Ordnungswidrigkeiten"),
        ("text", "Ordnungswidrig handelt, wer vorsätzlich oder leichtfertig seinen Pflichten aus den §§ 8 und 9 nicht nachkommt. Die Ordnungswidrigkeit kann mit "
                 "einer Geldbuße bis zu 5.000,00 EUR geahndet werden."),
        ("heading", "§ 11 Inkrafttreten"),
        ("text", "Diese Satzung tritt am 1. Januar 2026 in Kraft. Gleichzeitig tritt die Hundesteuersatzung vom 4. Oktober 2012 außer Kraft."),
        ("text", "Musterstadt (Altmark), den 10. Dezember 2025"), ("text", "Dr. Mählmann, Bürgermeisterin (Siegel)"),
    ]
    return Text(paper_pages(blocks, footer="Hundesteuersatzung · "), "Satzung", "2025-12-10", TOWN, "11.20.10",
                "Satzung über die Erhebung der Hundesteuer in der Stadt Musterstadt (Altmark)", amounts=[])


def council_minutes():
    blocks = [
        ("title", "Niederschrift"), ("centre", "über die 14. Sitzung des Stadtrats der Stadt Musterstadt (Altmark)"), ("centre", "am Dienstag, dem 24. Februar 2026, Ratssaal"),
        ("text", "Beginn: 19:00 Uhr, Ende: 21:25 Uhr. Vorsitz: Stadtratsvorsitzender Herr Quandt. Schriftführung: Frau Nörenberg."),
        ("text", "Anwesend: 17 Mitglieder des Stadtrats, die Bürgermeisterin Frau Dr. Mählmann, Herr Präßler (Kämmerei), Frau Heßling (Bauamt). Entschuldigt: Herr "
                 "Öhlschläger, Frau Zwönitzer. Gäste: 23 Einwohnerinnen und Einwohner, ein Vertreter der Presse."),
        ("heading", "TOP 1 Eröffnung, Feststellung der Beschlussfähigkeit"),
        ("text", "Der Vorsitzende eröffnet die Sitzung und stellt fest, dass ordnungsgemäß eingeladen wurde und der Stadtrat beschlussfähig ist."),
        ("heading", "TOP 2 Feststellung der Tagesordnung"),
        ("text", "Der Tagesordnungspunkt 9 wird auf Antrag der Fraktion Wählergemeinschaft Altmark von der Tagesordnung abgesetzt. Die so geänderte Tagesordnung wird "
                 "einstimmig festgestellt."),
        ("heading", "TOP 3 Einwohnerfragestunde"),
        ("text", "Herr Bräutigam fragt nach dem Zustand des Radwegs nach Klein Schönfeld. Frau Heßling antwortet, dass die Schadstellen im April ausgebessert werden."),
        ("text", "Frau Süßmilch erkundigt sich, wann über die Widersprüche zu den Straßenausbaubeiträgen entschieden wird. Die Bürgermeisterin sagt eine schriftliche Antwort zu."),
        ("break", ""),
        ("heading", "TOP 4 Bericht der Bürgermeisterin"),
        ("text", "Die Bürgermeisterin berichtet über den Stand der Sanierung des Alten Spritzenhauses. Der Zuwendungsbescheid über 184.000 EUR liegt seit Dezember vor. "
                 "Die Ausschreibung der Dachdeckerarbeiten soll im März veröffentlicht werden."),
        ("text", "Der Winterdienst hatte bis Mitte Februar vierzehn Einsätze; die Ansätze im Haushalt reichen aus. Für das Freibad wird ein neuer Schwimmmeister gesucht."),
        ("text", "Die Zahl der Anmeldungen für die Kindertagesstätten liegt mit 61 über der des Vorjahres. In der Kita Löwenzahn wird ab August eine weitere Gruppe eröffnet."),
        ("heading", "TOP 5 Haushaltssatzung 2026"),
        ("text", "Herr Präßler erläutert die Änderungen gegenüber dem ersten Entwurf: Die Zuweisungen des Landes fallen um 96.400 EUR höher aus, die Umlage an den "
                 "Kreis steigt um 71.000 EUR. Der Ergebnisplan weist einen Überschuss von 12.350 EUR aus."),
        ("text", "Frau Kießling bemängelt, dass für die Gehwege in den Ortsteilen zu wenig eingeplant sei. Herr Dünnebier verweist auf die Prioritätenliste des Bauausschusses."),
        ("text", "Beschluss 2026/07: Der Stadtrat beschließt die Haushaltssatzung 2026 mit ihren Anlagen. Abstimmung: 13 Ja, 2 Nein, 2 Enthaltungen."),
        ("break", ""),
        ("heading", "TOP 6 Bebauungsplan Nr. 17 „Am Weidenweg“, Auslegungsbeschluss"),
        ("text", "Frau Heßling stellt den Entwurf vor. Vorgesehen sind 22 Grundstücke für Einfamilienhäuser. Der Krumme Graben wird auf ganzer Länge freigehalten."),
        ("text", "Herr Jäckel fragt nach der Regenrückhaltung. Der Unterhaltungsverband wird dazu Stellung nehmen; das Ergebnis wird vor dem Satzungsbeschluss vorgelegt."),
        ("text", "Beschluss 2026/08: Der Entwurf wird gebilligt und öffentlich ausgelegt. Abstimmung: 16 Ja, 0 Nein, 1 Enthaltung."),
        ("heading", "TOP 7 Benennung einer Straße"),
        ("text", "Für die neue Erschließungsstraße liegen drei Vorschläge vor. Nach Aussprache schlägt der Kulturausschuss den Namen „Uhrmacher-Schönebeck-Weg“ vor."),
        ("text", "Beschluss 2026/09: Die Straße erhält den Namen Uhrmacher-Schönebeck-Weg. Abstimmung: 17 Ja, 0 Nein, 0 Enthaltungen."),
        ("heading", "TOP 8 Annahme von Spenden"),
        ("text", "Der Stadtrat nimmt eine Spende der Agrargenossenschaft Wiesengrund in Höhe von 1.000 EUR für die Jugendfeuerwehr an. Abstimmung: einstimmig."),
        ("break", ""),
        ("heading", "TOP 10 Anfragen und Anregungen"),
        ("text", "Frau Kießling bittet darum, die Beleuchtung am Friedhof zu überprüfen. Herr Quandt regt an, den Wochenmarkt im Sommer bis 14 Uhr zu öffnen."),
        ("text", "Herr Dünnebier weist darauf hin, dass die alte Brückenwaage am Güterbahnhof verfällt. Sie sei das letzte Zeugnis der Zuckerfabrik und solle in die "
                 "Denkmalliste aufgenommen werden. Die Bürgermeisterin lässt dies prüfen."),
        ("heading", "TOP 11 Schließung der Sitzung"),
        ("text", "Der Vorsitzende dankt den Anwesenden und schließt den öffentlichen Teil der Sitzung um 21:25 Uhr."),
        ("text", "Musterstadt (Altmark), den 3. März 2026"), ("text", "Quandt, Vorsitzender      Nörenberg, Schriftführerin"),
    ]
    return Text(paper_pages(blocks, footer="Stadtrat, 14. Sitzung · "), "Niederschrift", "2026-03-03", TOWN, "11.10.10",
                "Niederschrift über die 14. Sitzung des Stadtrats", "")


def council_proposal():
    def head(page):
        page.text(25, 14, "Stadt Musterstadt (Altmark)", 12, True)
        page.text(190, 14, "Sitzungsvorlage", 15, True, right=True)
        y = 28.0
        for i, row in enumerate([("Gremium", "Termin", "TOP", "öffentlich"), ("Bauausschuss", "10.02.2026", "4", "ja"), ("Stadtrat", "24.02.2026", "6", "ja")]):
            page.box(25, y, 190, y + 7, fill=(230, 230, 230) if i == 0 else None)
            page.row(y + 1.4, [(x, v, False) for x, v in zip((27, 95, 135, 160), row)], 9.5, i == 0)
            y += 7
        page.text(25, y + 3, "Vorlage Nr.: 2026/0012", 10, True)
        page.row(y + 8.5, [(25, "Datum:", False), (40, "28.01.2026", False), (95, "Bearbeitet von: Frau Heßling, Bauamt", False)], 10)
        return y + 17

    blocks = [
        ("heading", "Bebauungsplan Nr. 17 „Am Weidenweg“: Billigung des Entwurfs und öffentliche Auslegung"), ("heading", "Beschlussvorschlag"),
        ("text", "1. Der Stadtrat billigt den Entwurf des Bebauungsplans Nr. 17 „Am Weidenweg“ mit Begründung in der Fassung vom 20.01.2026. 2. Der Entwurf wird für die Dauer "
                 "eines Monats öffentlich ausgelegt; die Träger öffentlicher Belange sind zu beteiligen."),
        ("heading", "Sachverhalt"),
        ("text", "Die Nachfrage nach Grundstücken für Einfamilienhäuser kann im Bestand nicht mehr gedeckt werden. Das Plangebiet umfasst 2,4 ha am westlichen Ortsrand und ist "
                 "im Flächennutzungsplan als Wohnbaufläche dargestellt. Vorgesehen sind 22 Grundstücke zwischen 550 und 900 m²."),
        ("text", "Das Gebiet wird über den Weidenweg erschlossen. Ein Fußweg verbindet es mit der Kita Löwenzahn. Entlang des Krummen Grabens bleibt ein Grünstreifen frei."),
        ("heading", "Finanzielle Auswirkungen"),
        ("text", "Die Kosten der Planung von 38.000 EUR sind im Haushalt 2026 veranschlagt. Die Erschließung trägt der Vorhabenträger."),
        ("heading", "Anlagen"), ("text", "Planzeichnung, Begründung, Umweltbericht"),
    ]
    return Text(paper_pages(blocks, "sans", 10.5, head), "Sitzungsvorlage", "2026-01-28", TOWN, "11.10.10",
                "Bebauungsplan Nr. 17 „Am Weidenweg“: Billigung des Entwurfs und öffentliche Auslegung", "", "2026/0012", amounts=["38000.00"])


def blank_page():
    return Page()


