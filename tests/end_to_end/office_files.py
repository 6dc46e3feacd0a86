"""Small office files, made here."""
import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def packed(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def content_types(part, kind):
    return (f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{part}" ContentType="application/{kind}.main+xml"/></Types>')


def relations(*targets):
    inner = "".join(f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
                    for number, (kind, target, mode) in enumerate(targets, 1))
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def docx(*paragraphs, picture=None, kind="vnd.openxmlformats-officedocument.wordprocessingml.document", more=()):
    """Paragraphs, and a picture that is to be fetched from an address."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    if picture:
        body += ('<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
                 '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="Bild"/>'
                 '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
                 '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
                 '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="Bild"/><pic:cNvPicPr/></pic:nvPicPr>'
                 f'<pic:blipFill><a:blip xmlns:r="{OFFICE}" r:link="r1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
                 '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
                 '</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    members = [("[Content_Types].xml", content_types("word/document.xml", kind)),
               ("_rels/.rels", relations(("officeDocument", "word/document.xml", ""))),
               ("word/document.xml", document), *more]
    if picture:
        members.append(("word/_rels/document.xml.rels", relations(("image", picture, ' TargetMode="External"'))))
    return packed(*members)


def xlsx(*rows):
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "vnd.openxmlformats-officedocument.spreadsheetml"
    types = content_types("xl/workbook.xml", kind + ".sheet").replace(
        "</Types>", f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/{kind}.worksheet+xml"/></Types>')
    return packed(("[Content_Types].xml", types),
                  ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml", ""))),
                  ("xl/workbook.xml", f'<workbook xmlns="{sheet}" xmlns:r="{OFFICE}"><sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>'),
                  ("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml", ""))),
                  ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{sheet}"><cols><col min="1" max="3" width="30" customWidth="1"/></cols><sheetData>{cells}</sheetData></worksheet>'))


def odt(*paragraphs, linked=None, macro=None):
    """Paragraphs; a section whose text is to be taken from another file; a Basic macro to run when it is opened."""
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    if linked:
        body += f'<text:section text:name="Verweis"><text:section-source xlink:href="{linked}"/><text:p>Verweis</text:p></text:section>'
    scripts, members, entries = "", [], ""
    if macro:
        scripts = ('<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" '
                   'xlink:href="vnd.sun.star.script:Standard.Modul.Start?language=Basic&amp;location=document" xlink:type="simple"/>'
                   '</office:event-listeners></office:scripts>')
        library = 'xmlns:library="http://openoffice.org/2000/library"'
        members = [("Basic/script-lc.xml", f'<?xml version="1.0"?><library:libraries {library}><library:library library:name="Standard" library:link="false"/></library:libraries>'),
                   ("Basic/Standard/script-lb.xml", f'<?xml version="1.0"?><library:library {library} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Modul"/></library:library>'),
                   ("Basic/Standard/Modul.xml", f'<?xml version="1.0"?><script:module xmlns:script="http://openoffice.org/2000/script" script:name="Modul" script:language="StarBasic">{macro}</script:module>')]
        entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name, _ in members)
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" '
               f'xmlns:script="{ODF}script:1.0" xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:ooo="http://openoffice.org/2004/office" '
               f'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
               f'{scripts}<office:body><office:text>{body}</office:text></office:body></office:document-content>')
    manifest = (f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{ODF}manifest:1.0">'
                '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
                f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>{entries}</manifest:manifest>')
    return packed(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content),
                  ("META-INF/manifest.xml", manifest), *members)
