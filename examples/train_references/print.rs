//! Records → printed references that know their fields: through the styles of the program, and through forms of
//! our own that no style has.

use citetrail::csl::{Node, Output, Source, Style, render};
use citetrail::reference::training::Label;
use citetrail::work::{DateField, Field, Role, Work};

use crate::noise::Labelled;
use crate::random::Random;
use crate::records::{Kind, Pool, Record};

/// Prints lists of `size` records, each in a style drawn at random.
pub fn styled(pool: &Pool, lists: usize, size: usize, random: &mut Random) -> Vec<Labelled> {
    let names: Vec<&str> = Style::list().map(|s| s.name).collect();
    let mut out = Vec::new();
    for _ in 0..lists {
        let Ok(style) = Style::bundled(random.pick(&names)) else { continue };
        let german = random.chance(250);
        let locale = if german {
            Some("de-DE")
        } else {
            random.pick(&[None, None, None, None, Some("en-GB"), Some("fr-FR"), Some("es-ES"), Some("it-IT")])
        };
        let records: Vec<Record> = (0..size).map(|_| pool.draw(random)).collect();
        let works: Vec<Work> = records.iter().map(|r| r.work(random)).collect();
        for entry in render(&style, locale, &works, &[]).bibliography {
            let mut text = Labelled::default();
            put_output(&entry.output, &mut text);
            if text.0.len() > 20 {
                out.push(text);
            }
        }
    }
    out
}

fn put_output(output: &Output, text: &mut Labelled) {
    fn walk(nodes: &[Node], text: &mut Labelled) {
        for node in nodes {
            match node {
                Node::Run(run) => text.put(&run.text, label(run.source)),
                Node::Span(span) => {
                    // What stands in the margin is printed with a space behind it.
                    let before = text.0.len();
                    walk(&span.children, text);
                    if matches!(span.mark, citetrail::csl::Mark::Block(_)) && text.0.len() > before {
                        text.put(" ", Label::Other);
                    }
                }
            }
        }
    }
    walk(&output.nodes, text);
}

fn label(source: Source) -> Label {
    match source {
        Source::Names(Role::Author) => Label::Author,
        Source::Names(_) => Label::Editor,
        Source::Date(DateField::Issued) | Source::YearSuffix => Label::Date,
        Source::Field(Field::Title | Field::TitleShort) => Label::Title,
        Source::Field(Field::ContainerTitle | Field::ContainerTitleShort) => Label::Container,
        Source::Field(Field::CollectionTitle | Field::CollectionNumber) => Label::Series,
        Source::Field(Field::Volume) => Label::Volume,
        Source::Field(Field::Issue) => Label::Issue,
        Source::Field(Field::Page) => Label::Pages,
        Source::Field(Field::Publisher) => Label::Publisher,
        Source::Field(Field::PublisherPlace) => Label::Place,
        Source::Field(Field::Edition | Field::Genre) => Label::Note,
        _ => Label::Other,
    }
}

const ARTICLES: &[&str] = &[
    "{A} ({Y}): {T}. In: {C}, {V}. Jg., H. {I}, S. {P}.",
    "{A} ({Y}): {T}. In: {C} {V} ({I}), S. {P}.",
    "{A} ({Y}): {T}, in: {C}, {V}, {I}, S. {P}.",
    "{A}, {Y}: {T}. {C} {V}: {P}.",
    "{A}, {Y}: {T}. {C}, {V} ({I}): {P}.",
    "{A} ({Y}). {T}. {C}, {V}, {P}.",
    "{A} ({Y}). {T}. {C}, {V}({I}), {P}.",
    "{A} {Y}. {T}. {C} {V}({I}): {P}.",
    "{A}, '{T}', {C}, vol. {V}, no. {I}, {Y}, pp. {P}.",
    "{A}. “{T}.” {C} {V}, no. {I} ({Y}): {P}.",
    "{A}: {T}. In: {C}, Heft {I}/{Y}, S. {P}",
    "{A} ({Y}), {T}, {C}, Bd. {V}, S. {P}.",
    "{A}. {T}. {C} {Y};{V}({I}):{P}.",
    "{A}, {C} {V}, {P} ({Y}).",
    "{A}, {T}, {C} {V} ({Y}) {P}",
    "{A} {C} {V}, {P} ({Y})",
    "{A}, {T}, {C}, {V} ({Y}), S. {P}.",
    "{A} ({Y}) ‘{T}’, {C}, {V} ({I}), {P}.",
    "{A} ({Y}) {T}. {C} {V}: {P}.",
    "{A} ({Y}), “{T}”, {C}, Vol. {V} No. {I}, pp. {P}.",
    "{A}: {T}. {C} {V}:{P}, {Y}",
    "{A}: {T}, in: {C} {V} ({Y}), S. {P}.",
    "{A} ({Y}): {T}. In: {C}, Nr. {I}, {P}.",
    "{A}. {Y}. “{T}.” {C} {V}:{P}.",
    "{A}. {T}. {C}, {V}({I}):{P}, {Y}.",
    "{A} ({Y}): {T}. {C}, Jg. {V}, Heft {I}, S. {P}.",
    "{A}, {Y}. {T}. {C} {V}, {P}.",
    "{A} ({Y}): „{T}“, {C} {V}, {P}.",
    "{A} ({Y}): \"{T}\". {C} {V} ({I}): {P}",
    "{A} {Y}: {T}. {C} {V}, S. {P}",
    "{A}, {T}. {C}, {V} ({I}), {P}, {Y}.",
    "{A} ({Y}): {T}. In: {C}. H. {I}. {Y}. S. {P}",
    "{A} ({Y}): {T}, {C} {V} ({I}): {P}",
    "{A} {T}. {C} {Y}, {V}, {P}",
    "{A} ({Y}): {T}. {C} Vol. {V}, {I}: {P}.",
    "{A}, ‘{T}’, {C} n.s. {V}.{I} ({Y}), pp. {P}.",
    "{A}, ‘{T}’, {C} {V} ({Y}), pp. {P}.",
    "{A}, «{T}», {C}, {V}, {Y}, pp. {P}.",
    "{A}, « {T} », {C}, n° {I}, {Y}, p. {P}.",
    "{A}, ‘{T}’, {C} {V}, {Y}, {P}.",
    "{A}: {T}. {C}. {Y};{V}({I}):{P}.",
    "{A}: {T}. {C} {Y}, {V}({I}):{P}.",
    "{A}: {T}. {C}, {Y}; {V}: {P}.",
];

const BOOKS: &[&str] = &[
    "{A} ({Y}): {T}. {L}: {U}.",
    "{A}, {Y}: {T}. {L}: {U}.",
    "{A} ({Y}): {T}, {L}.",
    "{A} ({Y}): {T}. {L}.",
    "{A} ({Y}): {T}. {N} {L}: {U}.",
    "{A}, {T}, {L} {Y}.",
    "{A}: {T}. {L} {Y}",
    "{A}: {T}. {N} {L} {Y}.",
    "{A} ({Y}). {T}. {L}: {U}.",
    "{A} ({Y}). {T} ({N}). {L}: {U}.",
    "{A}. {Y}. {T}. {U}, {L}.",
    "{A}. {T}. {L}: {U}, {Y}.",
    "{A}. {T}. {U}, {Y}.",
    "{A} ({Y}) {T}, {L}: {U}",
    "{A} ({Y}), {T}, {U}, {L}.",
    "{A}, {T} ({L}: {U}, {Y}).",
    "{A}, {T} ({L}, {Y})",
    "{A}, {T} ({U}, {L}, {Y}).",
    "{E} (Hrsg.) ({Y}): {T}. {L}: {U}.",
    "{E} (Hg.), {Y}: {T}. {L}: {U}.",
    "{E} (Eds.) ({Y}). {T}. {L}: {U}.",
    "{E}, eds. {T}. {L}: {U}, {Y}.",
    "{E} (ed.) ({Y}): {T}. {L}",
    "{A} {Y}: {T}. {L}: {U}",
    "{A}, {Y}. {T}. {L}: {U}.",
    "{A} ({Y}) {T} ({L}: {U}).",
    "{A} ({Y}): {T}, {L}: {U}.",
    "{A}, {T}, {U}: {L} {Y}.",
    "{A}, {Y}, {T}, {U}, {L}.",
    "{A}, {T}. {U} ({Y}).",
    "{A} ({Y}): {T} ({S}). {L}: {U}.",
    "{A}. {T}. {S}. {U}, {L}, {Y}.",
    "{A}, {T}, {L} {Y}",
    "{A}, {T}. {L} {Y}.",
    "{A}, {T}, {L}, {U}, {Y}.",
    "{A}: {T}. {U}, {L}, {Y}.",
    "{A}: {T}. {U}, {Y}.",
    "{A}: {T}. {S}. {U}, {Y}.",
    "{A}: {T}. {L}: {U}, {Y}.",
];

const CHAPTERS: &[&str] = &[
    "{A} ({Y}): {T}. In: {E} (Hrsg.): {C}. {L}: {U}, S. {P}.",
    "{A}, {Y}: {T}. S. {P} in: {E} (Hrsg.), {C}. {L}: {U}.",
    "{A} ({Y}): {T}, in: {E} (Hg.), {C}, {L}, S. {P}",
    "{A} ({Y}): {T}. In: {E} (Hg.): {C}. {L}: {U}, {P}.",
    "{A} ({Y}). {T}. In {E} (Hrsg.), {C} (S. {P}). {L}: {U}.",
    "{A} ({Y}). {T}. In {E} (Eds.), {C} (pp. {P}). {L}: {U}.",
    "{A} {Y}. {T}. Pp. {P} in {C}, edited by {E}. {L}: {U}.",
    "{A}, ‘{T}’, in {E} (eds), {C} ({L}: {U}, {Y}), pp. {P}.",
    "{A} ({Y}), ‘{T}’, in {E} (eds.), {C}, {L}: {U}, pp. {P}.",
    "{A} ({Y}) “{T}”, in {E} (ed.) {C}, {L}: {U}.",
    "{A}: {T}. In: {E} (Hrsg.): {C}. {L} {Y}, S. {P}.",
    "{A} ({Y}): {T}, in: {C}, hrsg. von {E}, {L}: {U}, S. {P}.",
    "{A}. “{T}.” In {C}, edited by {E}, {P}. {L}: {U}, {Y}.",
    "{A} ({Y}): {T}. In: {E} (Eds.): {C}. {U}, pp. {P}.",
    "{A}, {Y}: {T}, {P} in: {E} (Hg.), {C}. {L}: {U}.",
    "{A}. {Y}. {T}. In: {E} (eds.). {C}. {U}, {L}, pp. {P}.",
    "{A} ({Y}): {T}. In: {E} (Hrsg.), {C}. {L}, {P}.",
    "{A}. In: {E}, eds. {C}. {L}: {U}; {Y}. p. {P}.",
    "{A}, {C}, ed. {E} ({U}, {L}, {Y}), p. {P}.",
    "{A} ({Y}): {T}. In: {E} [Hrsg.]: {C}. {L}: {U}. S. {P}",
    "{A} ({Y}). {T}. In: {C}. {L}: {U}, {P}.",
    "{A} {Y}: {T}, in: {E} (Hg.): {C}, {L}: {U}, {P}",
    "{A}, ‘{T}’, in {C}, a c. di {E}, {L} {Y}, pp. {P}.",
    "{A}, ‘{T}’, in {E} (edd.), {C}, {L} {Y}, pp. {P}.",
    "{A}, ‘{T}’, in {E} (a c. di), {C}, {L} {Y}, pp. {P}.",
    "{A}, «{T}», in {E} (a cura di), {C}, {L}, {U}, {Y}, pp. {P}.",
    "{A}, « {T} », dans {E} (dir.), {C}, {L}, {U}, {Y}, p. {P}.",
    "{A}, ‘{T}’, in {C}, {L} {Y}, pp. {P}.",
    "{A}: {T}. In: {E}, editor. {C}. {L}: {U}; {Y}. p. {P}.",
    "{A}: {T}. In: {C}. {E}, eds. {U}, {Y}; {P}.",
    "{A} {T}. In: {E} (eds) {C}. {U}, {L}, pp {P}",
    "{A}: {T}. In {C}. Edited by {E}. {L}: {U}; {Y}:{P}.",
    "{A}: {T}. {C}. {U}, {Y}; {V}: {P}.",
];

const PAPERS: &[&str] = &[
    "{A}. {T}. In {C}, pages {P}. {U}, {Y}.",
    "{A}, “{T},” in {C}, {L}, {Y}, pp. {P}.",
    "{A}. {T}. In {C}, {L}, {Y}.",
    "{A} ({Y}). {T}. In {C} (pp. {P}). {U}.",
    "{A}. {Y}. {T}. In {C}, {P}. {L}: {U}.",
    "{A}, {T}, {C}, pp. {P}, {Y}.",
    "{A}. “{T}”. In {C}. {U}, {Y}, pp. {P}.",
    "{A}: {T}. In: {C}, pp. {P}. {U}, {L} ({Y})",
    "{A}: {T}. In: {E} (eds.) {C}, pp. {P}. {U}, {L} ({Y})",
    "{A}, {T}, Proc. of {C}, {Y}.",
    "{A}. {T}. {C}, {Y}.",
    "{A}. {T}. In {C}, volume {V} of {S}, pages {P}, {L}, {Y}. {U}.",
    "{A} ({Y}): {T}. {C}. {L}.",
];

const THESES: &[&str] = &[
    "{A} ({Y}): {T}. Dissertation, {U}.",
    "{A} ({Y}). {T}. PhD thesis, {U}.",
    "{A}. {T}. PhD thesis, {U}, {Y}.",
    "{A} ({Y}): {T}. Diss., {U}.",
    "{A}, {T} (Ph.D. dissertation, {U}, {Y}).",
    "{A}. {Y}. {T}. Unpublished manuscript, {U}.",
    "{A} ({Y}): {T}. Arbeitspapier Nr. 12. {L}: {U}.",
    "{A} ({Y}). {T}. Working Paper No. 31, {U}.",
    "{A}, {T}, Technical Report TR-95-7, {U}, {L}, {Y}.",
    "{A} ({Y}): {T}. Online: http://www.example.org/a/b.pdf (Stand: 12.03.2010).",
    "{A} ({Y}): {T}. URL: http://www.example.org/{Y} [Zugriff: 12.03.2011]",
    "{A} ({Y}). {T}. Retrieved May 3, 2010, from http://example.org/x.html",
    "{A}: {T}. Manuskript. {L} {Y}.",
];

const PAGES_OF_THE_WEB: &[&str] = &[
    "{A} ({Y}). {T}. {C}. Retrieved May 3, 2010, from http://www.example.org/a/b.html",
    "{A}. {T}. {C}. Available at: http://www.example.org/a-12. Accessed 3 May 2010.",
    "{A} ({Y}). {T}. {C}. Updated March 2, 2010. Available at: http://www.example.org/article/12-overview",
    "{A}. “{T}.” {C}, {Y}. Web. 3 May 2010.",
    "{A}, “{T}”, {C}, 3 May {Y}, http://www.example.org/a/b.html",
    "{A}. {Y}. {T}. {C}. http://www.example.org/ab (accessed May 3, 2010).",
    "{A}: {T}. {C}, {Y}. http://www.example.org/{Y}",
    "{A} ({Y}) {T}. {C}. Available from: http://www.example.org/b [Accessed 3 May 2010].",
    "{A} ({Y}, May 3). {T}. {C}. http://www.example.org/b/c/d",
    "{A}. {T} [Internet]. {C}; {Y} [cited 2010 May 3]. Available from: http://www.example.org/",
    "{A}. {T}. {C} website. http://www.example.org/x. Published {Y}. Accessed May 3, 2010.",
    "{A} ({Y}). {T}. {C}.",
    "{A}. {T}. {C} {Y}.",
    "{A}: {T}. {C}. {Y}. http://www.example.org/a-1",
    "{A}: {T}. (Version 1). {C}. {Y}. https://www.example.org/b-2",
    "{A}: {T} (v1.0.2) [Data set]. {C}, {Y}.",
    "{A} ({Y}). {T} [Data set]. {C}. https://www.example.org/c",
    "{A}. {T} [Computer software]. Version 2.1. {C}; {Y}.",
];

/// Prints a record in one of our own forms.
pub fn formed(pool: &Pool, random: &mut Random) -> Labelled {
    let record = pool.draw(random);
    let edited = !record.editors.is_empty();
    let forms = match record.kind {
        Kind::Article => ARTICLES,
        Kind::Book => BOOKS,
        Kind::Chapter => CHAPTERS,
        Kind::Paper => PAPERS,
        Kind::Thesis => THESES,
        Kind::Web => PAGES_OF_THE_WEB,
    };
    let mut form = random.pick(forms);
    while record.kind == Kind::Paper && form.contains("{E}") != edited {
        form = random.pick(forms);
    }
    let order = random.below(14);
    let editor_order = random.pick(&[order, 3, 4, 6]);
    let mut out = Labelled::default();
    let mut rest = form;
    while let Some(open) = rest.find('{') {
        out.put(&rest[..open], Label::Other);
        let field = &rest[open + 1..=open + 1];
        rest = &rest[open + 3..];
        match field {
            "A" => out.put(&names(&record.authors, order, record.german, random), Label::Author),
            "E" => {
                let editors = if edited { &record.editors } else { &record.authors };
                let text = names(
                    editors,
                    if rest.contains("{A}") || edited { editor_order } else { order },
                    record.german,
                    random,
                );
                out.put(&text, Label::Editor);
            }
            "Y" => {
                out.put(&record.year.to_string(), Label::Date);
                if random.chance(50) {
                    out.put(random.pick(&["a", "b", "c"]), Label::Date);
                }
            }
            "T" => out.put(&record.title, Label::Title),
            "C" => {
                out.put(&record.container, Label::Container);
                if matches!(record.kind, Kind::Chapter | Kind::Paper) && random.chance(40) {
                    out.put(&meeting(&record, random), Label::Container);
                }
            }
            "V" => out.put(&record.volume, Label::Volume),
            "I" => out.put(if record.issue.is_empty() { "2" } else { &record.issue }, Label::Issue),
            "P" => {
                let pages = if random.chance(250) { record.pages.replace('-', "–") } else { record.pages.clone() };
                out.put(pages.trim(), Label::Pages);
            }
            "U" => out.put(&record.publisher, Label::Publisher),
            "L" => out.put(&record.place, Label::Place),
            "S" => out.put(crate::records::series(random), Label::Series),
            _ => {
                const EDITIONS: &[&str] = &[
                    "2. Auflage",
                    "3., überarb. Aufl.",
                    "2nd ed.",
                    "4. Aufl.",
                    "Second edition",
                    "5., vollst. überarb. Auflage.",
                    "Rev. ed.",
                ];
                const GERMAN: &[&str] =
                    &["2. Auflage.", "3., überarb. Aufl.", "4. Aufl.", "5., vollst. überarb. Auflage."];
                out.put(random.pick(if record.german { GERMAN } else { EDITIONS }), Label::Note);
            }
        }
    }
    out.put(rest, Label::Other);
    out
}

/// When and where the papers of a book were read, which is earlier than it was printed.
fn meeting(record: &Record, random: &mut Random) -> String {
    let opening = random.pick(&[
        ", Atti del convegno",
        ", Actes du colloque",
        ". Akten der Tagung",
        ". Proceedings of the Meeting",
    ]);
    let month = random.pick(&["maggio", "settembre", "juin", "mai", "May", "September", "Oktober"]);
    let first = 1 + random.below(25);
    let year = record.year - i32::try_from(1 + random.below(4)).expect("small");
    format!(
        "{opening} ({}, {first}-{} {month} {year})",
        random.pick(&["Urbino", "Lyon", "Trier", "Leiden", "Pavia"]),
        first + 3
    )
}

/// A list of names in one of the orders that are printed.
pub fn names(names: &[(String, String)], order: usize, german: bool, random: &mut Random) -> String {
    let initials = |given: &str, dot: &str, gap: &str| {
        let parts = given.split([' ', '-']).filter_map(|w| w.chars().next());
        parts.map(|c| format!("{c}{dot}")).collect::<Vec<_>>().join(gap)
    };
    let one = |at: usize| -> String {
        let (family, given) = &names[at];
        match order {
            0 | 1 => format!("{family}, {given}"),
            2 | 9 => format!("{family}, {}", initials(given, ".", " ")),
            3 if at == 0 => format!("{family}, {}", initials(given, ".", " ")),
            3 | 6 => format!("{} {family}", initials(given, ".", " ")),
            4 | 11 if at == 0 => format!("{family}, {given}"),
            4 | 5 | 11 => format!("{given} {family}"),
            7 => format!("{family} {}", initials(given, "", "")),
            14 => format!("{family}, {}", initials(given, ".", "")),
            8 => format!("{}, {given}", family.to_uppercase()),
            10 => format!("{family} {}", initials(given, ".", "")),
            12 => format!("{}{family}", initials(given, ".", "")),
            _ => format!("{family}, {}", initials(given, ".", "")),
        }
    };
    let and =
        if german { random.pick(&[" und ", " & ", " u. "]) } else { random.pick(&[" and ", " & ", ", and ", ", "]) };
    let (between, last) = match order {
        0 | 9 => ("; ", random.pick(&["; ", "; ", " & ", " und "])),
        1 => ("/", "/"),
        8 => (" / ", " / "),
        2 if !german => (", ", random.pick(&[", & ", " & ", ", "])),
        7 | 10 => (", ", ", "),
        14 => (" / ", " / "),
        _ => (", ", and),
    };
    let shown = if names.len() > 2 && random.chance(120) { 1 } else { names.len() };
    let mut out = String::new();
    for at in 0..shown {
        if at > 0 {
            out.push_str(if at + 1 == shown { last } else { between });
        }
        out.push_str(&one(at));
    }
    if shown < names.len() {
        out.push_str(if german {
            random.pick(&[" u. a.", " et al.", " u.a."])
        } else {
            random.pick(&[" et al.", ", et al.", ", et al"])
        });
    }
    out
}
