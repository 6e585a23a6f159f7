//! Whole documents in small: what is cited, what is not, and why.

use super::*;
use crate::reference::{ParsedReference, parse_list};

const LIST: &[&str] = &[
    "Abel A, Boon B, Clay C (1998) Rare things seen twice. Journal of Examples 12:34–56",
    "Baker D, Cole EF (2009) Families and examples. Annals of Samples 3:5–9",
    "Wu G (2008a) Salt in winter. Annals of Samples 4:1–2",
    "Wu G (2008b) Salt in summer. Annals of Samples 4:3–4",
    "World Health Organization (2010) Report on salt. Geneva",
    "Tan H (2006) Ice. Annals of Samples 2:1–3",
    "Tan H (2006) Water under ice. Old Journal 7:11–13",
    "van der Linde J, Nunes da Costa P (2011) Lakes of salt. Old Journal 8:21–30",
    "Society for Old Salt (SOS). 2015. Handbook. Salzburg",
    "Ebert M (in press) Steam. Annals of Samples",
];

fn listed<'a>(list: &[&'a str], parsed: &'a [ParsedReference]) -> Vec<ListedReference<'a>> {
    let one = |(text, parsed): (&&'a str, &'a ParsedReference)| ListedReference {
        text,
        label: None,
        part: None,
        work: &parsed.work,
    };
    list.iter().zip(parsed).map(one).collect()
}

fn shown_with(list: &[&str], passages: &[Passage<'_>]) -> Vec<String> {
    let parsed = parse_list(list);
    let listed = listed(list, &parsed);
    let one = |m: &Mention| {
        let refs: Vec<String> = m.refs.iter().chain(&m.candidates).map(|r| (r + 1).to_string()).collect();
        let mark = match (m.status, m.near_miss) {
            (Status::Resolved, _) => "",
            (Status::Ambiguous, _) => "?",
            (Status::Unresolved, None) => "!",
            (Status::Unresolved, Some(NearMiss::Year)) => "!year ",
            (Status::Unresolved, Some(NearMiss::Name)) => "!name ",
        };
        format!("{} = {mark}{}", m.text, refs.join(","))
    };
    link(&listed, passages).mentions.iter().flatten().map(one).collect()
}

fn shown(text: &str) -> Vec<String> {
    shown_with(LIST, &[Passage::plain(text)])
}

#[test]
fn authors_and_year() {
    for (text, expected) in [
        ("in the skin (Abel et al. 1998) and", "(Abel et al. 1998) = 1"),
        ("x [see Baker & Cole, 2009, p. 3].", "[see Baker & Cole, 2009, p. 3] = 2"),
        ("as Baker and Cole (2009) say", "Baker and Cole (2009) = 2"),
        ("Baker & Cole [2009] did", "Baker & Cole [2009] = 2"),
        ("It rests on Abel and colleagues’ (1998) work", "Abel and colleagues’ (1998) = 1"),
        ("Wu’s (2008b) winter", "Wu’s (2008b) = 4"),
        ("Wu’s equation (2008a)", "Wu’s equation (2008a) = 3"),
        ("salt (WHO, 2010)", "(WHO, 2010) = 5"),
        ("salt (World Health Organization 2010)", "(World Health Organization 2010) = 5"),
        ("salt (SOS, 2015)", "(SOS, 2015) = 9"),
        ("the Society for Old Salt (2015) says", "Society for Old Salt (2015) = 9"),
        ("studied by Van der Linde & Nunes da Costa (2011)", "Van der Linde & Nunes da Costa (2011) = 8"),
        ("(van der Linde and Nunes Da Costa, 2011)", "(van der Linde and Nunes Da Costa, 2011) = 8"),
        ("(BAKER; COLE, 2009, p. 7)", "(BAKER; COLE, 2009, p. 7) = 2"),
        ("(Ebert, in press)", "(Ebert, in press) = 10"),
        ("However Gerda Wu (2008a) said", "Wu (2008a) = 3"),
        ("described inBaker and Cole (2009)", "Baker and Cole (2009) = 2"),
        ("Sodium Abel et al. 1998 x", "Abel et al. 1998 = 1"),
        ("World Health Organization (WHO) (2010)", "World Health Organization (WHO) (2010) = 5"),
        ("(World Health Organization [WHO], 2010)", "(World Health Organization [WHO], 2010) = 5"),
        ("Abel et ses collègues (1998)", "Abel et ses collègues (1998) = 1"),
        ("(Abel e altri, 1998)", "(Abel e altri, 1998) = 1"),
        ("Baker; Cole 2009", "Baker; Cole 2009 = 2"),
        ("(Ebert, in review)", "(Ebert, in review) = 10"),
    ] {
        assert_eq!(shown(text), [expected], "{text}");
    }
}

#[test]
fn several_in_a_row() {
    assert_eq!(
        shown("(Baker & Cole, 2009; see Wu 2008a, b; Abel et al., 1998)"),
        ["Baker & Cole, 2009 = 2", "Wu 2008a = 3", "b = 4", "Abel et al., 1998 = 1"]
    );
    assert_eq!(shown("Wu (2008a, 2008b)"), ["Wu (2008a = 3", "2008b = 4"]);
    assert_eq!(shown("(Wu 2008a [1975], 2008b [1976])"), ["Wu 2008a = 3", "2008b = 4"]);
}

#[test]
fn ambiguous_lists_all_candidates() {
    assert_eq!(shown("(Tan 2006)"), ["(Tan 2006) = ?6,7"]);
    assert_eq!(shown("(Wu, 2008)"), ["(Wu, 2008) = ?3,4"]);
    assert_eq!(shown("(Tan 2006a)"), ["(Tan 2006a) = ?6,7"]);
}

#[test]
fn works_of_one_year_are_told_apart() {
    let list = [
        "Tan, H. Ice [1963]. Vienna: Old House, 2006.",
        "Tan, H. Water [1979]. Vienna: Old House, 2006.",
        "Roe, P. Bark. Vienna: Old House, 2001.",
        "Roe, J. Wood. Vienna: Old House, 2001.",
    ];
    for (text, expected) in [
        ("(Tan, 2006 [1979])", "(Tan, 2006 [1979]) = 2"),
        ("Paul Roe (2001) said", "Roe (2001) = 3"),
        ("Roe (2001) said", "Roe (2001) = ?3,4"),
    ] {
        assert_eq!(shown_with(&list, &[Passage::plain(text)]), [expected], "{text}");
    }
}

#[test]
fn bodies_by_their_acronyms() {
    let list = ["US Salt Protection Agency (2015) Water. Washington: Old House"];
    for text in ["(SPA 2015)", "(USSPA, 2015)", "(US Salt Protection Agency, 2015)"] {
        assert_eq!(shown_with(&list, &[Passage::plain(text)]), [format!("{text} = 1")], "{text}");
    }
}

#[test]
fn near_misses_are_proposed_not_bound() {
    assert_eq!(shown("(Abel et al. 1999)"), ["(Abel et al. 1999) = !year 1"]);
    assert_eq!(shown("(Abbel et al. 1998)"), ["(Abbel et al. 1998) = !name 1"].map(String::from));
    assert_eq!(shown("(Baekr and Cole 2009)"), ["(Baekr and Cole 2009) = !name 2"]);
    assert_eq!(shown("(Baker and Dorn 2009)"), ["(Baker and Dorn 2009) = !2"]);
    assert_eq!(shown("(Smith 1999)"), ["(Smith 1999) = !"]);
    assert_eq!(shown("(Wu 2008c)"), ["(Wu 2008c) = !year 3,4"]);
}

#[test]
fn one_slip_printed_twice_is_none() {
    let text = "(Baker and Cole 2009), (Baker and Cole 2010), (Baker and Cole 2010)";
    assert_eq!(shown(text)[1..], ["(Baker and Cole 2010) = !2", "(Baker and Cole 2010) = !2"]);
}

#[test]
fn what_is_no_citation() {
    for text in [
        "(dystrophic, metastatic, iatrogenic, or idiopathic types)",
        "it began in 1998 (January 2009)",
        "between 1998 and 2004 (1998–2004)",
        "(n = 1998)",
        "in Vienna 1998 we",
        "(see Fig. 3, 2001)",
        "unclosed (Smith 2001",
        "Turdus salinus (Ebel, 1816) and T. salinus (L., 1758)",
        "Source: drawn by the authors (Salzburg, 2020)",
        "How to cite: Dorn, A. B., Ernst, C. D. & Falk, E. (2022). Title.",
        "write to tan2006@example.org, 12 of 14 cm2",
    ] {
        assert_eq!(shown(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn dashes_stand_for_the_authors_before() {
    let list = ["Wu, G. Salt in winter. Vienna: Old House, 2001.", "______. Salt in summer. Vienna: Old House, 2003."];
    assert_eq!(shown_with(&list, &[Passage::plain("(WU, 2003)")]), ["(WU, 2003) = 2"]);
}

#[test]
fn numbers_in_brackets() {
    let text = "Salt [1, 3–5] is old [2],[6]. It melts [7]–[9] [10, p. 3]; m[0] = [0, 1].";
    assert_eq!(shown(text), ["1 = 1", "3–5 = 3,4,5", "[2] = 2", "[6] = 6", "[7]–[9] = 7,8,9", "[10, p. 3] = 10"]);
    let text = "Salt (1,2) is old (3). It melts (4-6), which Fig. (7) and (n = 8) show (7).";
    assert_eq!(
        shown(text),
        ["1 = 1", "2 = 2", "(3) = 3", "4-6 = 4,5,6", "(7) = 7"].map(|s| if s == "4-6 = 4,5,6" {
            "(4-6) = 4,5,6"
        } else {
            s
        })
    );
}

#[test]
fn a_number_that_the_list_has_not() {
    assert_eq!(shown("Salt [1] is old [2], [11]."), ["[1] = 1", "[2] = 2", "[11] = !"]);
    assert_eq!(shown("Salt [1] is old [2] since [1998]."), ["[1] = 1", "[2] = 2"]);
}

#[test]
fn raised_numbers() {
    let html = "Salt<sup>1,2</sup> is old.<sup>3–5</sup> It has 4 m<sup>2</sup> <sup>6</sup>,<sup>7</sup>";
    let plain = "Salt1,2 is old.3–5 It has 4 m2 6,7";
    let runs = superscript_runs(html, plain).unwrap();
    let passage = Passage { text: plain, superscripts: Superscripts::Known(runs) };
    assert_eq!(shown_with(LIST, &[passage]), ["1 = 1", "2 = 2", "3–5 = 3,4,5", "6 = 6", "7 = 7"]);
    assert_eq!(
        shown("Salt^(1,2) is old³, 4 cm^(2) of^(4–6) ice.^(7)"),
        ["1 = 1", "2 = 2", "³ = 3", "4–6 = 4,5,6", "7 = 7"]
    );
    assert_eq!(shown("Salt¹˒² is old³ and ice⁴⁻⁶ melts^7,8^."), ["³ = 3", "⁴⁻⁶ = 4,5,6", "7 = 7", "8 = 8"]);
    let lost = "Salt is old.1,2 It melts3 ice,4–6 says Abel.7 Then 3 men came8 with 12 cm2 of it.9";
    assert_eq!(shown(lost), ["1 = 1", "2 = 2", "3 = 3", "4–6 = 4,5,6", "7 = 7", "8 = 8", "9 = 9"]);
}

#[test]
fn printed_numbers_of_the_list_win() {
    let list = ["3. Abel A (1998) Rare things. J 1:2", "5. Baker D (2009) Families. J 3:4"];
    assert_eq!(shown_with(&list, &[Passage::plain("old [3] and new [5]")]), ["[3] = 1", "[5] = 2"]);
}

#[test]
fn numbers_that_are_no_citations() {
    let text = "Salt [1] is old [2]. The scores t[1] and to[1] of to[1], in the interval [1, 2], x ∈ [3, 4].";
    assert_eq!(shown(text), ["[1] = 1", "[2] = 2"]);
    let equation = [Passage::plain("Salt (1,2) is old (3), and so is ice (4)."), Passage::plain("y = ax + b (2)")];
    assert_eq!(shown_with(LIST, &equation), ["1 = 1", "2 = 2", "(3) = 3", "(4) = 4"]);
    let html = "Salt<sup>1</sup> of [<sup>3</sup>H]ice has r <sup>2</sup> = 0.5,<sup>2</sup> and vitamin C<sup>3</sup>";
    let plain = "Salt1 of [3H]ice has r 2 = 0.5,2 and vitamin C3";
    let passage = Passage { text: plain, superscripts: Superscripts::Known(superscript_runs(html, plain).unwrap()) };
    assert_eq!(shown_with(LIST, &[passage]), ["1 = 1", "2 = 2", "3 = 3"]);
}

#[test]
fn copies_are_not_cited() {
    let list =
        [LIST[0], LIST[1], "Abel A, Boon B, Clay C (1998) Rare things seen twice. Journal of Examples 12:34-56."];
    assert_eq!(shown_with(&list, &[Passage::plain("(Abel et al. 1998)")]), ["(Abel et al. 1998) = 1"]);
}

#[test]
fn spans_count_scalars() {
    let parsed = parse_list(LIST);
    let listed = listed(LIST, &parsed);
    let links = link(&listed, &[Passage::plain("é (Wu 2008b)")]);
    assert_eq!((links.mentions[0][0].span.start, links.mentions[0][0].span.end), (2, 12));
}

#[test]
fn early_numbers_are_found() {
    let mention = |number: usize| Mention {
        text: String::new(),
        span: Span::default(),
        form: MentionForm::Number,
        refs: vec![number],
        candidates: vec![],
        status: Status::Resolved,
        how: String::new(),
        near_miss: None,
    };
    let order = |numbers: &[usize]| out_of_order(&numbers.iter().map(|&n| mention(n)).collect::<Vec<_>>());
    assert_eq!(order(&[0, 1, 2, 3, 1, 4, 5, 6, 7, 9, 8]), [9]);
    assert_eq!(order(&[5, 2, 9, 1, 7, 3]), Vec::<usize>::new());
}

#[test]
fn long_rows_of_marks_take_linear_time() {
    for row in ["[", "()", "1,", "(2006", "2006 ", "Tan, ", "[1,", "and "] {
        let text = row.repeat(20_000);
        assert!(shown(&text).len() <= text.len());
    }
}

#[test]
fn works_of_several_years() {
    let list = [
        "Smith J (1986–1987) Old salt. Annals of Samples 1:1–3",
        "Roe J (1998/99) Melting ice. Annals of Samples 6:1–3",
        "Doe J (2001) Taxes on salt. Annals of Samples 1998–2004",
    ];
    for (text, expected) in [
        ("Salt is old (Smith, 1986–1987).", vec!["(Smith, 1986–1987) = 1"]),
        ("Salt is old (Smith 1986-87; Roe, 1998/99).", vec!["Smith 1986-87 = 1", "Roe, 1998/99 = 2"]),
        ("As Roe (1998–1999) says", vec!["Roe (1998–1999) = 2"]),
        ("Salt is old (Smith, 1986).", vec!["(Smith, 1986) = 1"]),
        ("Salt is old (Smith, 1986 [1954–1961]).", vec!["(Smith, 1986 [1954–1961]) = 1"]),
        // It may be another work; nothing is guessed.
        ("Salt is old (Smith, 1985–1987).", vec!["(Smith, 1985–1987) = !1"]),
        ("Salt is dear (Doe, 1998).", vec!["(Doe, 1998) = !3"]),
        ("Rain fell in Salzburg (1998–2004) and (Poe, 1998–2004).", vec![]),
    ] {
        assert_eq!(shown_with(&list, &[Passage::plain(text)]), expected, "{text}");
    }
}

#[test]
fn authors_whose_names_are_common_words() {
    let list = [
        "May R, Grant A, Doe B (1976) Models of bark. Annals of Samples 3:1–2",
        "Lei C (2001) Rain. Annals of Samples 4:3–5",
        "The Society of Rain (2003) Drops. Geneva",
        "———. (2004) Clouds. Geneva",
    ];
    for (text, expected) in [
        ("Rain fell (Lei 2001).", vec!["(Lei 2001) = 2"]),
        ("as May, Grant, and Doe (1976) saw", vec!["May, Grant, and Doe (1976) = 1"]),
        ("In January, Roe and Poe (1990) did.", vec!["Roe and Poe (1990) = !"]),
        ("It rained in May 1976 and (Table 2001).", vec![]),
        ("(the Society of Rain 2003, 2004)", vec!["Society of Rain 2003 = 3", "2004 = 4"]),
    ] {
        assert_eq!(shown_with(&list, &[Passage::plain(text)]), expected, "{text}");
    }
}

#[test]
fn numbers_of_notes_are_none_of_the_list() {
    let parsed = parse_list(LIST);
    let listed = listed(LIST, &parsed);
    let notes = [(1, vec![4]), (2, vec![]), (3, vec![0, 5])].map(|(number, works)| CitingNote { number, works });
    let links = link_through(&listed, &[Passage::plain("Salt.[1] Ice.[2] Rain.[3]")], &notes);
    let refs: Vec<Vec<usize>> = links.mentions[0].iter().map(|m| m.refs.clone()).collect();
    assert_eq!(refs, [vec![4], vec![0, 5]]);
    assert!(links.mentions[0].iter().all(|m| m.form == MentionForm::Note));
}
