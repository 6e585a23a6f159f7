//! Documents made of their XML, as Word and its companions write it.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::document::{CitedTarget, Document, ReadError, ReadOptions};
use crate::work::Field;

/// An archive of the given parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn body(xml: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r" xmlns:m="m"><w:body>{xml}</w:body></w:document>"#
    )
}

fn document(xml: &str) -> Document {
    read(&packed(&[("word/document.xml", &body(xml))]), &ReadOptions::default()).unwrap()
}

/// Path, text and cited references of each claim.
fn shown(document: &Document) -> Vec<String> {
    let claim = |c: &crate::document::Claim| {
        let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
        let targets = c.marked.iter().flat_map(|m| &m.targets);
        let targets: Vec<String> =
            targets.map(|t| if let CitedTarget::Reference(i) = t { i.to_string() } else { "?".into() }).collect();
        format!("{}|{}|{}", path.join(">"), c.text, targets.join(" "))
    };
    document.claims.iter().map(claim).collect()
}

fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn sup(text: &str) -> String {
    format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", r(text))
}

fn field(instruction: &str, result: &str) -> String {
    let instruction = instruction.replace('<', "&lt;");
    // Instructions come in pieces.
    let (a, b) = instruction.split_at(instruction.len() / 2);
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {a}</w:instrText></w:r>\
         <w:r><w:instrText xml:space=\"preserve\">{b} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         {result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

fn zotero(items: &[(&str, &str, &str, u16)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(id, family, title, year)| {
            format!(
                r#"{{"id":1,"uris":["http://zotero.org/users/1/items/{id}"],"itemData":{{"id":1,"type":"article-journal","title":"{title}","author":[{{"family":"{family}","given":"J."}}],"issued":{{"date-parts":[["{year}"]]}}}}}}"#
            )
        })
        .collect();
    format!(
        r#"ADDIN ZOTERO_ITEM CSL_CITATION {{"citationID":"x","properties":{{}},"citationItems":[{}]}}"#,
        items.join(",")
    )
}

const BIRCH: (&str, &str, &str, u16) = ("AB", "Roe", "The bark of birches in winter", 2001);
const OAK: (&str, &str, &str, u16) = ("CD", "Doe", "Oak boats of the north", 1999);

#[test]
fn headings_sentences_and_superscripts() {
    let xml = styled("Title", "Bark burns")
        + &styled("Heading1", "One")
        + &format!("<w:p>{}{}{}{}</w:p>", r("It burns."), sup("1"), sup("–3"), r(" It is light, 10"))
        + &styled("Heading2", "Two")
        + &p("Last.");
    let document = document(&xml);
    assert_eq!(document.title.as_deref(), Some("Bark burns"));
    assert_eq!(shown(&document), ["One|It burns.1–3|", "One|It is light, 10|", "One>Two|Last.|"]);
    assert_eq!(document.claims[0].raised.len(), 1);
}

#[test]
fn citations_carry_their_works_and_find_them_in_the_printed_list() {
    let xml = styled("Heading1", "One")
        + &format!(
            "<w:p>{}{}{}</w:p>",
            r("It burns "),
            field(&zotero(&[BIRCH, OAK]), &(r("(Roe, 2001; ") + &r("Doe, 1999)"))),
            r(". Yes.")
        )
        + &format!("<w:p>{}{}{}</w:p>", r("So."), field(&zotero(&[OAK]), &sup("2")), r(" Next."))
        + &styled("Heading1", "References")
        + &format!(
            "<w:p>{}{}</w:p>",
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
            r("Doe, J. Oak boats of the north. 1999."),
        )
        + &p("Moe, K. A thing that nobody cites. 1980.")
        + "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let document = document(&xml);
    let claims = ["One|It burns (Roe, 2001; Doe, 1999).|2 0", "One|Yes.|", "One|So.2|0", "One|Next.|"];
    assert_eq!(shown(&document), claims);
    let texts: Vec<&str> = document.references.iter().map(|r| r.text.as_str()).collect();
    let printed = [
        "Doe, J. Oak boats of the north. 1999.",
        "Moe, K. A thing that nobody cites. 1980.",
        "Roe, J. (2001). The bark of birches in winter",
    ];
    assert_eq!(texts, printed);
    let titles: Vec<Option<&str>> =
        document.references.iter().map(|r| r.known.as_ref().and_then(|w| w.get(Field::Title))).collect();
    assert_eq!(titles, [Some("Oak boats of the north"), None, Some("The bark of birches in winter")]);
}

#[test]
fn revisions_are_read_as_accepted() {
    let xml = format!(
        "<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins>{}</w:p>",
        r("It "),
        "<w:r><w:delText>never </w:delText></w:r>",
        r("always "),
        r("burns.")
    ) + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Two that </w:t></w:r></w:p>"
        + &p("are one.")
        + "<w:p><w:moveFrom><w:r><w:t>Gone.</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>";
    assert_eq!(shown(&document(&xml)), ["|It always burns.|", "|Two that are one.|"]);
}

#[test]
fn lists_tables_and_layout() {
    let item = |number: &str, level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr></w:pPr>{}</w:p>",
            r(text)
        )
    };
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|c| format!("<w:tc>{}</w:tc>", p(c))).collect::<String>())
    };
    let xml = styled("Heading1", "Causes")
        + &item("1", 0, "Fire")
        + &item("1", 1, "Of wood")
        + &item("1", 1, "Of bark")
        + &item("1", 0, "Water")
        + &p("A sentence after it.")
        + &format!(
            "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>{}</w:tbl>",
            p("Tree"),
            p("Use"),
            row(&["Oak", "Boats"])
        )
        + &format!("<w:tbl>{}</w:tbl>", row(&["A sentence in a frame."]));
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let rels =
        r#"<Relationships><Relationship Id="r1" Type="http://x/numbering" Target="numbering.xml"/></Relationships>"#;
    let parts = [
        ("word/document.xml", body(&xml)),
        ("word/numbering.xml", numbering.to_owned()),
        ("word/_rels/document.xml.rels", rels.to_owned()),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let document = read(&packed(&parts), &ReadOptions::default()).unwrap();
    let expected = [
        "Causes>1|Fire|",
        "Causes>1>a|Of wood|",
        "Causes>1>b|Of bark|",
        "Causes>2|Water|",
        "Causes|A sentence after it.|",
        "Causes|Oak Boats|",
        "Causes|A sentence in a frame.|",
    ];
    assert_eq!(shown(&document), expected);
    assert_eq!(document.claims.iter().map(|c| c.parent).collect::<Vec<_>>()[..4], [None, Some(0), Some(0), None]);
}

#[test]
fn notes_links_and_sources_of_word() {
    let cited = "<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent><w:fldSimple w:instr=\" CITATION Roe01 \\l 1033 \\m Doe99\"><w:r><w:t>(Roe, 2001; Doe, 1999)</w:t></w:r></w:fldSimple></w:sdtContent></w:sdt>";
    let xml = styled("Heading1", "One")
        + &format!("<w:p>{}{cited}{}</w:p>", r("It burns "), r("."))
        + &format!(
            "<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>",
            r("It is light."),
            r(" It floats.")
        )
        + &styled("Heading1", "References")
        + &format!(
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"ref1\"/>{}<w:hyperlink r:id=\"rId9\">{}</w:hyperlink></w:p>",
            r("Poe, B. (1998). Alder. Wood, 2, 1–2. "),
            r("Link")
        )
        + &styled("Heading1", "Appendix")
        + &format!("<w:p>{}<w:hyperlink w:anchor=\"ref1\">{}</w:hyperlink>{}</w:p>", r("As ["), r("1"), r("] said."));
    let notes = format!(
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"0\">{0}</w:footnote><w:footnote w:id=\"2\"><w:p>{1}{2}</w:p></w:footnote><w:footnote w:id=\"3\">{3}</w:footnote></w:footnotes>",
        p("----"),
        r("See "),
        field("CITATION Doe99", &r("Doe, Oak boats, 12")),
        p("A remark of its own that says something more about it.")
    );
    let sources = r#"<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">
        <b:Source><b:Tag>Roe01</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Birch bark</b:Title><b:Year>2001</b:Year></b:Source>
        <b:Source><b:Tag>Doe99</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Oak boats</b:Title><b:Year>1999</b:Year></b:Source>
        <b:Source><b:Tag>Not00</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Not cited</b:Title></b:Source></b:Sources>"#;
    let rels = r#"<Relationships><Relationship Id="r1" Type="http://x/footnotes" Target="footnotes.xml"/>
        <Relationship Id="r2" Type="http://x/customXml" Target="../customXml/item1.xml"/>
        <Relationship Id="rId9" Type="http://x/hyperlink" Target="https://doi.org/10.5555/alder" TargetMode="External"/></Relationships>"#;
    let whole = body(&xml);
    let parts = [
        ("word/document.xml", whole.as_str()),
        ("word/footnotes.xml", &notes),
        ("word/_rels/document.xml.rels", rels),
        ("customXml/item1.xml", sources),
    ];
    let document = read(&packed(&parts), &ReadOptions::default()).unwrap();
    let expected = [
        "One|It burns (Roe, 2001; Doe, 1999).|1 2",
        "One|It is light.1|2",
        "One|It floats.|",
        "One|A remark of its own that says something more about it.|",
        "Appendix|As [1] said.|0",
    ];
    assert_eq!(shown(&document), expected);
    assert_eq!(document.references.len(), 3);
    assert_eq!(document.references[0].known.as_ref().and_then(|w| w.get(Field::Doi)), Some("10.5555/alder"));
}

#[test]
fn documents_without_styles() {
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let xml = bold("Bark burns in winter")
        + &p("Jane Roe and Ann Doe")
        + &bold("Methods")
        + &p("It burns [1].")
        + &bold("References")
        + &p("1. Roe, J. (2001). Birch bark. Wood, 3, 4–7.");
    let document = document(&xml);
    assert_eq!(document.title.as_deref(), Some("Bark burns in winter"));
    assert_eq!(shown(&document), ["Methods|It burns [1].|"]);
    assert_eq!(document.references[0].label.as_deref(), Some("1"));
}

#[test]
fn contents_are_left_out_and_text_boxes_stand_apart() {
    let contents = format!("<w:p>{}</w:p>", field("TOC \\o", &r("One 3")));
    let frame = "<w:r><w:drawing><wps:txbx xmlns:wps=\"x\"><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></w:r>";
    let xml = contents + &format!("<w:p>{}{frame}{}</w:p>", r("It "), r("burns."));
    assert_eq!(shown(&document(&xml)), ["|It burns.|", "|In a box.|"]);
}

#[test]
fn what_is_refused() {
    let message = |parts: &[(&str, &str)]| read(&packed(parts), &ReadOptions::default()).unwrap_err().to_string();
    assert!(message(&[("a.txt", "x")]).contains("without the part word/document.xml"));
    assert!(message(&[("word/document.xml", "<w:document><w:body>")]).contains("ends inside"));
    assert!(message(&[("word/document.xml", "<!DOCTYPE x><a/>")]).contains("document type"));
    assert_eq!(read(&packed(&[("word/document.xml", &body(""))]), &ReadOptions::default()), Err(ReadError::Empty));
    let whole = packed(&[("word/document.xml", &body(&p("It burns.")))]);
    let cut = read(&whole[..whole.len() / 2], &ReadOptions::default()).unwrap_err().to_string();
    assert!(cut.contains("cut or damaged"), "{cut}");
    // A part that unpacks to a thousand times its size.
    let bomb = body(&" ".repeat(20 << 20));
    assert!(message(&[("word/document.xml", &bomb)]).contains("unpacks to far more"));
    // Elements inside each other.
    let deep = body(&format!("{}{}", "<w:sdt><w:sdtContent>".repeat(50_000), "</w:sdtContent></w:sdt>".repeat(50_000)));
    assert!(read(&packed(&[("word/document.xml", &deep)]), &ReadOptions::default()).is_err());
}

/// What a document of all kinds of parts is made of, for damaging it.
fn sample() -> Vec<(&'static str, String)> {
    let xml = styled("Heading1", "One")
        + &format!(
            "<w:p>{}{}{}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
            r("It "),
            field(&zotero(&[BIRCH]), &sup("1")),
            r(".")
        )
        + &format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("Oak"), p("Boats"))
        + &format!(
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"a\"/><w:del>{}</w:del><w:sdt><w:sdtPr><w:bibliography/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
            r("x"),
            field("BIBLIOGRAPHY", &r("Roe 2001"))
        );
    vec![
        ("word/document.xml", body(&xml)),
        ("word/footnotes.xml", format!("<w:footnotes><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p("A note."))),
        ("word/_rels/document.xml.rels", r#"<Relationships><Relationship Id="r1" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>"#.to_owned()),
    ]
}

fn packed_sample() -> Vec<u8> {
    let parts = sample();
    packed(&parts.iter().map(|(n, t)| (*n, t.as_str())).collect::<Vec<_>>())
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(400))]

    /// Tags that are lost, doubled or swapped cost at most the document.
    #[test]
    fn any_order_of_tags_is_read_or_refused(edits in proptest::collection::vec((0_usize..1000, 0_usize..1000, 0..3), 1..12)) {
        let mut parts = sample();
        let document = parts.iter_mut().find(|p| p.0 == "word/document.xml").unwrap();
        let mut tags: Vec<String> = document.1.split_inclusive('>').map(str::to_owned).collect();
        for (from, to, what) in edits {
            let (from, to) = (from % tags.len(), to % tags.len());
            match what {
                0 => { tags.remove(from); }
                1 => { let tag = tags[from].clone(); tags.insert(to, tag); }
                _ => tags.swap(from, to),
            }
        }
        // Elements that do not nest are refused before anything is read, so they are made to.
        document.1 = nested(&tags);
        let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (*n, t.as_str())).collect();
        if let Ok(document) = read(&packed(&parts), &ReadOptions::default()) {
            for claim in &document.claims {
                assert!(claim.marked.iter().all(|m| m.span.start < m.span.end && m.span.end <= claim.text.chars().count()));
            }
        }
    }

    #[test]
    fn any_damage_to_the_archive_is_read_or_refused(at in 0_usize..10_000, byte: u8, cut in 0_usize..10_000) {
        let mut bytes = packed_sample();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(if cut % 3 == 0 { cut % length } else { length });
        let _ = read(&bytes, &ReadOptions::default());
    }
}

/// The tags with the end tags that nesting needs, and without those that end nothing.
fn nested(tags: &[String]) -> String {
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    for piece in tags {
        let Some(start) = piece.find('<') else { continue };
        out.push_str(&piece[..start]);
        let tag = &piece[start..];
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/'))
            .collect();
        match () {
            () if tag.starts_with("<?") => {}
            () if tag.starts_with("</") => {
                if open.contains(&name) {
                    while let Some(inner) = open.pop() {
                        out.push_str(&format!("</{inner}>"));
                        if inner == name {
                            break;
                        }
                    }
                }
            }
            () => {
                out.push_str(tag);
                if !tag.ends_with("/>") {
                    open.push(name);
                }
            }
        }
    }
    open.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
    out
}
