//! The shapes of publishers' pages in small: what is text, what cites, what is an entry.

use super::*;
use crate::document::CitedTarget;
use crate::work::Field;

/// The claims with the references they cite, and the references with their labels.
fn shown(body: &str) -> (Vec<String>, Vec<String>) {
    let page = format!("<html><head><meta name=\"citation_title\" content=\"Bark\"></head><body>{body}</body></html>");
    let document = read(page.as_bytes(), &ReadOptions::default()).unwrap();
    let claim = |c: &super::super::Claim| {
        let targets = c.marked.iter().flat_map(|m| &m.targets);
        let cited: Vec<String> =
            targets.map(|t| if let CitedTarget::Reference(i) = t { i.to_string() } else { "?".into() }).collect();
        format!("{} {{{}}}", c.text, cited.join(" "))
    };
    let reference = |r: &super::super::RawReference| match &r.label {
        Some(label) => format!("{label}|{}", r.text),
        None => r.text.clone(),
    };
    (document.claims.iter().map(claim).collect(), document.references.iter().map(reference).collect())
}

const ROE: &str = "Roe J. Birch bark. Wood. 2001;3:4–7.";
const DOE: &str = "Doe A, Fox B. Alder. Wood. 1999;1:12–19.";

#[test]
fn numbers_in_elements_of_their_own() {
    let (claims, references) = shown(&format!(
        "<p>Bark burns.<sup><a href=\"#r1\">1</a>–<a href=\"#r2\">2</a></sup> So does wood.</p>
         <section class=\"ref-list\"><h2>References</h2><ul class=\"ref-list\">
         <li id=\"r1\"><span class=\"label\">1.</span><cite>{ROE}</cite> [<a href=\"x\">PMC free article</a>]</li>
         <li data-bib-id=\"r2\"><span class=\"bullet\">2</span>{DOE}</li></ul></section>"
    ));
    assert_eq!(claims, ["Bark burns.1–2 {0 1}", "So does wood. {}"]);
    assert_eq!(references, [format!("1|{ROE}"), format!("2|{DOE}")]);
}

#[test]
fn entries_made_of_blocks() {
    let (claims, references) = shown(
        "<p>Bark is old (<a href=\"javascript:;\" reveal-id=\"b1\">Roe 2001</a>).</p><h2>References</h2><div class=\"ref-list\">
         <div content-id=\"b1\"><div><span><a>1</a></span></div><div><span class=\"citation\"><div class=\"name\"><div
         class=\"surname\">Roe</div> <div class=\"given-names\">J.</div></div> (<div class=\"year\">2001</div>), <div
         class=\"article-title\">Birch bark</div>, Wood, 3: 4–7.</span><div class=\"citation-links\">Google Scholar</div></div></div>
         <div content-id=\"b2\"><span class=\"label\">Doe, 1999</span><span><div class=\"authors\">A. Doe, B. Fox</div><div>Alder
         bark</div></span><div>Wood, 1 (1999), pp. 12-19</div></div></div>",
    );
    assert_eq!(claims, ["Bark is old (Roe 2001). {0}"]);
    let expected = [
        "1|Roe J. (2001), Birch bark, Wood, 3: 4–7.",
        "Doe, 1999|A. Doe, B. Fox. Alder bark. Wood, 1 (1999), pp. 12-19",
    ];
    assert_eq!(references, expected);
}

#[test]
fn entries_that_are_paragraphs() {
    let (claims, references) = shown(&format!(
        "<h2>One</h2><p>Bark is old (<a href=\"#B2\">Doe and Fox</a>).</p><h2>References</h2>
         <p><a name=\"B1\"></a>{ROE}</p><p class=\"ReferencesCopy2\">PubMed Abstract | CrossRef Full Text | Google Scholar</p>
         <p><a name=\"B2\"></a>{DOE}</p><p>Keywords: bark, wood</p><p>Citation: Roe J (2020) Bark. Wood 3:4.</p>"
    ));
    assert_eq!(claims, ["Bark is old (Doe and Fox). {1}"]);
    assert_eq!(references, [ROE, DOE]);
}

#[test]
fn short_notes_lead_to_works() {
    let (claims, references) = shown(
        "<p>Bark is light.<sup><a href=\"#n1\">[1]</a></sup><sup>: 30 </sup> It burns.<sup><a href=\"#n2\">[2]</a></sup></p>
         <h2>References</h2><ol class=\"references\"><li id=\"n1\"><a href=\"#CITEREFRoe2001\">Roe 2001</a>, p. 3.</li>
         <li id=\"n2\">Lee, C. (2010). Burning bark. Fire. 4: 1–9.</li></ol>
         <h3>Bibliography</h3><ul><li><cite id=\"CITEREFRoe2001\">Roe, Jane (2001). Birch bark. Oslo: Wood Press.</cite></li></ul>",
    );
    assert_eq!(claims, ["Bark is light.[1]: 30 {1}", "It burns.[2] {0}"]);
    assert_eq!(
        references,
        ["Lee, C. (2010). Burning bark. Fire. 4: 1–9.", "Roe, Jane (2001). Birch bark. Oslo: Wood Press."]
    );
}

#[test]
fn what_a_page_says_of_itself() {
    let (claims, _) = shown(
        "<p>Wood Letters Volume 3</p><h2>Abstract</h2><p>Bark burns well.</p><p>Citation: Roe J (2020) Bark. Wood 3:4.</p>
         <div class=\"section toc-section\"><h2>Growth</h2><p>It grew.</p><h4>Figure 1</h4><p>Open in a new tab</p>
         <p>Fig. 1. A tree.</p><p>Full size image</p></div><h2>See also</h2><ul><li>Alder bark</li></ul>
         <h2>References</h2><p>© 2020 by the authors.</p>",
    );
    assert_eq!(claims, ["Bark burns well. {}", "It grew. {}", "Fig. 1. A tree. {}"]);
}

const PAGE: &str = r##"<!doctype html><html><head><title>Bark | Wood</title><meta name="citation_title" content="Bark burns">
    <meta name="citation_journal_title" content="Wood"><meta name="citation_doi" content="10.5555/w1"></head><body>
    <nav><ul><li>Home</li></ul></nav><main><article><h1>Bark burns</h1><div class="share-buttons">Share this now.</div>
    <h2>One</h2><p>It burns.<sup><a href="#r1">1</a>–<a href="#r3">3</a></sup> See <a href="#f1">Fig. 1</a>.</p>
    <ol><li>First <a href="https://x.org/page#r2">[2]</a><ul><li>inner</li></ul></li></ol>
    <table><tr><th>Tree</th></tr><tr><td>Oak</td><td>Boats</td></tr></table>
    <h2>References</h2><ol class="references"><li id="r1">Roe, J. (2001). Birch bark. Wood, 3, 4–7.
    <a href="https://doi.org/10.5555/b1">CrossRef</a></li><li id="r2">Doe, A. (1999). Alder. Wood, 1, 12–19.</li>
    <li id="r3">Poe, B. (1998). Oak. Wood, 2, 1–2.</li></ol><h2>Similar articles</h2><p>Other bark burns too.</p></article></main>
    <footer><p>All rights are reserved here.</p></footer></body></html>"##;

#[test]
fn a_page() {
    let document = read(PAGE.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Bark burns"));
    assert_eq!(document.container.as_deref(), Some("Wood"));
    let shown: Vec<String> = document
        .claims
        .iter()
        .map(|c| {
            let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
            let targets = c.marked.iter().flat_map(|m| &m.targets);
            let targets: Vec<String> =
                targets.map(|t| if let CitedTarget::Reference(i) = t { i.to_string() } else { "?".into() }).collect();
            format!("{}|{}|{}", path.join(">"), c.text, targets.join(" "))
        })
        .collect();
    let expected =
        ["One|It burns.1–3|0 1 2", "One|See Fig. 1.|", "One>1|First [2]|1", "One>1|inner|", "One|Oak Boats|"];
    assert_eq!(shown, expected);
    assert_eq!(document.references[0].text, "Roe, J. (2001). Birch bark. Wood, 3, 4–7.");
    assert_eq!(document.references[0].known.as_ref().and_then(|w| w.get(Field::Doi)), Some("10.5555/b1"));
    assert_eq!(document.sections.len(), 2);
}

#[test]
fn damage() {
    for text in ["<html>", "<html><a href='#", "<html><ul><li><ul><li>", "<html><table><td>x", "<html></p></div>"] {
        let _ = read(text.as_bytes(), &ReadOptions::default());
    }
}

#[test]
fn footnotes_below_a_list_are_text() {
    let (claims, references) = shown(&format!(
        "<h2>One</h2><p>Bark burns<a href=\"#fn1\" class=\"footnote-ref\"><sup>1</sup></a> (Roe 2001).</p><h2>References</h2>
         <div id=\"refs\" class=\"references csl-bib-body\"><div id=\"ref-roe\" class=\"csl-entry\">{ROE}</div></div>
         <section class=\"footnotes\"><hr/><ol><li id=\"fn1\"><p>So says Doe, see http://example.org/1.<a href=\"#fnref1\"
         class=\"footnote-back\">↩︎</a></p></li></ol></section>"
    ));
    assert_eq!(claims, ["Bark burns (Roe 2001). {}", "So says Doe, see http://example.org/1. {}"]);
    assert_eq!(references, [ROE]);
}

#[test]
fn footnotes_that_are_the_list() {
    let (claims, references) = shown(&format!(
        "<p>Bark burns.<a href=\"#fn1\" class=\"footnote-ref\" role=\"doc-noteref\"><sup>1</sup></a></p>
         <section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn1\">{ROE}</li></ol></section>"
    ));
    assert_eq!(claims, ["Bark burns.1 {0}"]);
    assert_eq!(references, [ROE]);
}

#[test]
fn footnotes_where_they_are_marked() {
    let note = |text: &str| {
        format!(
            "<span class=\"ltx_note ltx_role_footnote\"><sup class=\"ltx_note_mark\">1</sup><span class=\"ltx_note_content\">\
             <span class=\"ltx_tag ltx_tag_note\">1</span>{text}</span></span>"
        )
    };
    let (claims, _) = shown(&format!(
        "<p>Bark burns{} in fire.{}</p><ul><li><span class=\"ltx_tag ltx_tag_item\">(b)</span> Oak</li></ul>
         <h2>References</h2><ul class=\"ltx_biblist\"><li id=\"b1\">{ROE}<span class=\"ltx_bib_cited\">Cited by: §1.</span></li></ul>",
        note("So does wood."),
        note("[<a href=\"#b1\">1</a>].")
    ));
    assert_eq!(claims, ["Bark burns in fire. [1]. {0}", "So does wood. {}", "Oak {}"]);
}

#[test]
fn lists_of_one_entry_and_of_several() {
    let (claims, references) = shown(&format!(
        "<h1>Bark<a class=\"headerlink\" href=\"#bark\">¶</a></h1><p>Bark burns [<a href=\"#d\">Doe99</a>].</p>
         <section id=\"references\"><h2>References<a class=\"headerlink\" href=\"#references\">¶</a></h2>
         <div class=\"citation-list\"><div class=\"citation\" id=\"r\" role=\"doc-biblioentry\"><p>{ROE}</p></div></div>
         <div class=\"citation-list\"><div class=\"citation\" id=\"d\" role=\"doc-biblioentry\"><p>{DOE}</p></div>
         <div class=\"citation\" id=\"e\" role=\"doc-biblioentry\"><p>Poe C. Oak. Wood. 1990;1:2–3.</p></div></div></section>"
    ));
    assert_eq!(claims, ["Bark burns [Doe99]. {1}"]);
    assert_eq!(references.len(), 3);
}

#[test]
fn footnotes_that_name_works_of_the_list() {
    let note = |n: u32, text: &str| {
        format!("<li id=\"fn{n}\"><p>{text}<a href=\"#fnref{n}\" class=\"footnote-back\">↩︎</a></p></li>")
    };
    let mark = |n: u32| format!("<a href=\"#fn{n}\" class=\"footnote-ref\"><sup>{n}</sup></a>");
    let (claims, references) = shown(&format!(
        "<p>Bark burns.{} So does oak.{} Tar was dear.{}</p><h2>References</h2><div class=\"references csl-bib-body\">
         <div class=\"csl-entry\">Poe, Bernd. <em>Oak Boats of the Coast</em>. Quay Press, 1998.</div>
         <div class=\"csl-entry\">Roe, Jane. “The Bark of Birches.” <em>Wood</em> 3 (2001): 4–17.</div></div>
         <section class=\"footnotes\"><ol>{}{}{}</ol></section>",
        mark(1),
        mark(2),
        mark(3),
        note(1, "Jane Roe, “The Bark of Birches,” <em>Wood</em> 3 (2001): 5."),
        note(2, "Poe, <em>Oak Boats of the Coast</em>, 7."),
        note(3, "Prices are lost.")
    ));
    assert_eq!(claims, ["Bark burns.1 {1}", "So does oak.2 {0}", "Tar was dear. {}", "Prices are lost. {}"]);
    assert_eq!(references.len(), 2);
}

#[test]
fn notes_within_notes_are_read_once() {
    let (open, close) = ("<span class=\"ltx_note\">".repeat(100), "</span>".repeat(100));
    let (claims, _) = shown(&format!("<p>Bark burns.{open}1{close}</p>"));
    assert_eq!(claims, ["Bark burns. {}"]);
}
