//! Whole references, all invented.

use super::*;
use crate::work::{DateField, Field, Name, WorkKind};

/// "authors; year; title; container; volume(issue):pages".
fn line(raw: &str) -> String {
    let work = parse(raw).work;
    let get = |f| work.get(f).unwrap_or("").to_owned();
    let authors: Vec<String> = work.names(Role::Author).iter().map(Name::cited).collect();
    let et_al = work.contributors.get(&Role::Author).is_some_and(|l| l.incomplete);
    format!(
        "{}{}; {}; {}; {}; {}({}):{}",
        authors.join("+"),
        if et_al { "+…" } else { "" },
        work.year().map(|y| y.to_string()).unwrap_or_default(),
        get(Field::Title),
        get(Field::ContainerTitle),
        get(Field::Volume),
        get(Field::Issue),
        get(Field::Page)
    )
}

#[test]
fn author_year() {
    for (raw, expected) in [
        (
            "Zay, C., Ruiz-Dun, B., Ode, M. H., et al. (2004). Milk-like winter skin. Journal of Skin, 21, 483–485. Article  PubMed  Google Scholar",
            "Zay+Ruiz-Dun+Ode+…; 2004; Milk-like winter skin; Journal of Skin; 21():483–485",
        ),
        ("Zay, R. (2006). Winter skin. Skin Archives, 142, 1238.", "Zay; 2006; Winter skin; Skin Archives; 142():1238"),
        (
            "Zay, R., et al. (2005). Severe winter skin. Pediatric Sk",
            "Zay+…; 2005; Severe winter skin; Pediatric Sk; ():",
        ),
        (
            "Zay, R. (2008). Skin: A review. How is it treated? Skin Surgery, 34(2), e577.",
            "Zay; 2008; Skin: A review. How is it treated?; Skin Surgery; 34(2):e577",
        ),
    ] {
        assert_eq!(line(raw), expected, "{raw}");
    }
}

#[test]
fn german() {
    for (raw, expected) in [
        (
            "Meyer, Karl; Schulz, Anna (1999): Winter und Haut. In: Zeitschrift für Haut, 22. Jg., H. 3, S. 12-34.",
            "Meyer+Schulz; 1999; Winter und Haut; Zeitschrift für Haut; 22(3):12-34",
        ),
        (
            "Meyer, Karl, 1999: Winter und Haut. S. 12-34 in: Hans Schmidt (Hrsg.), Handbuch der Haut. Opladen: Fjord-Verlag.",
            "Meyer; 1999; Winter und Haut; Handbuch der Haut; ():12-34",
        ),
        ("Meyer, Karl/Schulz, Anna (1999): Haut. Frankfurt a.M.: Fjord.", "Meyer+Schulz; 1999; Haut; ; ():"),
    ] {
        assert_eq!(line(raw), expected, "{raw}");
    }
}

#[test]
fn lists_agree_on_the_order_of_names() {
    let list = [
        "Zay C, Ruiz B. Snow. Skin. 2001;1:2.",
        "Ode A, Lee B. Ice. Skin. 2002;2:3.",
        "Fay A, Roe B. Rain. Skin. 2003;3:4.",
        "Roe A. Frost. Skin. 2004;4:5.",
    ];
    let last = parse_list(&list).pop().expect("four references").work;
    assert_eq!((last.names(Role::Author)[0].cited().as_str(), last.get(Field::Title)), ("Roe", Some("Frost")));
}

#[test]
fn a_dash_repeats_the_authors() {
    let list = ["Roe, A. (2001). Winter skin. Oslo: Fjord.", "———. (2003). Summer skin. Oslo: Fjord."];
    assert_eq!(parse_list(&list)[1].work.creators()[0].cited(), "Roe");
    assert!(parse(list[1]).work.creators().is_empty());
}

#[test]
fn spans_and_confidence() {
    let raw = "[3] Roe A, Zay B. Win- ter skin. J Skin Res. 2004;21(3):483-5.";
    let parsed = parse(raw);
    let shown: Vec<(FieldName, String)> = parsed
        .fields
        .iter()
        .map(|f| (f.field, raw.chars().skip(f.span.start).take(f.span.end - f.span.start).collect()))
        .collect();
    assert!(shown.contains(&(FieldName::Title, "Win- ter skin".to_owned())), "{shown:?}");
    assert!(shown.contains(&(FieldName::Volume, "21".to_owned())), "{shown:?}");
    assert!(parsed.fields.iter().all(|f| (0.25..=1.0).contains(&f.confidence)));
}

#[test]
fn a_journal_is_no_family_name() {
    assert_eq!(line("A. Roe Astropart. Phys. 3, 12 (1999)."), "Roe; 1999; ; Astropart. Phys; 3():12");
}

#[test]
fn vancouver() {
    for (raw, expected) in [
        (
            "[12] Zay C, Ruiz B. Winter skin. J Skin. 2004;21(3):483-5.",
            "Zay+Ruiz; 2004; Winter skin; J Skin; 21(3):483-5",
        ),
        ("3. Zay C, Ruiz B, et al. Winter skin. Skin 2004; 21: 48.", "Zay+Ruiz+…; 2004; Winter skin; Skin; 21():48"),
        ("Zay C, Ruiz B: Winter skin. J Skin 2004, 21:48–50.", "Zay+Ruiz; 2004; Winter skin; J Skin; 21():48–50"),
    ] {
        assert_eq!(line(raw), expected, "{raw}");
    }
}

#[test]
fn a_book_without_publisher_has_a_subtitle() {
    let raw = "Zay, Anna: Eis und Land. Zur Lage der Dörfer. 4. Aufl. Hamburg 1990 (= Schriften zur Kälte; 17).";
    assert_eq!(line(raw), "Zay; 1990; Eis und Land. Zur Lage der Dörfer; ; ():");
}

#[test]
fn chinese_japanese_and_korean() {
    for (raw, expected, kind) in [
        (
            "[2] 雪冬冬，冰寒，霜北，等．北方公路研究［J］．中国公路学报，2012，25（4）：45－52．",
            "雪冬冬+冰寒+霜北+…; 2012; 北方公路研究; 中国公路学报; 25(4):45-52",
            WorkKind::ArticleJournal,
        ),
        (
            "[4] 冰寒. 高寒地区建筑研究[D]. 哈尔滨: 北方大学, 2011.",
            "冰寒; 2011; 高寒地区建筑研究; ; ():",
            WorkKind::Thesis,
        ),
        (
            "雪冬冬、冰寒：《冰雪与社会》，《冰雪研究》2014年第3期，第45—52页。",
            "雪冬冬+冰寒; 2014; 冰雪与社会; 冰雪研究; (3):45—52",
            WorkKind::ArticleJournal,
        ),
        (
            "氷川太郎「寒冷地の住まい」『建築と雪』第12巻第3号、2001年、45-58頁。",
            "氷川太郎; 2001; 寒冷地の住まい; 建築と雪; 12(3):45-58",
            WorkKind::ArticleJournal,
        ),
        (
            "霜北. 北方的冬天[N]. 冬天日报, 2009-01-12(4).",
            "霜北; 2009; 北方的冬天; 冬天日报; ():4",
            WorkKind::ArticleNewspaper,
        ),
        ("김설아, 『겨울의 역사』, 서울: 얼음출판사, 2001.", "김설아; 2001; 겨울의 역사; ; ():", WorkKind::Book),
    ] {
        assert_eq!((line(raw).as_str(), parse(raw).work.kind), (expected, kind), "{raw}");
    }
    let edited = parse("雪冬冬主编：《北方冰雪志》，哈尔滨：北国出版社，1999年版。").work;
    assert_eq!((edited.names(Role::Editor)[0].cited().as_str(), edited.names(Role::Author).len()), ("雪冬冬", 0));
}

#[test]
fn pages_of_the_web() {
    let raw = "Zay, J. R., & Ode, L. M. (2009). Winter skin. eSkin from Fjord. Updated January 27, 2009. Available at: http://example.org/article/110-overview.";
    let parsed = parse(raw);
    assert_eq!(line(raw), "Zay+Ode; 2009; Winter skin; eSkin from Fjord; ():");
    assert_eq!(parsed.work.get(Field::Url), Some("http://example.org/article/110-overview"));
    assert_eq!(parsed.work.get(Field::Status), Some("Updated January 27, 2009"));
    assert_eq!(parsed.work.kind, WorkKind::Webpage);
    assert!(!parsed.work.dates.contains_key(&DateField::Accessed));
}

#[test]
fn hostile_strings_do_no_harm() {
    let long = "(".repeat(1_000_000);
    assert_eq!(parse(&long).confidence, 0.0);
    for raw in [
        "",
        " ",
        "\u{1f}\u{1f}",
        "((((((((",
        "=HYPERLINK(\"http://example.org\";\"x\")",
        "@article{x, title={\\input{a}}}",
        "…",
        "&&&& and and and et al. et al.",
        "1999",
        "In In In: In. In",
        "é(é.é, É. (2004) É",
        "“",
        "doi:10.1000/",
        ", , , . . . ; ; ;",
    ] {
        let confidence = parse(raw).confidence;
        assert!((0.0..=1.0).contains(&confidence), "{raw}");
    }
    for unit in [
        "a ",
        "A. ",
        "(1) ",
        "A, B. ",
        "1999 ",
        "“x” ",
        "In: A ",
        "10.1000/a) ",
        "http://a.b) ",
        ")",
        "A (Eds.) ",
        ", 1:2",
        "vol. 1 ",
    ] {
        assert!(parse(&unit.repeat(19_000 / unit.len())).confidence <= 1.0);
    }
}

/// "Author2, A.": wrong would be worse than missing, so the whole name is kept or the field left out with a notice.
#[test]
fn family_names_with_numbers() {
    for (raw, names) in [
        ("Author2, A. (2004). Winter skin of the north. Journal of Skin, 142, 1238–1240.", vec!["Author2"]),
        ("Roe, A., & Zay2, B. (2004). Winter skin. Journal of Skin, 142, 1238.", vec!["Roe", "Zay2"]),
        ("Roe1, A., & Zay2, B. (2004). Winter skin. Journal of Skin, 142, 1238.", vec!["Roe1", "Zay2"]),
    ] {
        let parsed = parse(raw);
        let read: Vec<String> = parsed.work.names(Role::Author).iter().map(Name::cited).collect();
        let left_out = parsed
            .notices
            .iter()
            .any(|notice| matches!(notice, Notice::FieldLeftOut { field: FieldName::Authors, .. }));
        assert!(read == names || (read.is_empty() && left_out), "{raw}: {read:?}");
    }
}
