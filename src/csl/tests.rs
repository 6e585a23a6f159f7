//! Whole renderings of small made-up works: what the passes do together.

use super::*;
use crate::work::{Date, DateField, Field, Name, NameList, Role, WorkKind};

fn work(authors: &[(&str, &str)], year: i32, title: &str) -> Work {
    let mut work = Work { kind: WorkKind::Book, ..Work::default() };
    let names = authors.iter().map(|(family, given)| Name::person(*family, *given)).collect();
    work.contributors.insert(Role::Author, NameList { names, incomplete: false });
    work.dates.insert(DateField::Issued, Date::from_year(year));
    work.set(Field::Title, title);
    work
}

fn style(attributes: &str, layout: &str, bibliography: &str) -> Style {
    let xml = format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>t</title><id>t</id>\
         <updated>2020-01-01T00:00:00+00:00</updated></info><citation {attributes}>{layout}</citation>{bibliography}</style>"
    );
    Style::from_xml(&xml, |_| None).unwrap()
}

/// Names and year, in brackets.
const AUTHOR_YEAR: &str = "<sort><key variable=\"issued\"/></sort><layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><group delimiter=\" \">\
    <names variable=\"author\"><name form=\"short\" and=\"text\" initialize-with=\". \"/></names>\
    <date variable=\"issued\"><date-part name=\"year\"/></date><text variable=\"locator\" prefix=\"at \"/></group></layout>";

const LIST: &str = "<bibliography><sort><key variable=\"author\"/><key variable=\"title\"/></sort><layout suffix=\".\">\
    <names variable=\"author\"/><text variable=\"title\" prefix=\", \"/></layout></bibliography>";

fn cited(style: &Style, works: &[Work], cites: &[usize]) -> String {
    let citation = Citation { cites: cites.iter().map(|w| Cite::of(*w)).collect(), note_number: None };
    render(style, None, works, &[citation]).citations[0].write(Target::Text)
}

#[test]
fn works_that_look_alike_are_told_apart() {
    let works = [
        work(&[("Doe", "Jane")], 2001, "Beta"),
        work(&[("Doe", "Jane")], 2001, "Alpha"),
        work(&[("Doe", "Adam")], 2001, "Gamma"),
        work(&[("Roe", "Ann"), ("Poe", "Ben"), ("Loe", "Cat")], 2001, "Delta"),
        work(&[("Roe", "Ann"), ("Poe", "Ben"), ("Moe", "Dan")], 2001, "Epsilon"),
    ];
    let given = style("disambiguate-add-givenname=\"true\" disambiguate-add-year-suffix=\"true\"", AUTHOR_YEAR, LIST);
    assert_eq!(cited(&given, &works, &[0]), "(J. Doe 2001b)");
    assert_eq!(cited(&given, &works, &[1]), "(J. Doe 2001a)");
    assert_eq!(cited(&given, &works, &[2]), "(A. Doe 2001)");
    let names = style("et-al-min=\"3\" et-al-use-first=\"1\" disambiguate-add-names=\"true\"", AUTHOR_YEAR, LIST);
    assert_eq!(cited(&names, &works, &[3]), "(Roe, Poe, and Loe 2001)");
    assert_eq!(cited(&names, &works[..4], &[3]), "(Roe et al. 2001)");
}

#[test]
fn cites_are_grouped_and_collapsed() {
    let works = [
        work(&[("Doe", "Jane")], 1999, "Alpha"),
        work(&[("Roe", "Ann")], 2000, "Beta"),
        work(&[("Doe", "Jane")], 2001, "Delta"),
        work(&[("Doe", "Jane")], 2001, "Gamma"),
    ];
    let year = style("collapse=\"year\"", AUTHOR_YEAR, LIST);
    assert_eq!(cited(&year, &works, &[1, 2, 0]), "(Doe 1999, 2001; Roe 2000)");
    let suffix = style(
        "collapse=\"year-suffix\" year-suffix-delimiter=\",\" disambiguate-add-year-suffix=\"true\"",
        AUTHOR_YEAR,
        LIST,
    );
    assert_eq!(cited(&suffix, &works, &[2, 3, 1]), "(Roe 2000; Doe 2001a,b)");
    let numeric = style(
        "collapse=\"citation-number\"",
        "<layout prefix=\"[\" suffix=\"]\" delimiter=\", \"><text variable=\"citation-number\"/></layout>",
        "",
    );
    assert_eq!(cited(&numeric, &works, &[0, 1, 2, 3]), "[1–4]");
    assert_eq!(cited(&numeric, &works, &[3, 1]), "[1, 2]");
}

#[test]
fn parts_of_a_cite() {
    let works = [work(&[("Doe", "Jane")], 1999, "Alpha"), work(&[], 1998, "Beta")];
    let style = style("", AUTHOR_YEAR, LIST);
    let one = |cite: Cite<'_>| {
        let citation = Citation { cites: vec![cite], note_number: None };
        render(&style, None, &works, &[citation]).citations[0].write(Target::Text)
    };
    for (mode, expected) in [
        (CiteMode::Normal, "(Doe 1999)"),
        (CiteMode::AuthorOnly, "Doe"),
        (CiteMode::SuppressAuthor, "(1999)"),
        (CiteMode::Composite, "Doe (1999)"),
    ] {
        assert_eq!(one(Cite { mode, ..Cite::of(0) }), expected);
    }
    let locator = Some(Place { label: LocatorLabel::PAGE, value: "12-14" });
    assert_eq!(
        one(Cite { locator, prefix: "see", suffix: "and others", ..Cite::of(0) }),
        "(see Doe 1999 at 12–14 and others)"
    );
    assert_eq!(one(Cite::of(7)), "", "a cite of no work is left out");
}

#[test]
fn positions() {
    let works = [work(&[("Doe", "Jane")], 1999, "Alpha"), work(&[("Roe", "Ann")], 2000, "Beta")];
    let xml = "<layout><choose><if position=\"ibid\"><text term=\"ibid\"/></if><else-if position=\"subsequent\">\
        <text variable=\"first-reference-note-number\" prefix=\"n. \"/></else-if><else><text variable=\"title\"/></else></choose></layout>";
    let style = style("", xml, "");
    let note = |work, number| Citation { note_number: Some(number), ..Citation::of(work) };
    let rendered = render(&style, None, &works, &[note(0, 1), note(0, 2), note(1, 3), note(0, 4)]);
    let texts: Vec<String> = rendered.citations.iter().map(Output::plain).collect();
    assert_eq!(texts, ["Alpha", "ibid.", "Beta", "n. 1"]);
}

#[test]
fn lists() {
    let mut edited = work(&[], 2010, "Handbook");
    let editors = vec![Name::person("Poe", "Ben"), Name::person("Loe", "Cat")];
    edited.contributors.insert(Role::Editor, NameList { names: editors, incomplete: false });
    edited.set(Field::Doi, "10.1000/x");
    let names = "<bibliography subsequent-author-substitute=\"—\"><layout suffix=\".\"><group delimiter=\". \">\
        <names variable=\"author\"><label form=\"short\" prefix=\", \"/><substitute><names variable=\"editor\"/></substitute></names>\
        <text variable=\"title\" font-style=\"italic\"/><text variable=\"DOI\" prefix=\"https://doi.org/\"/></group></layout></bibliography>";
    let style = style("", AUTHOR_YEAR, names);
    let works = [edited.clone(), edited];
    let rendered = render(&style, None, &works, &[]);
    let html: Vec<String> = rendered.bibliography.iter().map(|e| e.output.write(Target::Html)).collect();
    let rest = "<i>Handbook</i>. <a href=\"https://doi.org/10.1000/x\">https://doi.org/10.1000/x</a>.";
    assert_eq!(html, [format!("Ben Poe, Cat Loe, eds. {rest}"), format!("—, eds. {rest}")]);
}

#[test]
fn a_thousand_works_of_one_author_and_year() {
    let works: Vec<Work> =
        (0..1000).map(|n| work(&[("Doe", "Jane"), ("Roe", "Ann")], 2001, &format!("Title {n:04}"))).collect();
    let style = style(
        "disambiguate-add-names=\"true\" disambiguate-add-givenname=\"true\" disambiguate-add-year-suffix=\"true\"",
        AUTHOR_YEAR,
        LIST,
    );
    assert_eq!(cited(&style, &works, &[999]), "(Doe and Roe 2001all)");
}

/// What stands in for missing authors; `inner` is what the macro of the authors holds.
fn anonymous(inner: &str) -> String {
    let layout = "<layout prefix=\"(\" suffix=\")\"><group delimiter=\", \"><text macro=\"who\"/>\
        <date variable=\"issued\"><date-part name=\"year\"/></date></group></layout>";
    let list = format!("<macro name=\"who\">{inner}</macro>");
    let style = style("", layout, &list);
    cited(&style, &[work(&[], 2001, "Alpha")], &[0])
}

#[test]
fn a_word_for_missing_authors_is_no_variable() {
    let word = "<names variable=\"author\"><substitute><text value=\"Anon.\"/></substitute></names>";
    assert_eq!(anonymous(word), "(2001)", "a macro that asks only for names that are not there is dropped");
    assert_eq!(
        anonymous(&word.replace("<text value=\"Anon.\"/>", "<group><text value=\"Anon.\"/></group>")),
        "(Anon., 2001)"
    );
    assert_eq!(anonymous(&word.replace("<text value=\"Anon.\"/>", "<text variable=\"title\"/>")), "(Alpha, 2001)");
}

#[test]
fn a_dash_stands_only_for_the_same_people() {
    let list = LIST.replace("<bibliography>", "<bibliography subsequent-author-substitute=\"———\">");
    let list = list
        .replace("<names variable=\"author\"/>", "<names variable=\"author\"><name initialize-with=\".\"/></names>");
    let style = style("", AUTHOR_YEAR, &list);
    let works = [
        work(&[("Doe", "Jane")], 2001, "Alpha"),
        work(&[("Doe", "Jane")], 2002, "Beta"),
        work(&[("Doe", "John")], 2003, "Gamma"),
    ];
    let entries: Vec<String> =
        render(&style, None, &works, &[]).bibliography.iter().map(|e| e.output.write(Target::Text)).collect();
    assert_eq!(entries, ["J. Doe, Alpha.", "———, Beta.", "J. Doe, Gamma."]);
}

#[test]
fn periods_are_stripped_from_texts_and_not_from_affixes() {
    let list = "<macro name=\"t\"><text variable=\"title\" suffix=\".\"/></macro><bibliography><layout>\
        <text macro=\"t\" strip-periods=\"true\"/><text value=\" 2001\"/></layout></bibliography>";
    let style = style("", AUTHOR_YEAR, list);
    let works = [work(&[("Doe", "Jane")], 2001, "J. Made Up Res.")];
    assert_eq!(render(&style, None, &works, &[]).bibliography[0].output.write(Target::Text), "J Made Up Res. 2001");
}

#[test]
fn names_left_out_of_a_list_cut_short() {
    let list = |attributes: &str, affixes: &str| {
        let list = format!(
            "<bibliography {attributes}><layout><names variable=\"author\"><name form=\"short\" delimiter=\", \"{affixes}/>\
             </names><text value=\" 2001\"/></layout></bibliography>"
        );
        let style = style("", AUTHOR_YEAR, &list);
        let people = ["Ash", "Bay", "Cox", "Day", "Elm"].map(|family| (family, "A."));
        let works = [work(&people, 2001, "Alpha")];
        render(&style, None, &works, &[]).bibliography[0].output.write(Target::Text)
    };
    assert_eq!(list("et-al-min=\"4\" et-al-use-first=\"1\"", ""), "Ash et al. 2001");
    // The suffix of names ends a list that is cut short, too.
    assert_eq!(list("et-al-min=\"4\" et-al-use-first=\"1\"", " suffix=\",\""), "Ash, et al., 2001");
    assert_eq!(list("et-al-min=\"4\" et-al-use-first=\"2\" et-al-use-last=\"true\"", ""), "Ash, Bay, … Elm 2001");
    assert_eq!(list("et-al-min=\"4\" et-al-use-first=\"3\" et-al-use-last=\"true\"", ""), "Ash, Bay, … Elm 2001");
}
