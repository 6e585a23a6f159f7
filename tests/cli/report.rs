//! The report: what is in the file, and how it behaves in a browser.

use std::fmt::Write;

use citetrail::analysis::ClaimId;
use citetrail::review::{Act, ClaimRef, Judgement, Record, RecordId, Timestamp, Verdict, WorkRef};
use citetrail::work::Work;

use super::browser::Browser;
use super::support::{ENTRY, Folder};

/// A project in which something was judged.
fn judged() -> Folder {
    let folder = Folder::with_project();
    for args in [
        &[
            "verdict",
            "early onset",
            "baker2002",
            "supported",
            "--by",
            "Ada",
            "--quote",
            "It began early.",
            "--page",
            "7",
        ][..],
        &["verdict", "with fever", "baker2002", "partly", "--by", "Ada", "--note", "in one family"],
        &["verdict", "with fever", "baker2002", "contradicts", "--by", "Bob"],
    ] {
        folder.ok(args);
    }
    folder
}

#[test]
fn a_report_stands_alone_and_says_what_was_judged() {
    let folder = judged();
    let (_, message) = folder.errors(&["report"]);
    assert_eq!(message, "wrote report.html: 6 claims, 4 works\n");
    let html = folder.read("report.html");
    for part in [
        "<title>Example Disease</title>",
        "<b>1</b> checked",
        "<b>1</b> in conflict",
        "<q>It began early.</q>",
        "place: 7",
        "in one family",
        "⊥ contradicted</strong>, Bob",
        "inherited from <a href=\"#c0-1\">Inherited forms</a> (1 level up)",
        "Baker, D., &amp; Cole, E. F. (2002).",
        "<a href=\"https://doi.org/10.5555/example.2\"",
        "Not all of it is there",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // Nothing is fetched, and nothing but the page's own script and style is allowed.
    assert!(html.contains("default-src 'none'; style-src 'sha256-") && !html.contains("unsafe-"));
    for outside in ["<link", "<img", "<iframe", " src=", "url(", "@import", " style=", " onclick="] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn a_report_of_one_document_needs_no_project() {
    let folder = Folder::with_entry();
    let html = folder.ok(&["report", "--in", "entry.txt", "-o", "-", "--title", "Mine", "--style", "vancouver"]);
    assert!(html.contains("<h1>Mine</h1>") && html.contains("Baker D, Cole EF."));
    assert!(!folder.file("report.html").exists());
}

#[test]
fn only_a_report_is_overwritten() {
    let folder = Folder::with_project();
    folder.ok(&["report"]);
    folder.ok(&["report"]);
    #[cfg(unix)]
    folder.ok(&["report", "-o", "/dev/stderr"]);
    folder.write("notes.html", "<p>mine</p>");
    let (status, message) = folder.errors(&["report", "-o", "notes.html"]);
    assert_eq!(status, 2);
    assert_eq!(
        message,
        "error: notes.html: this file is there and is no report; choose another with -o, or overwrite it with --force\n"
    );
    assert_eq!(folder.read("notes.html"), "<p>mine</p>");
    folder.ok(&["report", "-o", "notes.html", "--force"]);
    assert!(folder.read("notes.html").starts_with("<!DOCTYPE html>"));
    assert_eq!(folder.errors(&["report", "-o", "no/folder/here.html"]).0, 2);
}

/// What a document, a bibliography and a reviewer could try to make a browser do.
const PAYLOADS: [&str; 6] = [
    "<script>window.hurt=1</script>",
    "\"><img src=x onerror=window.hurt=1>",
    "</style><svg onload=window.hurt=1>",
    "javascript:window.hurt=1//",
    "{{constructor.constructor('window.hurt=1')()}}",
    "\u{202e}]]><!--\u{1b}]52;c;x\u{7}",
];

#[test]
fn nothing_in_a_report_acts() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    let all = PAYLOADS.join(" ");
    let document =
        ENTRY.replace("With fever", &format!("With {all} fever")).replace("Causes", &format!("Causes {}", PAYLOADS[1]));
    let document = document.replace("Families and examples", &format!("Families {} and {}", PAYLOADS[0], PAYLOADS[1]));
    folder.write("entry.txt", document);
    folder.write(
        "more.bib",
        format!("@book{{evil, title={{{all}}}, author={{Roe, A.}}, year=2001, url={{javascript:window.hurt=1}}}}\n"),
    );
    folder.ok(&["load", "entry.txt"]);
    folder.ok(&["refs", "add", "--from", "more.bib"]);
    folder.ok(&[
        "verdict",
        "early onset",
        "baker2002",
        "supported",
        "--by",
        &all.replace('\u{1b}', ""),
        "--note",
        &all,
        "--quote",
        &all,
    ]);
    folder.ok(&["report"]);
    let html = folder.read("report.html");
    for tag in ["<script>w", "<img", "<svg onload", "href=\"javascript", "\u{202e}", "\u{1b}", "\u{7}"] {
        assert!(!html.contains(tag), "{tag}");
    }
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&folder.file("report.html"));
    assert_eq!(browser.evaluate("String(window.hurt)"), "undefined");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_report_is_used_in_a_browser() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = judged();
    folder.ok(&["report"]);
    browser.open(&folder.file("report.html"));
    let shown = "document.getElementById('shown').textContent";
    let visible = "[...document.querySelectorAll('li.claim')].filter(c => c.offsetParent).map(c => c.querySelector('.text').textContent).join('|')";
    assert_eq!(browser.evaluate(shown), "6 of 6 claims");
    // Filters: a state, what was judged, words; each with the others.
    browser.evaluate("document.querySelector('input[value=conflict]').click()");
    assert_eq!(browser.evaluate(visible), "With fever");
    browser.evaluate("document.querySelector('input[value=conflict]').click(); document.querySelector('input[value=\"no-source\"]').click()");
    assert_eq!(browser.evaluate(visible), "Acquired forms");
    browser.evaluate("document.querySelector('input[value=inherits]').click()");
    assert_eq!(browser.evaluate(shown), "3 of 6 claims");
    browser.evaluate("const w = document.getElementById('words'); w.value = 'FEVER'; w.dispatchEvent(new Event('input', {bubbles: true}))");
    assert_eq!(browser.evaluate(visible), "With fever");
    browser.evaluate("document.getElementById('words').value = 'xyzzy'; document.getElementById('words').dispatchEvent(new Event('input', {bubbles: true}))");
    assert_eq!(browser.evaluate("String(document.getElementById('nothing').hidden)"), "false");
    browser.evaluate("document.querySelector('button[type=reset]').click(); new Promise(done => setTimeout(done, 20))");
    assert_eq!(browser.evaluate(shown), "6 of 6 claims");
    // A claim shows its works, a work its claims.
    browser
        .evaluate("[...document.querySelectorAll('li.claim .text')].find(t => t.textContent == 'Early onset').click()");
    let open = "[...document.querySelectorAll('li.claim')].find(c => c.querySelector('.text').textContent == 'Early onset').querySelector('details').open";
    assert_eq!(browser.evaluate(&format!("String({open})")), "true");
    assert_eq!(
        browser.evaluate("[...document.querySelectorAll('li.work.related code')].map(c => c.textContent).join()"),
        "baker2002"
    );
    browser.evaluate("[...document.querySelectorAll('li.work')].find(w => w.querySelector('code').textContent == 'baker2002').querySelector('button').click()");
    assert_eq!(browser.evaluate(visible), "Inherited forms|Early onset|With fever");
    // A link to a claim that is filtered away shows it.
    browser.evaluate("location.hash = '#c0-0'; new Promise(done => setTimeout(done, 50))");
    assert_eq!(browser.evaluate("String(!!document.getElementById('c0-0').offsetParent)"), "true");
    // The map's cells differ by shape, and by colour.
    let cells = "[...document.querySelectorAll('svg.map[role] use')]";
    let kinds = format!("[...new Set({cells}.map(u => u.getAttribute('href')))].sort().join()");
    assert_eq!(browser.evaluate(&kinds), "#m-o,#m-s,#m-x");
    let fills = format!("String(new Set({cells}.map(u => getComputedStyle(u).fill)).size)");
    assert_eq!(browser.evaluate(&fills), "3");
    let defined = format!("String({cells}.every(u => document.querySelector(u.getAttribute('href'))))");
    assert_eq!(browser.evaluate(&defined), "true");
    // For keyboards and screen readers: names for all that can be used, one main part, no claim shown by colour alone.
    let unnamed = "[...document.querySelectorAll('input, select, button')].filter(e => e.type != 'button' && e.type != 'reset' && !e.labels.length).length";
    assert_eq!(browser.evaluate(&format!("String({unnamed})")), "0");
    assert_eq!(browser.evaluate("String(document.querySelectorAll('main').length)"), "1");
    let unseen = "[...document.querySelectorAll('li.claim')].filter(c => !c.querySelector('p > b').ariaLabel).length";
    assert_eq!(browser.evaluate(&format!("String({unseen})")), "0");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_report_is_read_without_scripts_and_used_without_a_mouse() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = judged();
    folder.ok(&["report"]);
    browser.open(&folder.file("report.html"));
    let landmarks =
        "[...document.querySelectorAll('header, nav, main, form[role=search], footer')].map(e => e.tagName).join()";
    assert_eq!(browser.evaluate(landmarks), "HEADER,NAV,MAIN,FORM,FOOTER");
    let mut reached = Vec::new();
    for _ in 0..40 {
        browser.tab();
        reached.push(browser.evaluate(
            "(document.activeElement.textContent || document.activeElement.id || document.activeElement.value).trim()",
        ));
    }
    // The first key leads past everything to the claims; then the parts, the filters, the claims' works and details.
    assert_eq!(reached[0], "To the claims");
    let at = |what: &str| reached.iter().position(|r| r == what).unwrap_or_else(|| panic!("{what}: {reached:?}"));
    let order = ["Findings", "words", "conflict", "baker2002✓", "1 source"].map(at);
    assert!(order[..4].is_sorted() && order[4] > order[2], "{reached:?}");
    browser.without_scripts();
    browser.open(&folder.file("report.html"));
    let count =
        |what: &str| format!("String([...document.querySelectorAll('{what}')].filter(e => e.offsetParent).length)");
    assert_eq!(browser.evaluate(&count("li.claim")), "6");
    assert_eq!(browser.evaluate(&count("li.work")), "4");
    // What only a script could serve is not there to be tried.
    assert_eq!(browser.evaluate(&count("button, input")), "0");
}

/// 5,000 claims of two works each, and a verdict with a quote on every pair.
fn many() -> Folder {
    const QUOTE: &str =
        "What was seen in all of these cases was seen again when the same patients came back a year later.";
    let folder = Folder::new();
    folder.ok(&["init"]);
    let mut document = String::from("Many Things\n\nCauses\n\n");
    for i in 0..5_000 {
        let years = (1900 + i % 100, 1900 + (i * 7 + 1) % 100);
        let _ = writeln!(
            document,
            "  • Thing number {i} is one of several that were seen and are told apart (Abel {}, {}).\n",
            years.0, years.1
        );
    }
    document.push_str("References\n\n");
    for year in 1900..2000 {
        let _ = writeln!(
            document,
            "Abel, A. ({year}). Things seen in the year {year}. Journal of Examples, {}, 1–9.\n",
            year - 1899
        );
    }
    folder.write("many.txt", document);
    folder.ok(&["load", "many.txt"]);
    let claims = folder.json(&["claims", "--to", "json"]);
    let mut lines = String::new();
    for (i, claim) in claims["claims"].as_array().unwrap().iter().enumerate() {
        let text = |name: &str| claim[name].as_str().unwrap().to_owned();
        let printed = text("text");
        let claim_ref = ClaimRef::new(ClaimId::from(text("id")), &text("document"), &text("path"), &printed, &printed);
        for (w, key) in claim["sources"].as_array().unwrap().iter().enumerate() {
            let work = WorkRef::of(&Work { key: key.as_str().unwrap().to_owned(), ..Work::default() });
            let verdict = Verdict::ALL[(i + w) % Verdict::ALL.len()];
            let act = Act::Verdict(Judgement {
                claim: claim_ref.clone(),
                work,
                verdict,
                quote: Some(QUOTE.to_owned()),
                page: Some(i.to_string()),
                note: None,
            });
            let (by, at) = ("Ada Lovelace <ada@example.org>".to_owned(), Timestamp::from_micros(i as i64));
            let record = Record { id: RecordId::derive(&act, &by, at, w as u64), act, by, at, tool: "t".to_owned() };
            let _ = writeln!(lines, "{}", serde_json::to_string(&record).unwrap());
        }
    }
    folder.write("verdicts.jsonl", lines);
    folder
}

#[test]
fn a_report_of_many_claims_stays_small() {
    let folder = many();
    folder.ok(&["report"]);
    let html = folder.read("report.html");
    assert_eq!(html.matches("<q>What was seen").count(), 10_000);
    assert!(html.len() < 8_000_000, "{}", html.len());
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&folder.file("report.html"));
    let shown = "document.getElementById('shown').textContent";
    assert_eq!(browser.evaluate(shown), "5000 of 5000 claims");
    browser.evaluate("document.querySelector('input[value=partly]').click()");
    assert_eq!(browser.evaluate(shown), "1668 of 5000 claims");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
