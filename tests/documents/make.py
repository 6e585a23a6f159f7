"""Makes the Word documents of this folder, and the truth beside them. See README.md.

    python3 make.py STYLES      # STYLES: a folder with ieee.csl, nature.csl and apa.csl of the CSL project

Needs pandoc and LibreOffice. The truth comes from the texts below, not from reading what was made.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "docx")
WORKS = json.loads(subprocess.run(["pandoc", os.path.join(HERE, "works.bib"), "-t", "csljson"], capture_output=True, check=True).stdout)
WORKS = {w["id"]: w for w in WORKS}


class C:
    """A citation: keys; in the text the works are named, or else stand in brackets."""

    def __init__(self, *keys, narrative=False):
        self.keys, self.narrative = keys, narrative


# A text: headings ("#"), paragraphs of sentences ("p"), items with their depth ("-"), rows of a table ("|").
# A sentence is a list of strings and citations.
FIRST = [
    ("#", 1, "Introduction"),
    ("p", [["Birch bark repels water in winter ", C("roe2001"), "."], ["It is light and strong."],
           ["As ", C("moe2010", narrative=True), " showed, alder sinks early."]]),
    ("p", [["Resin was sold in all towns of the coast ", C("loe2015", "roe2001"), "."], ["It was dear, e.g. in Bergen."]]),
    ("#", 1, "Kinds of use"),
    ("#", 2, "Boats"),
    ("p", [["Boats were made of oak ", C("poe1998"), "."], ["Nobody knows how many."]]),
    ("#", 2, "Ropes"),
    ("p", [["Lime bast gave ropes ", C("voe2005a"), " and nets ", C("voe2005b"), "."], ["Tar kept them dry ", C("zoe1987"), "."]]),
    ("#", 1, "Conclusion"),
    ("p", [["Turf and bark went together on roofs ", C("koe2018"), "."]]),
]
LISTS = [
    ("#", 1, "Causes of decay"),
    ("-", 0, ["Water ", C("roe2001")]),
    ("-", 1, ["Rain on roofs ", C("koe2018")]),
    ("-", 1, ["Snow"]),
    ("-", 0, ["Animals of the shore"]),
    ("-", 1, ["Worms in boats ", C("poe1998")]),
    ("-", 2, ["In warm summers"]),
    ("-", 0, ["Fire ", C("zoe1987")]),
    ("#", 1, "Uses by tree"),
    ("|", ["Tree", "Use"], None),
    ("|", ["Oak", "Boats "], C("poe1998")),
    ("|", ["Lime", "Ropes "], C("voe2005a")),
    ("|", ["Pine", "Tar"], None),
]


def truth(name, text, made, every=False):
    lines = [f"# {made}"]
    cited = []

    def claim(parts):
        bare = "".join(p for p in parts if isinstance(p, str))
        keys = [k for p in parts if isinstance(p, C) for k in p.keys]
        cited.extend(k for k in keys if k not in cited)
        lines.append(" ".join(bare.split()) + " => " + " ".join(dict.fromkeys(keys)))

    first = True
    for block in text:
        if block[0] == "p":
            for sentence in block[1]:
                claim(sentence)
        elif block[0] == "-":
            claim(block[2])
        elif block[0] == "|":
            if not first:
                claim([" ".join(block[1])] + ([block[2]] if block[2] else []))
            first = False
    # A manuscript that names a bibliography has all of it.
    lines.append("references: " + " ".join(WORKS if every else cited))
    with open(os.path.join(OUT, name + ".truth"), "w") as f:
        f.write("\n".join(lines) + "\n")
    return cited


# ---- pandoc and LibreOffice

def markdown(text, title):
    out = [f"---\ntitle: {title}\nauthor: Jane Roe\nlang: en\n---\n"]
    row = 0

    def inline(parts):
        def part(p):
            if isinstance(p, str):
                return p
            keys = "; ".join("@" + k for k in p.keys)
            return keys if p.narrative else f"[{keys}]"
        return "".join(part(p) for p in parts)

    for block in text:
        if block[0] == "#":
            out.append("\n" + "#" * block[1] + " " + block[2] + "\n")
        elif block[0] == "p":
            out.append("\n" + " ".join(inline(s) for s in block[1]) + "\n")
        elif block[0] == "-":
            out.append(" " * 4 * block[1] + "1. " + inline(block[2]) + "\n")
        else:
            cells = list(block[1])
            if block[2]:
                cells[-1] += inline([block[2]])
            if row == 0:
                out.append("\n")
            out.append("| " + " | ".join(cells) + " |\n" + ("|---|---|\n" if row == 0 else ""))
            row += 1
    out.append("\n# References\n")
    return "".join(out)


def pandoc(name, text, csl=None, *options, made):
    truth(name, text, made)
    target = os.path.join(OUT, name + ".docx")
    command = ["pandoc", "--citeproc", "--bibliography", os.path.join(HERE, "works.bib"), "-o", target, *options]
    if csl:
        command += ["--csl", os.path.join(sys.argv[1], csl)]
    subprocess.run(command, input=markdown(text, "Bark and water").encode(), check=True)
    return target


def latex(name, text, *options, made):
    """A manuscript as pandoc writes it."""
    folder = os.path.join(HERE, "latex")
    os.makedirs(folder, exist_ok=True)
    global OUT
    before, OUT = OUT, folder
    truth(name, text, made, every="--citeproc" not in options)
    OUT = before
    source = markdown(text, "Bark and water").replace("\n# References\n", "")
    command = ["pandoc", "-f", "markdown", "-t", "latex", "--bibliography", os.path.join("..", "works.bib"), *options]
    made = subprocess.run(command, input=source.encode(), check=True, capture_output=True, cwd=folder).stdout.decode()
    with open(os.path.join(folder, name + ".tex"), "w") as f:
        f.write(made)


def through_office(name, source, made):
    """A document read and written by LibreOffice."""
    shutil.copy(source.replace(".docx", ".truth"), os.path.join(OUT, name + ".truth"))
    path = os.path.join(OUT, name + ".truth")
    lines = open(path).read().split("\n", 1)[1]
    open(path, "w").write(f"# {made}\n{lines}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "--convert-to", "docx", "--outdir", folder, source], check=True, capture_output=True)
        shutil.copy(os.path.join(folder, os.path.basename(source)), os.path.join(OUT, name + ".docx"))


# ---- by hand, in the shapes that reference managers write

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text, properties=""):
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="00A1B2C3">{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(instruction, result, data=None, nested=""):
    """A complex field, its instruction in pieces of 200 characters as Word saves it."""
    stored = f'<w:fldData xml:space="preserve">{data}</w:fldData>' if data else ""
    pieces = re.findall(r".{1,200}", instruction, re.S)
    instructions = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(p)}</w:instrText></w:r>' for p in pieces)
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{stored}</w:fldChar></w:r>' if data else '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return f'{begin}{instructions}{nested}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(content, style=None, more=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{style}{more}</w:pPr>" if style or more else ""
    return f"<w:p>{properties}{content}</w:p>"


STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Funotenzeichen"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>""" + "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="%{i + 1}."/></w:lvl>'
    for i, f in enumerate(["decimal", "lowerLetter", "lowerRoman"])) + """</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def save(name, body, footnotes=None, sources=None, properties=None):
    relation = lambda i, kind, target, mode="": f'<Relationship Id="rId{i}" Type="{R}/{kind}" Target="{target}"{mode}/>'
    relations = [relation(1, "styles", "styles.xml"), relation(2, "numbering", "numbering.xml")]
    parts = {"word/styles.xml": STYLES, "word/numbering.xml": NUMBERING}
    types = ["styles", "numbering"]
    if footnotes:
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{footnotes}</w:footnotes>'
        relations.append(relation(3, "footnotes", "footnotes.xml"))
        types.append("footnotes")
    if sources:
        parts["customXml/item1.xml"] = sources
        relations.append(relation(4, "customXml", "../customXml/item1.xml"))
    relations.append(relation(9, "hyperlink", "https://doi.org/10.5555/wood.2001.4", ' TargetMode="External"'))
    root = [f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>']
    if properties:
        parts["docProps/custom.xml"] = properties
        root.append(f'<Relationship Id="rId2" Type="{R}/custom-properties" Target="docProps/custom.xml"/>')
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = lambda items: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{package}">{"".join(items)}</Relationships>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(f'<Override PartName="/word/{t}.xml" ContentType="{kind}.{t}+xml"/>' for t in types)
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>{overrides}</Types>'
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    with zipfile.ZipFile(os.path.join(OUT, name + ".docx"), "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in [("[Content_Types].xml", content), ("_rels/.rels", rels(root)), ("word/document.xml", document),
                           ("word/_rels/document.xml.rels", rels(relations)), *parts.items()]:
            info = zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


def names(key):
    return [a["family"] for a in WORKS[key].get("author", [])]


def year(key):
    y = str(WORKS[key]["issued"]["date-parts"][0][0])
    return y + {"voe2005a": "a", "voe2005b": "b"}.get(key, "")


def short(key, last=" and "):
    n = names(key)
    return n[0] if len(n) == 1 else n[0] + last + n[1] if len(n) == 2 else n[0] + " et al."


def author_year(c):
    if c.narrative:
        return "; ".join(f"{short(k)} ({year(k)})" for k in c.keys)
    return "(" + "; ".join(f"{short(k)}, {year(k)}" for k in c.keys) + ")"


def entry(key):
    w = WORKS[key]
    people = ", ".join(f'{a["family"]}, {a["given"][0]}.' for a in w["author"])
    place = w.get("container-title") or w.get("publisher", "")
    numbers = w.get("volume", "")
    numbers += f'({w["issue"]})' if "issue" in w else ""
    rest = ", ".join(x for x in [place, numbers, w.get("page", "").replace("-", "–")] if x)
    return f'{people} ({year(key)}). {w["title"]}. {rest}.'


def body(text, cite, listed, title="Bark and water", heading="References", number_list=False):
    out = [paragraph(run(title), "Titel")]
    table = []

    def flush():
        if table:
            rows = "".join("<w:tr>" + ("<w:trPr><w:tblHeader/></w:trPr>" if i == 0 else "") + "".join(f"<w:tc><w:tcPr><w:tcW w:w=\"2000\"/></w:tcPr>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for i, row in enumerate(table))
            out.append(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
            table.clear()

    def inline(parts):
        return "".join(run(p) if isinstance(p, str) else cite(p) for p in parts)

    for block in text:
        if block[0] != "|":
            flush()
        if block[0] == "#":
            out.append(paragraph(run(block[2]), f"berschrift{block[1]}"))
        elif block[0] == "p":
            out.append(paragraph(run(" ").join(inline(s) for s in block[1])))
        elif block[0] == "-":
            place = f'<w:numPr><w:ilvl w:val="{block[1]}"/><w:numId w:val="1"/></w:numPr>'
            out.append(paragraph(inline(block[2]), more=place))
        else:
            cells = [run(c) for c in block[1]]
            if block[2]:
                cells[-1] += cite(block[2])
            table.append(cells)
    flush()
    if heading:
        out.append(paragraph(run(heading), "berschrift1"))
    return "".join(out) + listed


def plain_list(keys):
    return "".join(paragraph(run(entry(k))) for k in keys)


def field_list(instruction, keys, number=None):
    """The list as one field over several paragraphs."""
    texts = [(number(i + 1) if number else "") + entry(k) for i, k in enumerate(keys)]
    begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return "".join(paragraph((begin if i == 0 else "") + run(t) + (end if i == len(texts) - 1 else "")) for i, t in enumerate(texts))


def item(key, number):
    data = {k: v for k, v in WORKS[key].items() if k != "id"}
    return {"id": number, "uris": [f"http://zotero.org/users/1000/items/{key.upper()}"], "itemData": {"id": number, **data}}


def zotero(c, plain, index=[0]):
    index[0] += 1
    code = {"citationID": f"c{index[0]}", "properties": {"formattedCitation": plain, "plainCitation": plain, "noteIndex": 0},
            "citationItems": [item(k, 100 + list(WORKS).index(k)) for k in c.keys],
            "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"}
    return "ZOTERO_ITEM CSL_CITATION " + json.dumps(code)


def numbered(text):
    """Numbers by first citation."""
    order = []
    for block in text:
        parts = sum(block[1], []) if block[0] == "p" else block[2] if block[0] == "-" else [block[2]] if block[0] == "|" else []
        for c in parts:
            if isinstance(c, C):
                order += [k for k in c.keys if k not in order]
    return order


def narrative_name(c):
    """With numbers a narrative citation names the authors in the text itself."""
    return run(short(c.keys[0]) + " ") if c.narrative else ""


def with_names(text):
    """The text as it is printed with numbers: names before narrative citations are words of the sentence."""
    def sentence(parts):
        out = []
        for p in parts:
            if isinstance(p, C) and p.narrative:
                out.append(short(p.keys[0]) + " ")
            out.append(p)
        return out
    return [("p", [sentence(s) for s in b[1]]) if b[0] == "p" else b for b in text]


def main():
    os.makedirs(OUT, exist_ok=True)
    raised = '<w:vertAlign w:val="superscript"/>'
    superscript = lambda text: run(text, raised)

    # Written by pandoc's citation processor.
    a = pandoc("pandoc-author-date", FIRST, made="pandoc --citeproc, Chicago author-date")
    pandoc("pandoc-linked", FIRST, "apa.csl", "-M", "link-citations=true", made="pandoc --citeproc, APA, citations linked to the list; of narrative ones only the year")
    truth("pandoc-linked", with_names(FIRST), "pandoc --citeproc, APA, citations linked to the list; of narrative ones only the year")
    text = with_names(FIRST)
    numeric = [b if b[0] != "p" else b for b in text]
    b = pandoc("pandoc-ieee", strip_narrative(numeric), "ieee.csl", made="pandoc --citeproc, IEEE")
    pandoc("pandoc-superscript", strip_narrative(numeric), "nature.csl", made="pandoc --citeproc, Nature: raised numbers")
    c = pandoc("pandoc-lists", LISTS, made="pandoc --citeproc: nested lists and a table")
    # Read and written by LibreOffice.
    through_office("office-author-date", a, "the same, read and written by LibreOffice")
    through_office("office-ieee", b, "pandoc-ieee, read and written by LibreOffice")
    through_office("office-lists", c, "pandoc-lists, read and written by LibreOffice")

    # LaTeX as pandoc writes it.
    latex("pandoc-natbib", FIRST, "-s", "--natbib", made="pandoc --natbib")
    latex("pandoc-biblatex", FIRST, "-s", "--biblatex", made="pandoc --biblatex")
    latex("pandoc-lists", LISTS, "-s", "--natbib", made="pandoc --natbib: nested lists and a table")
    latex("pandoc-citeproc", FIRST, "-s", "--citeproc", made="pandoc --citeproc: printed citations and list")

    # Zotero.
    made = "by hand, fields of Zotero: author and year"
    keys = truth("zotero-author-year", FIRST, made)
    cite = lambda c: field(" ADDIN " + zotero(c, author_year(c)), run(author_year(c)))
    save("zotero-author-year", body(FIRST, cite, field_list(' ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY ', sorted(keys))))

    text = strip_narrative(with_names(FIRST))
    order = numbered(text)
    label = lambda c: ",".join(str(order.index(k) + 1) for k in c.keys)
    made = "by hand, fields of Zotero: raised numbers"
    truth("zotero-superscript", text, made)
    cite = lambda c: field(" ADDIN " + zotero(c, label(c)), superscript(label(c)))
    save("zotero-superscript", body(tight(text), cite, field_list(' ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ', order, lambda i: f"{i}. ")))

    made = "by hand, citations of Zotero in footnotes"
    truth("zotero-footnotes", text, made)
    notes = []

    def note(c):
        printed = "; ".join(f"{names(k)[0]}, {WORKS[k]['title']}, {year(k)}" for k in c.keys) + "."
        notes.append(f'<w:footnote w:id="{len(notes) + 1}"><w:p><w:r><w:rPr><w:rStyle w:val="Funotenzeichen"/></w:rPr><w:footnoteRef/></w:r>{run(" ")}{field(" ADDIN " + zotero(c, printed), run(printed))}</w:p></w:footnote>')
        return f'<w:r><w:rPr><w:rStyle w:val="Funotenzeichen"/></w:rPr><w:footnoteReference w:id="{len(notes)}"/></w:r>'
    content = body(tight(text), note, field_list(' ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ', sorted(order)))
    save("zotero-footnotes", content, footnotes="".join(notes))

    made = "by hand, citations of Zotero kept as bookmarks"
    keys = truth("zotero-bookmarks", FIRST, made)
    stored = []

    def bookmark(c):
        name = f"ZOTERO_BREF_x{len(stored)}"
        stored.append((name, zotero(c, author_year(c))))
        return f'<w:bookmarkStart w:id="{len(stored)}" w:name="{name}"/>{run(author_year(c))}<w:bookmarkEnd w:id="{len(stored)}"/>'
    content = body(FIRST, bookmark, plain_list(sorted(keys)))
    pieces = [(f"{n}_{i + 1}", v[i * 255:i * 255 + 255]) for n, v in stored for i in range((len(v) + 254) // 255)]
    properties = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">' + "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i + 2}" name="{n}"><vt:lpwstr>{escape(v)}</vt:lpwstr></property>' for i, (n, v) in enumerate(pieces)) + "</Properties>"
    save("zotero-bookmarks", content, properties=properties)

    # Mendeley Desktop and Mendeley Cite.
    def mendeley(c, printed):
        items = [{"id": f"ITEM-{i + 1}", "itemData": {**{k: v for k, v in WORKS[key].items() if k != "id"}, "id": f"ITEM-{i + 1}"},
                  "uris": [f"http://www.mendeley.com/documents/?uuid={key}"]} for i, key in enumerate(c.keys)]
        return {"citationItems": items, "mendeley": {"formattedCitation": printed, "plainTextFormattedCitation": printed},
                "properties": {"noteIndex": 0}, "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"}
    made = "by hand, fields of Mendeley Desktop: numbers in brackets"
    truth("mendeley-numbers", text, made)
    bracket = lambda c: "[" + ", ".join(str(order.index(k) + 1) for k in c.keys) + "]"
    cite = lambda c: field("ADDIN CSL_CITATION " + json.dumps(mendeley(c, bracket(c))), run(bracket(c)))
    save("mendeley-numbers", body(text, cite, field_list("ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY ", order, lambda i: f"[{i}] ")))
    made = "by hand, content controls of Mendeley Cite"
    keys = truth("mendeley-cite", FIRST, made)

    def control(c):
        code = {"citationID": "MENDELEY_CITATION_x", "properties": {"noteIndex": 0}, "isEdited": False,
                "citationItems": [{"id": k, "itemData": {**WORKS[k], "id": k}, "isTemporary": False} for k in c.keys]}
        tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(code).encode()).decode()
        return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="1"/></w:sdtPr><w:sdtContent>{run(author_year(c))}</w:sdtContent></w:sdt>'
    listed = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>{plain_list(sorted(keys))}</w:sdtContent></w:sdt>'
    save("mendeley-cite", body(FIRST, control, listed))

    # EndNote: records in the instruction, and in the data of the field.
    def endnote(c, printed):
        def record(key):
            w = WORKS[key]
            people = "".join(f'<author><style face="normal" font="default" size="100%">{a["family"]}, {a["given"]}</style></author>' for a in w["author"])
            container = f'<secondary-title>{w["container-title"]}</secondary-title>' if "container-title" in w else ""
            number = list(WORKS).index(key) + 1
            kinds = {"article-journal": ("Journal Article", 17), "book": ("Book", 6), "chapter": ("Book Section", 5), "thesis": ("Thesis", 32)}
            name, code = kinds[w["type"]]
            return (f'<Cite><Author>{names(key)[0]}</Author><Year>{year(key)[:4]}</Year><RecNum>{number}</RecNum><DisplayText>{escape(printed)}</DisplayText>'
                    f'<record><rec-number>{number}</rec-number><foreign-keys><key app="EN" db-id="x5x">{number}</key></foreign-keys><ref-type name="{name}">{code}</ref-type>'
                    f'<contributors><authors>{people}</authors></contributors><titles><title>{w["title"]}</title>{container}</titles>'
                    f'<volume>{w.get("volume", "")}</volume><pages>{w.get("page", "")}</pages><dates><year>{year(key)[:4]}</year></dates><urls/></record></Cite>')
        return "<EndNote>" + "".join(record(k) for k in c.keys) + "</EndNote>"
    made = "by hand, fields of EndNote with the records in the instruction"
    truth("endnote-numbers", text, made)
    cite = lambda c: field(" ADDIN EN.CITE " + endnote(c, bracket(c)), run(bracket(c)))
    save("endnote-numbers", body(text, cite, field_list(" ADDIN EN.REFLIST ", order, lambda i: f"{i}.\t")))
    made = "by hand, fields of EndNote with the records in the data of nested fields"
    keys = truth("endnote-data", FIRST, made)

    def cite(c):
        data = base64.encodebytes(endnote(c, author_year(c)).encode() + b"\0").decode()
        inner = f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">{data}</w:fldData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> ADDIN EN.CITE.DATA </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        return field(" ADDIN EN.CITE ", run(author_year(c)), data=data, nested=inner)
    save("endnote-data", body(FIRST, cite, field_list(" ADDIN EN.REFLIST ", sorted(keys))))

    # Word's own.
    made = "by hand, citations of Word with its sources"
    keys = truth("word-sources", FIRST, made)

    def cite(c):
        more = "".join(f" \\m {k}" for k in c.keys[1:])
        return f'<w:sdt><w:sdtPr><w:id w:val="7"/><w:citation/></w:sdtPr><w:sdtContent>{field(f" CITATION {c.keys[0]} {more} " + chr(92) + "l 1033 ", run(author_year(c)))}</w:sdtContent></w:sdt>'

    def source(key):
        w = WORKS[key]
        kind = {"article-journal": "JournalArticle", "book": "Book", "chapter": "BookSection", "thesis": "Report"}[w["type"]]
        container = {"article-journal": "JournalName", "chapter": "BookTitle"}.get(w["type"])
        container = f'<b:{container}>{w["container-title"]}</b:{container}>' if container else ""
        people = "".join(f'<b:Person><b:Last>{a["family"]}</b:Last><b:First>{a["given"]}</b:First></b:Person>' for a in w["author"])
        return f'<b:Source><b:Tag>{key}</b:Tag><b:SourceType>{kind}</b:SourceType><b:Author><b:Author><b:NameList>{people}</b:NameList></b:Author></b:Author><b:Title>{w["title"]}</b:Title>{container}<b:Year>{year(key)[:4]}</b:Year><b:Volume>{w.get("volume", "")}</b:Volume></b:Source>'
    sources = '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" SelectedStyle="\\APA.XSL">' + "".join(source(k) for k in WORKS) + "</b:Sources>"
    listed = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj></w:sdtPr><w:sdtContent>{paragraph(run("References"), "berschrift1")}<w:sdt><w:sdtPr><w:bibliography/></w:sdtPr><w:sdtContent>{field_list(" BIBLIOGRAPHY ", sorted(keys))}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>'
    save("word-sources", body(FIRST, cite, listed, heading=None), sources=sources)

    # Citavi.
    made = "by hand, fields of Citavi"
    keys = truth("citavi", FIRST, made)
    kinds = {"article-journal": "JournalArticle", "book": "Book", "chapter": "Contribution", "thesis": "Thesis"}

    def cite(c):
        entries = []
        for i, k in enumerate(c.keys):
            w = WORKS[k]
            reference = {"$id": str(3 + 10 * i), "$type": "SwissAcademic.Citavi.Reference, SwissAcademic.Citavi", "Title": w["title"], "ReferenceType": kinds[w["type"]],
                         "Year": year(k)[:4], "Authors": [{"$id": str(4 + 10 * i + j), "FirstName": a["given"], "LastName": a["family"]} for j, a in enumerate(w["author"])], "Id": "r-" + k}
            if w["type"] == "article-journal":
                reference["Periodical"] = {"$id": str(9 + 10 * i), "Name": w["container-title"]}
            entries.append({"$id": str(2 + 10 * i), "$type": "SwissAcademic.Citavi.Citations.WordPlaceholderEntry, SwissAcademic.Citavi", "ReferenceId": "r-" + k, "Reference": reference})
        code = {"$id": "1", "$type": "SwissAcademic.Citavi.Citations.WordPlaceholder, SwissAcademic.Citavi", "Entries": entries, "Tag": "CitaviPlaceholder#x"}
        stored = base64.b64encode(json.dumps(code).encode()).decode()
        return f'<w:sdt><w:sdtPr><w:tag w:val="CitaviPlaceholder#x"/></w:sdtPr><w:sdtContent>{field("ADDIN CitaviPlaceholder{" + stored + "}", run(author_year(c)))}</w:sdtContent></w:sdt>'
    listed = f'<w:sdt><w:sdtPr><w:tag w:val="CitaviBibliography"/></w:sdtPr><w:sdtContent>{field_list("ADDIN CitaviBibliography", sorted(keys))}</w:sdtContent></w:sdt>'
    save("citavi", body(FIRST, cite, listed))

    # Without a program: typed, with cross-references, with revisions.
    made = "by hand, typed: names and years, a list under its heading"
    keys = truth("typed-author-year", FIRST, made)
    save("typed-author-year", body(FIRST, lambda c: run(author_year(c)), plain_list(sorted(keys))))
    made = "by hand, typed: raised numbers, an automatically numbered list"
    truth("typed-superscript", text, made)
    auto = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    save("typed-superscript", body(tight(text), lambda c: superscript(label(c)), "".join(paragraph(run(entry(k)), more=auto) for k in order)))
    made = "by hand, cross-references to the paragraphs of a numbered list"
    truth("cross-references", text, made)
    reference = lambda k: field(f" REF _Ref{order.index(k) + 100} \\r \\h ", run(str(order.index(k) + 1)))
    cite = lambda c: run("[") + run(", ").join(reference(k) for k in c.keys) + run("]")
    listed = "".join(paragraph(f'<w:bookmarkStart w:id="{i}" w:name="_Ref{i + 100}"/>{run(entry(k))}<w:bookmarkEnd w:id="{i}"/>', more=auto) for i, k in enumerate(order))
    save("cross-references", body(text, cite, listed))
    made = "by hand, lists and a table with fields of Zotero, inserted and deleted text"
    keys = truth("revisions-lists", LISTS, made)
    gone = '<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve"> never</w:delText></w:r></w:del>'
    cite = lambda c: gone + '<w:ins w:id="2" w:author="x">' + field(" ADDIN " + zotero(c, author_year(c)), run(author_year(c))) + "</w:ins>"
    save("revisions-lists", body(LISTS, cite, plain_list(sorted(keys))))


def strip_narrative(text):
    """Citations that name nobody: with numbers the names are words."""
    one = lambda p: C(*p.keys) if isinstance(p, C) else p
    return [("p", [[one(p) for p in s] for s in b[1]]) if b[0] == "p" else b for b in text]


def tight(text):
    """Raised numbers stand right after their word."""
    def sentence(parts):
        return [p.rstrip() if isinstance(p, str) and i + 1 < len(parts) and isinstance(parts[i + 1], C) else p for i, p in enumerate(parts)]
    return [("p", [sentence(s) for s in b[1]]) if b[0] == "p" else b for b in text]


main()
