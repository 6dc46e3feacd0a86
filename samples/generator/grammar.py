"""Sentence patterns of the training texts.

Each type has several families; the last one is held out of training. In a pattern `{a|b}` is a choice, `{|a}` may be left out, `$NAME`
a person, `$TOWN` a place, `$STREET`, `$DATE`, `$AMOUNT`, `$NUMBER`, `$YEAR`, `$FIRM`, `$CLUB`. A family is a list of sentences, of which one in
five is left out.
"""

FAMILIES = {
    "Rechnung": [
        ["Rechnung {Nr.|Nummer} $NUMBER vom $DATE", "Kundennummer $NUMBER {Lieferdatum|Leistungsdatum} $DATE", "Pos. {Bezeichnung|Artikel} Menge Einzelpreis {Gesamt|Summe}", "1 {Büropapier|Toner|Ordner|Reparatur|Wartung} 12 $AMOUNT $AMOUNT", "{Nettobetrag|Summe netto} $AMOUNT zzgl. 19 % {USt.|MwSt.} $AMOUNT {Rechnungsbetrag|Gesamtbetrag} $AMOUNT", "Zahlbar {innerhalb von|binnen} {14|30} Tagen {ohne Abzug|netto}."],
        ["{Wir erlauben uns, Ihnen zu berechnen|Für unsere Leistungen berechnen wir Ihnen|Wir berechnen wie folgt}:", "{Arbeitszeit|Stunden} Monteur $AMOUNT, Material $AMOUNT, {Anfahrt|Fahrtkosten} $AMOUNT", "Umsatzsteuer 19 % $AMOUNT, {Endbetrag|zu zahlender Betrag} $AMOUNT EUR", "Bitte überweisen Sie den {Endbetrag|Betrag} unter Angabe der Rechnungsnummer $NUMBER.", "Steuernummer $NUMBER, USt-IdNr. DE $NUMBER"],
        ["Rechnungsdatum $DATE Rechnungsnummer $NUMBER Leitweg-ID $NUMBER", "Lieferung gemäß {Bestellung|Auftrag} $NUMBER, Lieferschein $NUMBER", "{Zwischensumme|Warenwert} $AMOUNT, Versand $AMOUNT, Mehrwertsteuer $AMOUNT, Bruttobetrag $AMOUNT", "Zahlungsziel $DATE, bei Zahlung bis $DATE {2|3} % Skonto", "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum."],
        ["{Abrechnung|Schlussrechnung} der {ausgeführten|erbrachten} Arbeiten", "Leistungszeitraum $DATE bis $DATE, Rechn.-Nr. $NUMBER", "{Einheitspreis|EP} $AMOUNT {Gesamtpreis|GP} $AMOUNT", "Netto $AMOUNT MwSt. 19 % $AMOUNT Brutto $AMOUNT", "Wir danken für Ihren Auftrag und bitten um Überweisung auf das unten genannte Konto."],
    ],
    "Gebührenbescheid": [
        ["Gebührenbescheid", "Kassenzeichen $NUMBER", "{für|über} {die Nutzung|die Bestattung|das Grab|den Standplatz|die Straßenreinigung} {setzen wir|werden} folgende Gebühren {fest|festgesetzt}:", "Gebührentatbestand {Grundlage|Zeitraum} Betrag, Gesamtbetrag $AMOUNT EUR", "nach der {Friedhofsgebührensatzung|Marktgebührensatzung|Verwaltungskostensatzung}", "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden."],
        ["Bescheid über die {Erhebung|Festsetzung} von {Gebühren|Verwaltungsgebühren|Benutzungsgebühren}", "Für die {Amtshandlung|Erteilung der Auskunft|Beglaubigung} wird eine Gebühr von $AMOUNT erhoben.", "Die Gebühr ist {fällig am|bis zum} $DATE zu zahlen.", "Rechtsbehelfsbelehrung: Der Widerspruch hat keine aufschiebende Wirkung.", "{Rechtsgrundlage|Grundlage} ist die Gebührensatzung in Verbindung mit dem Kommunalabgabengesetz."],
        ["Abfallgebühren und {Straßenreinigungsgebühren|Abwassergebühren} für das Jahr $YEAR", "Auf Grund der Gebührensatzung wird {gegen Sie|für Ihr Grundstück} eine Jahresgebühr von $AMOUNT festgesetzt.", "Gebührenmaßstab, Gebührensatz, Anzahl der {Personen|Monate}, Gebühr", "Dieser Gebührenbescheid gilt auch für die Folgejahre.", "Bitte geben Sie bei Zahlung das Kassenzeichen $NUMBER an."],
        ["Festsetzung der {Grabgebühr|Sondernutzungsgebühr|Marktgebühr}", "{Sie haben|Für Sie wurde} eine gebührenpflichtige Leistung {in Anspruch genommen|erbracht}.", "Die festzusetzenden Gebühren betragen nach dem Gebührenverzeichnis insgesamt $AMOUNT EUR.", "Die Gebührenschuld ist innerhalb eines Monats nach Zustellung dieses Bescheides zu entrichten."],
    ],
    "Hundesteuerbescheid": [
        ["Hundesteuerbescheid", "Festsetzung der Hundesteuer für das {Kalenderjahr|Jahr} $YEAR", "Für den von Ihnen gehaltenen Hund wird die Steuer auf jährlich $AMOUNT EUR festgesetzt.", "Steuermarke Nr. $NUMBER, Kassenzeichen $NUMBER", "Die Steuer ist am 15.02. und am 15.08. fällig.", "Gegen diesen Bescheid kann Widerspruch erhoben werden."],
        ["Bescheid über Hundesteuer", "Sie halten {einen Hund|zwei Hunde}; Steuersatz {für den ersten Hund|je Hund} $AMOUNT.", "Nach der Hundesteuersatzung {sind Sie steuerpflichtig|beginnt die Steuerpflicht am} $DATE.", "Die Hundemarke ist {sichtbar zu tragen|am Halsband zu befestigen}.", "Rechtsbehelfsbelehrung: Widerspruch innerhalb eines Monats."],
        ["Änderungsbescheid zur Hundesteuer $YEAR", "Anlass: {Abmeldung|Anschaffung|Tod} des Hundes zum $DATE", "Bisher festgesetzt $AMOUNT, neu festgesetzt $AMOUNT, {Erstattung|Nachzahlung} $AMOUNT", "Rasse, Geschlecht, Steuermarke $NUMBER"],
        ["Heranziehung zur Hundesteuer", "Als Halterin oder Halter eines {Hundes|gefährlichen Hundes} schulden Sie der Stadt die Jahressteuer in Höhe von $AMOUNT.", "Fälligkeiten: $DATE und $DATE", "Bitte melden Sie den Hund ab, wenn er {verstorben ist|abgegeben wird}."],
    ],
    "Umlagebescheid": [
        ["Umlagebescheid", "Umlage der {Gewässerunterhaltung|Verbandsbeiträge} für das Jahr $YEAR", "Gemarkung Flur Flurstück Fläche in m² Satz je ha Umlage", "Für Ihre {Flächen|Grundstücke} wird die Umlage auf $AMOUNT festgesetzt.", "Die Stadt ist Mitglied im Unterhaltungsverband."],
        ["Bescheid über die Umlage des Verbandsbeitrages", "Die Beiträge an den {Unterhaltungsverband|Wasserverband} werden auf die {Eigentümer|Grundsteuerpflichtigen} umgelegt.", "Flächenbeitrag {je Hektar|pro ha} $AMOUNT, Erschwernisbeitrag $AMOUNT", "Umlageschuldner ist, wer Eigentümer des Grundstücks ist.", "Der Betrag von $AMOUNT ist bis $DATE zu zahlen."],
        ["Heranziehung zur Gewässerumlage $YEAR", "Berechnung der Umlage: Hektar mal Beitragssatz, Summe $AMOUNT", "Grundbuchblatt $NUMBER, Flurstücke siehe Anlage", "Unterhaltung der Gewässer zweiter Ordnung", "Rechtsbehelfsbelehrung"],
        ["Gewässerunterhaltungsumlage", "Gemäß Umlagesatzung haben die Eigentümer die Kosten der Unterhaltung der Gewässer zu tragen.", "Umlagefähige Fläche, Umlagesatz, Verwaltungskosten, Umlagebetrag $AMOUNT", "Zahlung unter Angabe des Kassenzeichens $NUMBER"],
    ],
    "Bescheid": [
        ["Bescheid", "auf Ihren Antrag vom $DATE {ergeht folgender Bescheid|entscheiden wir wie folgt}:", "Dem Antrag wird {stattgegeben|teilweise stattgegeben|nicht entsprochen}.", "Begründung: Die Voraussetzungen {liegen vor|liegen nicht vor|sind erfüllt}.", "Gegen diesen Bescheid kann Widerspruch eingelegt werden."],
        ["{Bewilligungsbescheid|Ablehnungsbescheid}", "Ihnen werden {Leistungen|Hilfen} in Höhe von monatlich $AMOUNT {bewilligt|gewährt}.", "Der Bewilligungszeitraum {beginnt am|läuft vom} $DATE bis $DATE.", "Änderungen in Ihren Verhältnissen sind unverzüglich mitzuteilen.", "Rechtsbehelfsbelehrung"],
        ["Änderungs- und Aufhebungsbescheid", "Der Bescheid vom $DATE wird {aufgehoben|geändert|zurückgenommen}.", "Gründe: {Nach Prüfung|Auf Grund} Ihrer Angaben {ist festzustellen|ergibt sich}", "Die Entscheidung beruht auf {§ 45|§ 48|§ 49} des Verwaltungsverfahrensgesetzes.", "Klage kann erhoben werden beim Verwaltungsgericht."],
        ["Entscheidung über Ihren Antrag", "hiermit wird Ihnen {die beantragte Leistung|die Kostenübernahme} zuerkannt; im Übrigen wird der Antrag abgelehnt.", "Ihre Einkommensverhältnisse wurden geprüft.", "Belehrung: Gegen die Entscheidung ist der Widerspruch zulässig, einzulegen binnen eines Monats."],
    ],
    "Zuwendungsbescheid": [
        ["Zuwendungsbescheid", "auf Ihren Antrag vom $DATE {bewilligen wir|bewillige ich} Ihnen eine Zuwendung in Höhe von bis zu $AMOUNT.", "{Projektförderung|Anteilfinanzierung|Festbetragsfinanzierung}, Bewilligungszeitraum $DATE bis $DATE", "Der Verwendungsnachweis ist {bis zum $DATE|innerhalb von sechs Monaten} vorzulegen.", "Die Allgemeinen Nebenbestimmungen sind Bestandteil dieses Bescheids."],
        ["Bewilligung von Fördermitteln aus dem Programm {Stadtumbau|Dorfentwicklung|Breitband|Lebendige Zentren}", "Die Förderquote beträgt {66|80|90} Prozent der zuwendungsfähigen Ausgaben von $AMOUNT.", "Zweckbindung: {zehn|fünfzehn} Jahre", "Die Mittel sind abzurufen, wenn sie innerhalb von zwei Monaten benötigt werden.", "Bei zweckwidriger Verwendung kann die Zuwendung widerrufen werden."],
        ["Förderung Ihres Vorhabens {Sanierung|Neubau|Ausbau} {der Turnhalle|des Radwegs|des Feuerwehrhauses}", "hiermit erhalten Sie eine nicht rückzahlbare Zuwendung von $AMOUNT aus Mitteln {des Landes|der EU}.", "Nebenbestimmungen: ANBest-Gk, Publizitätspflicht, Vergaberecht", "Finanzierungsplan: Eigenmittel, Zuwendung, Gesamtausgaben $AMOUNT"],
        ["Bescheid über die Gewährung einer Zuwendung", "Zuwendungszweck ist die {Instandsetzung|Modernisierung} des Gebäudes.", "Ausgaben- und Finanzierungsplan sind verbindlich; Mittelabrufe sind auf dem beigefügten Vordruck einzureichen.", "Belege sind zehn Jahre aufzubewahren; der Rechnungshof darf prüfen."],
    ],
    "Genehmigung": [
        ["Genehmigung", "die {beantragte|von Ihnen beantragte} Maßnahme wird {unter folgenden Auflagen|mit Auflagen} genehmigt.", "{Denkmalrechtliche|Naturschutzrechtliche} Genehmigung {nach § 14|gemäß § 9}", "Auflagen: Der Beginn der Arbeiten ist anzuzeigen.", "Diese Genehmigung erlischt nach {zwei|drei} Jahren."],
        ["Erteilung einer {Ausnahmegenehmigung|Fällgenehmigung}", "Ihnen wird gestattet, {den Baum zu fällen|die Fenster zu erneuern|das Dach neu zu decken}.", "Als Ersatz ist {ein Laubbaum|eine Hecke} zu pflanzen.", "Die Genehmigung ergeht unbeschadet der Rechte Dritter.", "Sie ist bei den Arbeiten mitzuführen."],
        ["Zustimmung der {Unteren Denkmalschutzbehörde|Unteren Naturschutzbehörde}", "Dem Antrag wird zugestimmt. Die Instandsetzung ist mit der Denkmalpflege abzustimmen.", "Material und Farbton sind {vorzulegen|zu bemustern}.", "Nebenbestimmungen und Hinweise"],
        ["Ihr Vorhaben {am Baudenkmal|im Schutzgebiet} ist genehmigungsfähig und wird hiermit genehmigt", "Bedingungen: Ausführung nur durch Fachbetriebe, Dokumentation in Wort und Bild", "Die Genehmigung ist befristet bis $DATE."],
    ],
    "Antrag": [
        ["Antrag auf {Erteilung|Gewährung|Bewilligung} {einer Auskunft|von Hilfe|einer Erlaubnis|eines Zuschusses}", "hiermit {beantrage ich|beantragen wir} {die Übernahme der Kosten|Einsicht in die Unterlagen|eine Ermäßigung}.", "{Begründung|Zur Begründung}: {Meine finanzielle Lage|Unsere Situation} lässt {nichts anderes|keine andere Lösung} zu.", "Ich bitte um {wohlwollende Prüfung|baldige Bearbeitung}.", "Anlagen: {Nachweise|Kopien}"],
        ["Antragsformular", "Antragstellerin oder Antragsteller: $NAME, geboren am $DATE", "Ich beantrage {Leistungen|eine Beihilfe|eine Befreiung} {ab|für} $DATE.", "Ich versichere, dass meine Angaben {wahr|vollständig und richtig} sind.", "Ort, Datum, Unterschrift der antragstellenden Person"],
        ["Ich möchte einen Antrag stellen", "{und zwar|es geht} {auf|um} {Akteneinsicht|Fahrtkosten|Kostenerstattung|Ratenzahlung|Stundung}", "Den Antrag habe ich {vollständig ausgefüllt|beigefügt}; weitere Unterlagen reiche ich nach.", "Bitte teilen Sie mir mit, ob {mein Antrag|dem Antrag} {eingegangen ist|entsprochen wird}."],
        ["Bitte um Genehmigung und Bewilligung", "wir stellen den Antrag, {den Beitrag zu erlassen|die Nutzung zu gestatten|die Straße zu sperren}.", "Die Gründe für unseren Antrag legen wir im Folgenden dar.", "Über einen positiven Bescheid würden wir uns freuen."],
    ],
    "Widerspruch": [
        ["Widerspruch gegen {den|Ihren} {Bescheid|Beitragsbescheid|Gebührenbescheid} vom $DATE, Aktenzeichen $NUMBER", "hiermit lege ich gegen {den oben genannten|Ihren} Bescheid Widerspruch ein.", "Der Bescheid ist mir am $DATE zugegangen.", "Begründung: Die Berechnung ist {falsch|nicht nachvollziehbar}.", "Ich beantrage, den Bescheid aufzuheben und die Vollziehung auszusetzen."],
        ["{Einlegung eines Rechtsbehelfs|Rechtsbehelf}: Widerspruch", "fristgerecht erhebe ich Widerspruch gegen {die Festsetzung|den Verwaltungsakt} vom $DATE.", "Die Begründung {reiche ich nach|folgt in einem gesonderten Schreiben}.", "Bitte bestätigen Sie mir den Eingang meines Widerspruchs."],
        ["namens und in Vollmacht {meiner Mandantin|meines Mandanten} erheben wir Widerspruch", "gegen den Bescheid der Stadt vom $DATE", "Der angefochtene Bescheid ist rechtswidrig und verletzt {unsere Mandantschaft|den Widerspruchsführer} in {ihren|seinen} Rechten.", "Es wird beantragt, die aufschiebende Wirkung anzuordnen und Akteneinsicht zu gewähren."],
        ["Ich bin mit Ihrem Bescheid nicht einverstanden und widerspreche ihm", "Die {Höhe|Forderung} ist aus meiner Sicht zu Unrecht festgesetzt worden.", "Ich fordere Sie auf, den Bescheid zurückzunehmen und neu zu entscheiden.", "Dieses Schreiben ist als Widerspruch zu werten."],
    ],
    "Satzung": [
        ["Satzung über {die Erhebung von Gebühren|die Hundesteuer|die Benutzung der Friedhöfe}", "§ 1 {Geltungsbereich|Steuergegenstand|Allgemeines}", "§ 2 {Gebührenschuldner|Steuerschuldner}", "Auf der Grundlage des Kommunalverfassungsgesetzes hat der Stadtrat {in seiner Sitzung am $DATE|folgende Satzung} beschlossen:", "§ 11 Inkrafttreten: Diese Satzung tritt am {Tag nach|ersten Tag} ihrer Bekanntmachung in Kraft."],
        ["{Erste|Zweite|Dritte} Änderungssatzung zur {Hauptsatzung|Straßenreinigungssatzung|Entschädigungssatzung}", "Artikel 1: § {3|5|7} Absatz 2 erhält folgende Fassung", "Artikel 2 Inkrafttreten", "Ausgefertigt: $TOWN, den $DATE, Bürgermeister, Siegel"],
        ["Benutzungsordnung und Gebührensatzung für {die Bücherei|das Freibad|die Turnhallen}", "(1) Die Einrichtung ist öffentlich. (2) Ein Anspruch auf Benutzung besteht nicht.", "§ 4 Ordnungswidrigkeiten: Ordnungswidrig handelt, wer vorsätzlich oder fahrlässig", "§ 5 Diese Satzung tritt am $DATE in Kraft, gleichzeitig tritt die Satzung vom $DATE außer Kraft."],
        ["Satzung der {Stadt|Gemeinde} $TOWN zum Schutz {des Baumbestandes|der Grünanlagen}", "Aufgrund der §§ 8 und 45 wird nach Beschlussfassung durch den Rat folgende Satzung erlassen", "§ 3 Begriffsbestimmungen, § 6 Ausnahmen, § 9 Übergangsbestimmungen", "Die Geldbuße kann bis zu fünftausend Euro betragen."],
    ],
    "Niederschrift": [
        ["Niederschrift über die {12.|14.|27.} Sitzung des {Stadtrats|Bauausschusses|Ortschaftsrats}", "Beginn 19:00 Uhr, Ende 21:25 Uhr, Vorsitz $NAME, Schriftführung $NAME", "Anwesend: {17|11} Mitglieder. Entschuldigt: $NAME", "TOP 1 Eröffnung, Feststellung der Beschlussfähigkeit", "Abstimmung: {13|9} Ja, {2|1} Nein, {2|0} Enthaltungen"],
        ["Protokoll der {Ausschusssitzung|Ratssitzung|Gemeinderatssitzung} vom $DATE", "Der Vorsitzende {begrüßt die Anwesenden|eröffnet die Sitzung} und stellt die {Beschlussfähigkeit|ordnungsgemäße Ladung} fest.", "$NAME {fragt|bemängelt|weist darauf hin}, dass {die Straße|der Spielplatz} {saniert werden müsse|gesperrt sei}.", "Der Beschluss wird einstimmig gefasst.", "Die Sitzung wird um 21 Uhr geschlossen."],
        ["Sitzungsniederschrift öffentlicher Teil", "Teilnehmer laut Anwesenheitsliste, Tagesordnung laut Einladung", "Frau $NAME berichtet über den Stand {der Bauarbeiten|des Haushalts}. Herr $NAME bittet um Auskunft.", "Beschlussfassung: mehrheitlich {angenommen|abgelehnt}", "Unterschriften Vorsitzender und Protokollführerin"],
        ["Ergebnisprotokoll", "Zu Punkt 3 der Tagesordnung erläutert die Verwaltung den Sachverhalt; es schließt sich eine Aussprache an.", "Stimmen dafür, dagegen, Stimmenthaltungen", "Genehmigung der Niederschrift der letzten Sitzung", "Anfragen der Ratsmitglieder werden schriftlich beantwortet."],
    ],
    "Sitzungsvorlage": [
        ["Sitzungsvorlage Nr. $NUMBER", "Gremium Termin TOP öffentlich", "Beschlussvorschlag: Der Stadtrat beschließt {die Satzung|den Bebauungsplan|die Vergabe}.", "Sachverhalt: Die {Verwaltung|Kämmerei} {schlägt vor|hat geprüft}", "Finanzielle Auswirkungen: {keine|$AMOUNT im Haushalt veranschlagt}"],
        ["Beschlussvorlage für den {Hauptausschuss|Finanzausschuss|Stadtrat}", "Beratungsfolge: {Bauausschuss|Sozialausschuss} $DATE, Stadtrat $DATE", "Der Ausschuss empfiehlt dem Stadtrat, {dem Vertrag zuzustimmen|die Mittel bereitzustellen}.", "Begründung und Sachdarstellung", "Anlagen: {Lageplan|Entwurf|Kostenschätzung}"],
        ["Vorlage der Verwaltung, {Drucksache|Vorlagennummer} $NUMBER", "Einreicher: Bürgermeister, Bearbeiter: $NAME, {Bauamt|Kämmerei}", "Betreff: {Annahme von Spenden|Wahl der Schiedsperson|Straßenbenennung}", "Der Gemeinderat möge beschließen:", "Auswirkungen auf den Ergebnishaushalt, Produktkonto $NUMBER"],
        ["Informationsvorlage", "Der Rat nimmt {den Bericht|die Übersicht} zur Kenntnis.", "Problembeschreibung, Lösungsmöglichkeiten und Empfehlung der Verwaltung", "Zuständigkeit: Rat der Stadt, Vorberatung im Fachausschuss", "Haushaltsmittel stehen zur Verfügung."],
    ],
    "Einladung": [
        ["Einladung zur {Sitzung|15. Sitzung} des {Stadtrats|Ausschusses}", "hiermit lade ich Sie {herzlich|form- und fristgerecht} ein zur Sitzung am $DATE um {18|19} Uhr.", "Tagesordnung: 1. Eröffnung 2. Feststellung der Tagesordnung 3. Einwohnerfragestunde", "Ort: {Ratssaal|Feuerwehrhaus|Bürgerhaus}", "Der Vorsitzende"],
        ["wir laden Sie {ganz herzlich|gern} {zum Sommerfest|zur Eröffnung|zum Tag der offenen Tür} ein", "{am $DATE|am Samstag} ab {14|15} Uhr {auf dem Festplatz|in unseren Räumen}.", "Für {Speisen und Getränke|das leibliche Wohl} ist gesorgt.", "Um {Antwort|Anmeldung} bis $DATE wird gebeten.", "Wir freuen uns auf Ihr Kommen."],
        ["Ladung zur Sitzung", "Sie werden zur {nächsten|öffentlichen} Sitzung {des Kreistags|der Verbandsversammlung} am $DATE geladen.", "Vorgesehene Tagesordnungspunkte siehe Anlage", "Sollten Sie verhindert sein, verständigen Sie bitte Ihre Stellvertretung."],
        ["Einladung zum {Fachgespräch|Ortstermin|Neujahrsempfang}", "Bitte merken Sie sich den Termin vor: $DATE, Beginn 17 Uhr.", "Auf dem Programm stehen Grußworte, ein Vortrag und ein Rundgang.", "Bitte geben Sie uns Bescheid, ob und mit wie vielen Personen Sie teilnehmen."],
    ],
    "Kündigung": [
        ["Kündigung des {Mietvertrages|Pachtvertrages|Vertrages} {vom $DATE|Nr. $NUMBER}", "hiermit kündige ich {den mit Ihnen geschlossenen|meinen} {Mietvertrag|Vertrag} {fristgerecht|ordentlich} zum $DATE.", "Die {Garage|Wohnung|Gartenparzelle} wird {geräumt|besenrein} übergeben.", "Bitte bestätigen Sie die Kündigung {schriftlich|und den Zeitpunkt}."],
        ["{Fristlose|Außerordentliche|Ordentliche} Kündigung", "wir kündigen das {Mietverhältnis|Vertragsverhältnis|Abonnement} {zum nächstmöglichen Zeitpunkt|mit einer Frist von drei Monaten}.", "Eine erteilte Einzugsermächtigung widerrufe ich.", "Die Kaution überweisen Sie bitte auf mein Konto."],
        ["Beendigung des {Wartungsvertrags|Liefervertrags|Nutzungsvertrags}", "Unter Einhaltung der {vertraglichen|gesetzlichen} Kündigungsfrist sprechen wir die Kündigung aus.", "Vertragsnummer $NUMBER, Ende der Laufzeit $DATE", "Wir bitten um eine Bestätigung des Vertragsendes."],
        ["Ich möchte {meinen Kleingarten|den Stellplatz} aufgeben", "und kündige deshalb das bestehende Vertragsverhältnis zum Ende {des Quartals|des Jahres}.", "Wann kann die Übergabe der Schlüssel erfolgen?", "Nachmieter sind vorhanden."],
    ],
    "Bauantrag": [
        ["Bauantrag im vereinfachten {Verfahren|Genehmigungsverfahren}", "Bauherrschaft $NAME, Entwurfsverfasser {Planungsbüro|Architekt} $NAME", "Baugrundstück Gemarkung $TOWN Flur {3|4} Flurstück $NUMBER", "Vorhaben: {Neubau eines Einfamilienhauses|Anbau|Carport}", "Lageplan, Bauzeichnungen, Baubeschreibung, Standsicherheitsnachweis"],
        ["Antrag auf {Erteilung einer|} Baugenehmigung nach der Bauordnung", "{Errichtung|Nutzungsänderung|Umbau} {einer Lagerhalle|eines Wohngebäudes|einer Scheune}", "Gebäudeklasse, Grundfläche, umbauter Raum, Baukosten $AMOUNT", "Die Erschließung ist gesichert; das Grundstück liegt {im Geltungsbereich eines Bebauungsplans|im Innenbereich}."],
        ["wir reichen hiermit die Bauunterlagen {in dreifacher Ausfertigung|digital} ein", "für den Neubau {eines Doppelhauses|einer Garage|eines Wintergartens} in der $STREET", "Beigefügt: Bauantragsformular, Statik, Entwässerungsplan, Nachweis der Stellplätze", "Bauvorlageberechtigt: Dipl.-Ing. $NAME"],
        ["Baugesuch", "Geplant ist der Ausbau des Dachgeschosses zu {einer Wohnung|zwei Wohnungen} auf dem Flurstück $NUMBER.", "Abstandsflächen werden eingehalten, eine Abweichung {wird nicht|wird} beantragt.", "Bauleiter, Statiker, Wärmeschutznachweis, Freiflächenplan"],
    ],
    "Gewerbeanmeldung": [
        ["Gewerbe-Anmeldung nach § 14 GewO", "Betriebsinhaber Familienname $NAME Geburtsdatum $DATE", "Anschrift der Betriebsstätte $STREET $TOWN", "Angemeldete Tätigkeit: {Einzelhandel|Gebäudereinigung|Gaststätte|Onlinehandel}", "Beginn der Tätigkeit $DATE, Zahl der Beschäftigten {0|1|3}"],
        ["Anzeige eines {stehenden Gewerbes|Gewerbebetriebes} GewA 1", "Neuerrichtung, {Übernahme|Neugründung} eines Betriebs, Hauptniederlassung", "Die Tätigkeit wird {im Nebenerwerb|im Haupterwerb} betrieben.", "Diese Anzeige berechtigt nicht zum Beginn, wenn eine Erlaubnis notwendig ist.", "Eintragung in die Handwerksrolle"],
        ["Anmeldung meines Gewerbes", "ich möchte zum $DATE ein Gewerbe anmelden: {Hausmeisterservice|Kosmetikstudio|Imbiss|Fotografie}.", "Die Betriebsräume befinden sich in der $STREET.", "Bitte senden Sie mir {die Gewerbeanmeldung|den Gewerbeschein} und den Gebührenbescheid zu."],
        ["Formular zur Anmeldung einer selbständigen Tätigkeit", "Rechtsform, Handelsregister, gesetzliche Vertreter, Art des Betriebs: Handwerk, Handel, Sonstiges", "Grund: Wiedereröffnung nach Verlegung aus einem anderen Meldebezirk", "Bescheinigung der Anzeige nach Gewerbeordnung"],
    ],
    "Bewerbung": [
        ["Bewerbung als {Verwaltungsfachangestellte|Erzieher|Bauhofmitarbeiter} {Kennziffer $NUMBER|im Bürgerbüro}", "mit großem Interesse habe ich Ihre Stellenausschreibung gelesen und bewerbe mich {hiermit|um die Stelle}.", "Meine Ausbildung habe ich {im Jahr $YEAR|mit gutem Erfolg} abgeschlossen.", "Über eine Einladung zu einem Vorstellungsgespräch freue ich mich.", "Anlagen: Lebenslauf, Zeugnisse"],
        ["Ihre Stellenanzeige {vom $DATE|im Amtsblatt}: {Sachbearbeitung|Hausmeister|Schwimmmeisterin}", "Sie suchen {eine engagierte Mitarbeiterin|Verstärkung}; ich bringe {Berufserfahrung|Teamgeist} mit.", "Zurzeit arbeite ich als {Kauffrau|Techniker} bei $FIRM.", "Meine Gehaltsvorstellung liegt bei Entgeltgruppe {5|6|9a}.", "Gern überzeuge ich Sie in einem persönlichen Gespräch."],
        ["Bewerbung um einen Ausbildungsplatz {zum $DATE|als Verwaltungsfachangestellter}", "ich besuche derzeit die {zehnte Klasse|Sekundarschule} und werde im Sommer meinen Abschluss machen.", "Ein Praktikum {in Ihrem Rathaus|bei der Stadt} hat mir sehr gefallen.", "Meine Stärken sind {Zuverlässigkeit|Genauigkeit}."],
        ["Initiativbewerbung", "auf der Suche nach einer neuen beruflichen Herausforderung wende ich mich an Sie.", "Mein Werdegang: Studium, Trainee, seit $YEAR Teamleitung", "Frühester Eintrittstermin ist der $DATE; Referenzen und Zeugnisse liegen bei."],
    ],
    "Mahnung": [
        ["{Mahnung|1. Mahnung|2. Mahnung}", "bei der Durchsicht unserer Konten haben wir festgestellt, dass {die folgende Forderung|der Betrag} noch nicht beglichen ist.", "Kassenzeichen $NUMBER, Hauptforderung $AMOUNT, Mahngebühr $AMOUNT, Säumniszuschlag $AMOUNT", "Bitte zahlen Sie innerhalb {einer Woche|von sieben Tagen}.", "Andernfalls leiten wir die Vollstreckung ein."],
        ["Zahlungserinnerung", "sicher haben Sie übersehen, dass unsere Rechnung Nr. $NUMBER vom $DATE seit dem $DATE {fällig|zur Zahlung offen} ist.", "Offener {Betrag|Posten} $AMOUNT EUR", "Sollten Sie {inzwischen gezahlt haben|den Betrag überwiesen haben}, betrachten Sie dieses Schreiben als gegenstandslos."],
        ["Letzte Mahnung vor {Vollstreckung|gerichtlichem Mahnverfahren}", "trotz {mehrfacher|unserer} Zahlungsaufforderung ist kein {Zahlungseingang|Ausgleich} zu verzeichnen.", "Rückständig sind $AMOUNT zuzüglich {Verzugszinsen|Mahnkosten} von $AMOUNT.", "Letzte Frist: $DATE"],
        ["Erinnerung an eine offene Forderung", "Ihr Konto weist einen Rückstand auf. Wir fordern Sie auf, die Summe von $AMOUNT umgehend auszugleichen.", "Weitere Kosten entstehen, wenn Sie nicht zahlen.", "Überschneidet sich dieses Schreiben mit Ihrer Zahlung, ist es hinfällig."],
    ],
    "Angebot": [
        ["Angebot Nr. $NUMBER", "vielen Dank für Ihre Anfrage {vom $DATE|}. Wir bieten Ihnen {freibleibend|wie folgt} an:", "Leistung Menge Einheitspreis Betrag {Angebotssumme|Gesamtpreis} $AMOUNT", "Die Preise verstehen sich zuzüglich der gesetzlichen Umsatzsteuer.", "An unser Angebot halten wir uns bis zum $DATE gebunden."],
        ["{Kostenvoranschlag|Kostenangebot} für {die Malerarbeiten|die Heizung|das Pflaster}", "gern unterbreiten wir Ihnen {nachstehendes|unser} Angebot.", "{Lieferzeit|Ausführungszeit}: {vier|sechs} Wochen nach Auftragserteilung", "Über Ihren Auftrag würden wir uns freuen.", "Zahlungsbedingungen: {30 Tage netto|nach Abnahme}"],
        ["Angebotsabgabe zur {beschränkten|öffentlichen} Ausschreibung, Vergabenummer $NUMBER", "Wir bieten die Ausführung der im Leistungsverzeichnis beschriebenen Leistungen zum Preis von $AMOUNT an.", "Bindefrist $DATE, Nachlass {2|3} %", "Eigenerklärung zur Eignung, Tariftreueerklärung"],
        ["Preisauskunft und Offerte", "bezugnehmend auf Ihr Leistungsverzeichnis können wir Ihnen folgende Konditionen anbieten:", "Stückpreis $AMOUNT, Rabatt ab 10 Stück, Lieferung frei Haus", "Das Angebot ist gültig bis $DATE; wir hoffen auf Ihre Bestellung."],
    ],
    "Mietvertrag": [
        ["Mietvertrag {über|für} {eine Garage|Gewerberäume|Wohnraum}", "zwischen der Stadt $TOWN als Vermieterin und $NAME als {Mieter|Mieterin}", "§ 1 Mietsache, § 2 Mietzeit, § 3 Miete und Nebenkosten", "Die monatliche Miete beträgt $AMOUNT und ist bis zum dritten Werktag zu zahlen.", "Unterschriften der Vertragsparteien"],
        ["Vertrag über die Vermietung {des Dorfgemeinschaftshauses|einer Wohnung}", "Das Mietverhältnis beginnt am $DATE und {läuft auf unbestimmte Zeit|endet am $DATE}.", "Der Mieter leistet eine Kaution in Höhe von $AMOUNT.", "Schönheitsreparaturen, Hausordnung, Betriebskosten"],
        ["{Pachtvertrag|Miet- und Pachtvertrag}", "Die Verpächterin überlässt dem Pächter die Fläche {Flur 3|Gemarkung $TOWN}, Flurstück $NUMBER.", "§ 4 Der Pachtzins beträgt jährlich $AMOUNT.", "§ 7 Kündigung mit einer Frist von sechs Monaten, § 9 Schlussbestimmungen"],
        ["Vereinbarung zur Überlassung von Räumen", "Vermietet werden {zwei Büroräume|ein Lagerraum} im Objekt $STREET, Wohnfläche {60|84} m².", "Mietdauer, Mietzins, Heizkostenvorauszahlung, Untervermietung, Rückgabe der Mietsache", "Beide Parteien erhalten eine Ausfertigung."],
    ],
    "Anhörungsbogen": [
        ["Anhörungsbogen", "Ihnen wird vorgeworfen, am $DATE um 15:42 Uhr {in $TOWN|auf der B 189} {die zulässige Höchstgeschwindigkeit|das Halteverbot} {überschritten|missachtet} zu haben.", "Beweismittel: {Foto|Messgerät|Zeuge}", "Angaben zur Person sind Pflicht, Angaben zur Sache freiwillig.", "Der Verstoß wird zugegeben: ja, nein"],
        ["Anhörung im {Ordnungswidrigkeitenverfahren|Bußgeldverfahren}", "Nach § 55 OWiG wird Ihnen Gelegenheit gegeben, sich zu {äußern|dem Vorwurf zu äußern}.", "als {Führer|Halter} des PKW mit dem Kennzeichen $NUMBER", "Verwarnungsgeld $AMOUNT, Tatbestandsnummer $NUMBER"],
        ["Verwarnung mit Verwarnungsgeld und Anhörung", "Sie parkten {ohne Parkschein|auf dem Gehweg|im absoluten Halteverbot} und behinderten dadurch andere.", "Wird das Verwarnungsgeld nicht {fristgerecht|binnen einer Woche} gezahlt, wird ein Bußgeldverfahren eingeleitet.", "Fahrzeugführer war: Familienname, Vorname, Anschrift"],
        ["Zeugenfragebogen und Anhörung des Betroffenen", "Mit dem auf Sie zugelassenen Fahrzeug wurde eine Verkehrsordnungswidrigkeit begangen: Rotlichtverstoß, Toleranz abgezogen.", "Bitte nennen Sie die Person, die das Fahrzeug geführt hat.", "§ 24 StVG, § 41 StVO, Punkte"],
    ],
    "Wohngeldantrag": [
        ["Antrag auf Wohngeld ({Mietzuschuss|Lastenzuschuss})", "Zahl der {Personen|Haushaltsmitglieder}, Wohnfläche in m², Bruttokaltmiete $AMOUNT", "Vermieterin, Bezugsfertigkeit der Wohnung", "Einkommen: Bruttolohn monatlich, Kindergeld, Unterhalt", "Es werden Leistungen nach dem SGB II bezogen: ja, nein"],
        ["{Erstantrag|Wiederholungsantrag|Weiterleistungsantrag} auf Wohngeld", "Ich beantrage Wohngeld für {meine Wohnung|unsere Mietwohnung} in der $STREET.", "Alle zum Haushalt gehörenden Personen mit {Geburtsdatum|Familienstand} und Einnahmen", "Mietbescheinigung und Verdienstbescheinigung sind beigefügt."],
        ["hiermit beantragen wir einen {Zuschuss zur Miete|Mietzuschuss nach dem Wohngeldgesetz}", "Wir wohnen mit {zwei|drei} Kindern in einer Mietwohnung, die Miete beträgt $AMOUNT warm.", "Mein Mann ist {arbeitslos|in Rente}; die Rente beträgt $AMOUNT.", "Welche Nachweise benötigt die Wohngeldstelle noch?"],
        ["Wohngeldstelle: Formblatt zur Beantragung", "Miete, Nebenkosten, Heizkosten, Untervermietung von Zimmern", "Angaben zu Freibeträgen, Schwerbehinderung, Pflegegrad, Werbungskosten der Haushaltsmitglieder", "Auszahlung an Vermieter oder Wohngeldberechtigte"],
    ],
    "Anmeldung Hundesteuer": [
        ["Anmeldung zur Hundesteuer", "Halterin oder Halter: Familienname $NAME", "Angaben zum Hund: {Rasse|Name des Hundes}, Farbe, Chipnummer $NUMBER", "Im Haushalt seit $DATE, erster Hund im Haushalt", "Ende der Hundehaltung ist innerhalb von zwei Wochen anzuzeigen. SEPA-Lastschriftmandat"],
        ["Hundeanmeldung", "ich habe am $DATE einen {Welpen|Hund aus dem Tierheim|Dackel|Labrador} angeschafft und möchte ihn anmelden.", "Der Hund heißt {Flocke|Rex|Bella} und wurde am $DATE geboren.", "Bitte senden Sie mir die {Steuermarke|Hundemarke} zu."],
        ["Formular: An- und Ummeldung eines Hundes", "Wurfdatum, Geschlecht, Haftpflichtversicherung, Transpondernummer $NUMBER", "Vorbesitzer $NAME", "Antrag auf {Steuerermäßigung|Steuerbefreiung} als Wachhund"],
        ["Meldung einer Hundehaltung beim Steueramt", "Seit $DATE lebt ein {Mischling|Schäferhund} in unserem Haushalt.", "Bitte ziehen Sie die Hundesteuer von meinem Konto ein.", "Gefährlicher Hund im Sinne des Hundegesetzes: nein"],
    ],
    "Verwendungsnachweis": [
        ["Verwendungsnachweis", "Zuwendung der Stadt für {das Stadtfest|die Jugendarbeit}, Bescheid vom $DATE", "die bewilligte Zuwendung von $AMOUNT haben wir {vollständig|zweckentsprechend} verwendet.", "Einnahmen und Ausgaben Plan Ist, Eigenmittel, Spenden", "Sachbericht: Die Veranstaltung {besuchten|besuchten rund} 300 Gäste."],
        ["Nachweis über die Verwendung der {Fördermittel|Zuwendung}", "Zahlenmäßiger Nachweis: {Ausgaben|Einnahmen} laut Finanzierungsplan $AMOUNT, tatsächlich $AMOUNT", "Es wird bestätigt, dass die Ausgaben notwendig waren und wirtschaftlich verfahren wurde.", "Die Belege liegen {beim Kassenwart|im Verein} vor."],
        ["Abrechnung {des Vereinszuschusses|der Projektmittel} $YEAR, $CLUB", "anbei erhalten Sie die Abrechnung der von Ihnen geförderten Maßnahme.", "Nicht verbrauchte Mittel in Höhe von $AMOUNT zahlen wir zurück.", "Belegliste, Kurzbericht, Fotos"],
        ["Schlussbericht zum geförderten Projekt", "Der Zuschuss wurde für {Honorare|Material|Saalmiete} ausgegeben; der Zuwendungszweck ist erreicht.", "Gegenüberstellung von Kosten und Finanzierung, Restbetrag $AMOUNT", "Vorsitzender und Schatzmeister versichern die Richtigkeit."],
    ],
    "Bedarfsanmeldung": [
        ["Bedarfsanmeldung für einen Betreuungsplatz in einer Kindertagesstätte", "Kind: Familienname $NAME Geburtsdatum $DATE", "Sorgeberechtigte: {Mutter|Vater} $NAME, berufstätig", "Aufnahme ab $DATE, {Krippe|Kindergarten|Hort}, Stunden je Tag {6|8|9}", "Erste Wunscheinrichtung Kita {Spatzennest|Löwenzahn}"],
        ["Anmeldung unseres Kindes für einen {Krippenplatz|Kitaplatz}", "wir {suchen|benötigen} ab $DATE einen Platz für unsere Tochter, weil {ich wieder arbeiten gehe|die Elternzeit endet}.", "Ein Geschwisterkind besucht bereits die Einrichtung.", "Bitte teilen Sie uns mit, wann wir mit einer Zusage rechnen können."],
        ["Vormerkung für die {Kindertagesbetreuung|Hortbetreuung} im Schuljahr $YEAR", "Betreuungsumfang, Betreuungszeiten, besonderer Förderbedarf, Ganztagsplatz", "Wunschkita 1, Wunschkita 2, Träger der Einrichtung", "Die Anmeldung ersetzt nicht den Betreuungsvertrag."],
        ["Erfassung des Betreuungsbedarfs", "Für unseren Sohn, geb. $DATE, wünschen wir die Eingewöhnung im {August|September}.", "Beide Eltern arbeiten in Vollzeit; Großeltern können nicht betreuen.", "Platzvergabe nach Kriterien der Stadt"],
    ],
    "Stellungnahme": [
        ["Stellungnahme {als Träger öffentlicher Belange|zum Bebauungsplan Nr. {12|17}}", "zum Entwurf {des Bebauungsplans|des Flächennutzungsplans} nehmen wir wie folgt Stellung.", "Gegen die Planung bestehen {keine|erhebliche} Bedenken.", "Ein Nachweis {der Entwässerung|des Immissionsschutzes} fehlt in den Unterlagen.", "Im Übrigen {wird zugestimmt|bestehen keine Einwände}."],
        ["Beteiligung der Behörden nach § 4 Abs. 2 BauGB", "Aus Sicht {der Landwirtschaft|des Brandschutzes|der Straßenbaubehörde} {wird angemerkt|ist festzustellen}", "Hinweise und Anregungen zur Abwägung", "Leitungen {unseres Unternehmens|der Netzgesellschaft} sind {betroffen|nicht betroffen}."],
        ["Fachliche Äußerung zum {Vorhaben|Antrag der Fraktion}", "Die Verwaltung nimmt zu {dem Antrag|den Fragen} Stellung:", "Zu 1: {Eine Umsetzung|Der Vorschlag} ist {nicht|grundsätzlich} möglich.", "Aus den genannten Gründen empfehlen wir, dem Antrag {nicht zu folgen|zuzustimmen}."],
        ["Einschätzung zum Planentwurf", "nach Prüfung der übersandten Planunterlagen teilen wir Ihnen unsere Auffassung mit.", "Belange des {Hochwasserschutzes|Naturschutzes} werden berührt, wir regen eine Ergänzung des Umweltberichts an.", "Weitere Anregungen haben wir nicht vorzubringen."],
    ],
    "Benutzungsantrag": [
        ["Antrag auf Benutzung des Stadtarchivs", "Thema der {Arbeit|Forschung}: {Familienforschung|Heimatgeschichte}", "Ich möchte {die Kirchenbücher|die Bürgerrolle|Ratsprotokolle} {einsehen|im Lesesaal benutzen}.", "Ich verpflichte mich, die Archivordnung einzuhalten.", "Zweck: {wissenschaftlich|privat|heimatkundlich}"],
        ["Request to use the town archive", "I am writing {a history of my family|a book about} the emigrants from $TOWN.", "I would like to {consult|see} the {citizens' register|minutes of the guilds} in the reading room.", "Could you let me know the fees for copies?"],
        ["Anfrage an das Stadtarchiv", "für {meine Ahnenforschung|eine Chronik} suche ich Unterlagen über {meinen Urgroßvater|die Zuckerfabrik} aus den Jahren {1880|1905} bis {1920|1945}.", "Wann hat der Lesesaal geöffnet, und darf ich fotografieren?", "Gebühren für Reproduktionen übernehme ich."],
        ["Archivbenutzung, Benutzerantrag", "Benutzungszweck, Auftraggeber, Bestände, Signaturen", "Genealogical research: my grandfather was born in $TOWN, archive records, birth certificate copies", "Bei Veröffentlichungen liefere ich ein Belegexemplar ab."],
    ],
    "Werbung": [
        ["{Nur für kurze Zeit|Jetzt zugreifen}: {30|50} % Rabatt", "Entdecken Sie unsere neuen {Büromöbel|Drucker|Seminare} und sparen Sie!", "Besuchen Sie unseren {Onlineshop|Messestand}.", "Gratis {Probeexemplar|Katalog} anfordern!", "Wenn Sie keine Werbung mehr wünschen, {schreiben Sie uns|melden Sie sich ab}."],
        ["Das {neue|innovative} {Produkt|System} für {Ihre Kommune|Ihren Bauhof}", "{Überzeugen|Testen} Sie sich selbst: {vier Wochen kostenlos|ohne Risiko}!", "Tausende zufriedene Kunden vertrauen uns.", "Rufen Sie gleich an oder scannen Sie den Code."],
        ["Newsletter {Frühjahr|Herbst} $YEAR", "Die besten Aktionen des Monats, Gutscheincode {FRUEHLING|SPAREN}", "Bestellen Sie bis $DATE und sichern Sie sich einen Bonus.", "Angebot solange der Vorrat reicht."],
        ["Lernen Sie uns kennen!", "Unser Außendienst präsentiert Ihnen gern die Highlights unserer Produktwelt.", "Attraktive Sonderpreise, schneller Versand, exklusiv für Neukunden", "Jetzt online stöbern und Prämie aussuchen."],
    ],
}

HEADS = [
    "$FIRM $STREET $TOWN Telefon $NUMBER $DATE", "Stadt $TOWN Marktplatz 1 Unser Zeichen: $NUMBER Bearbeitet von: $NAME Datum: $DATE", "$NAME $STREET $TOWN",
    "$CLUB $STREET $TOWN, den $DATE", "", "An die Stadt $TOWN Rathaus $NAME $STREET", "Datum $DATE Ihr Zeichen $NUMBER Unser Zeichen $NUMBER",
]
GREETINGS = ["Sehr geehrte Damen und Herren,", "Sehr geehrte Frau $NAME,", "Sehr geehrter Herr $NAME,", "", "Guten Tag,"]
CLOSINGS = ["Mit freundlichen Grüßen $NAME", "Im Auftrag $NAME", "Hochachtungsvoll $NAME", "", "Freundliche Grüße", "Mit freundlichen Grüßen Bankverbindung IBAN DE $NUMBER"]
NAMES = "Müller Schäfer Jänicke Kühnöl Böhlke Weiß Krüger Öztürk Großmann Pöhlmann Süßmilch Heßling Bräutigam Nowak Lehmann Schröter Vogelsänger Jüttner".split()
TOWNS = ["Musterstadt", "Klein Schönfeld", "Großwulkow", "Altenbrügge", "Stendorf", "Neuenburg", "Lindenfurt", "Wiesental"]
STREETS = ["Lindenstraße 14", "Am Mühlengraben 9", "Bahnhofstraße 27", "Töpfergasse 2", "Schloßstraße 17", "Ziegeleiweg 4", "Birkenring 12"]
FIRMS = ["Böhlke GmbH", "Bürohaus Nordlicht eG", "Tiefbau Wegener KG", "Häberlein Heizung", "Druckerei Fünfgeld", "Elektro Brändle GmbH"]
CLUBS = ["Heimatverein Musterstadt e. V.", "SV Grün-Weiß Stendorf", "Förderverein Grundschule", "Kleingartenverein Abendfrieden e. V."]
