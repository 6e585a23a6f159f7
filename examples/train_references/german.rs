//! Made-up works of German and English social science: titles, journals, newspapers, series and bodies by rule.

use crate::random::Random;

const FIRST: &[&str] = &[
    "Sozial",
    "Bildungs",
    "Arbeits",
    "Wahl",
    "Familien",
    "Jugend",
    "Medien",
    "Stadt",
    "Umwelt",
    "Gesundheits",
    "Migrations",
    "Wissens",
    "Partei",
    "Verwaltungs",
    "Lebens",
    "Alters",
    "Geschlechter",
    "Konflikt",
    "Kultur",
    "Wert",
    "Betriebs",
    "Berufs",
    "Hochschul",
    "Markt",
    "Gewerkschafts",
    "Europa",
    "Panel",
    "Befragungs",
    "Netzwerk",
    "Risiko",
    "Technik",
    "Konsum",
    "Sprach",
    "Rechts",
    "Religions",
    "Regional",
    "Frauen",
    "Schul",
    "Armuts",
    "Eliten",
];
const SECOND: &[&str] = &[
    "politik",
    "forschung",
    "wandel",
    "struktur",
    "entwicklung",
    "theorie",
    "planung",
    "beteiligung",
    "verhalten",
    "kultur",
    "system",
    "ungleichheit",
    "chancen",
    "prozesse",
    "konflikte",
    "bewegung",
    "arbeit",
    "soziologie",
    "ordnung",
    "debatte",
    "geschichte",
    "analyse",
    "messung",
    "reform",
    "verlauf",
    "bindung",
    "orientierung",
    "teilhabe",
    "mobilität",
    "beratung",
];
const ADJECTIVES: &[&str] = &[
    "soziale",
    "politische",
    "neue",
    "moderne",
    "empirische",
    "alltägliche",
    "kommunale",
    "unsichtbare",
    "kulturelle",
    "lokale",
    "verlorene",
    "geteilte",
    "deutsche",
    "europäische",
    "gesellschaftliche",
    "private",
    "abweichende",
    "bürgerliche",
    "symbolische",
    "religiöse",
    "regionale",
    "ökonomische",
    "familiale",
    "institutionelle",
];
const TOWNS: &[&str] = &[
    "Mannheim",
    "Köln",
    "Leipzig",
    "Bremen",
    "Göttingen",
    "Bielefeld",
    "Hamburg",
    "Konstanz",
    "Wien",
    "Zürich",
    "Marburg",
    "Frankfurt",
    "Nürnberg",
    "Kassel",
    "Hannover",
    "Dortmund",
    "Halle",
    "Jena",
    "Graz",
    "Bern",
    "Trier",
    "Bamberg",
    "Essen",
    "Potsdam",
    "Münster",
    "Berlin",
    "München",
    "Bonn",
    "Heidelberg",
    "Tübingen",
];

pub fn town(random: &mut Random) -> &'static str {
    random.pick(TOWNS)
}

/// "Bildungsungleichheit"
pub fn compound(random: &mut Random) -> String {
    format!("{}{}", random.pick(FIRST), random.pick(SECOND))
}

/// The title of a work in German.
pub fn title(random: &mut Random) -> String {
    let head = head(random);
    match random.below(12) {
        0..=2 => {
            let subtitle = subtitle(random);
            let mark =
                if head.ends_with(['?', '!']) { " " } else { random.pick(&[". ", ". ", ". ", ": ", " – ", " - "]) };
            format!("{head}{mark}{subtitle}")
        }
        3 => format!("„{}“. {}", quote(random), subtitle(random)),
        4 => format!("{head}: {}", subtitle(random)),
        _ => head,
    }
}

fn head(random: &mut Random) -> String {
    let noun = |random: &mut Random| compound(random);
    match random.below(26) {
        0 | 1 => format!("{} und {}", noun(random), noun(random)),
        2 => format!("Die {} {}", random.pick(ADJECTIVES), noun(random)),
        3 => {
            let adjective = random.pick(ADJECTIVES);
            let capital: String =
                adjective.chars().take(1).flat_map(char::to_uppercase).chain(adjective.chars().skip(1)).collect();
            format!("{capital} {}", noun(random))
        }
        4 => format!(
            "Zur {} der {}",
            random.pick(&["Theorie", "Kritik", "Geschichte", "Messung", "Logik", "Soziologie"]),
            noun(random)
        ),
        5 => format!(
            "{} in {}",
            noun(random),
            random.pick(&[
                "Deutschland",
                "Ostdeutschland",
                "Europa",
                "der Schweiz",
                "der DDR",
                "den neuen Bundesländern"
            ])
        ),
        6 => format!(
            "Wie {} ist die {}?",
            random.pick(&["stabil", "gerecht", "politisch", "neu", "sozial"]),
            noun(random)
        ),
        7 => format!("Was leistet {}?", noun(random)),
        8 => format!(
            "{} im {}",
            noun(random),
            random.pick(&["Wandel", "Umbruch", "Vergleich", "Alltag", "Kaiserreich", "20. Jahrhundert"])
        ),
        9 => format!("Handbuch {}", noun(random)),
        10 => format!("{} seit 19{}", noun(random), 45 + random.below(50)),
        11 => format!("{} 19{}-19{}", noun(random), 49 + random.below(20), 70 + random.below(29)),
        12 => format!("Das Ende der {}", noun(random)),
        13 => format!(
            "Der {} des {}s",
            random.pick(&["Aufstieg", "Niedergang", "Begriff", "Wert", "Nutzen"]),
            random.pick(&["Staat", "Verein", "Betrieb", "Verband", "Bürger"])
        ),
        14 => format!("Einführung in die {}", noun(random)),
        15 => format!("{}, {} und {}", noun(random), noun(random), noun(random)),
        16 => format!("Zwischen {} und {}", noun(random), noun(random)),
        17 => format!("Vom {} zur {}", random.pick(&["Stand", "Hof", "Amt", "Dorf", "Beruf"]), noun(random)),
        18 => format!("{} Thesen zur {}", random.pick(&["Zehn", "Sieben", "Fünf", "Einige"]), noun(random)),
        19 => format!("Festschrift für {} zum {}. Geburtstag", person(random), 60 + random.below(4) * 5),
        20 => format!("{} – ein {} Begriff?", noun(random), random.pick(&["unscharfer", "überholter", "politischer"])),
        21 => format!(
            "{} bei {}",
            noun(random),
            random.pick(&["Jugendlichen", "Älteren", "Arbeitern", "Migranten", "Studierenden", "Paaren"])
        ),
        22 => format!("{} als {}", noun(random), noun(random)),
        23 => format!("Über {}", noun(random)),
        24 => format!("Kommentar zu {}", random.pick(crate::lists::GERMAN_FAMILIES)),
        _ => noun(random),
    }
}

fn subtitle(random: &mut Random) -> String {
    let noun = compound(random);
    match random.below(14) {
        0 => format!("Eine empirische Untersuchung zur {noun}"),
        1 => format!("Ergebnisse einer Befragung in {}", town(random)),
        2 => format!("Beiträge zur {noun}"),
        3 => "Eine Einführung".to_owned(),
        4 => "Theorie, Methoden und Befunde".to_owned(),
        5 => format!("Studien zur {noun}"),
        6 => format!("Analysen zur {noun} 19{}–19{}", 50 + random.below(30), 81 + random.below(18)),
        7 => format!("{noun} im internationalen Vergleich"),
        8 => format!("Zum Verhältnis von {noun} und {}", compound(random)),
        9 => format!("Eine Studie am Beispiel der Stadt {}", town(random)),
        10 => "Ein Überblick".to_owned(),
        11 => format!("Festschrift für {}", person(random)),
        12 => format!("Band {}: {noun}", 1 + random.below(4)),
        _ => format!("Zur {} der {noun}", random.pick(&["Lage", "Bedeutung", "Rolle", "Entwicklung"])),
    }
}

fn quote(random: &mut Random) -> String {
    random
        .pick(&[
            "Das war schon immer so",
            "Wir schaffen das allein",
            "Nicht mit uns",
            "Man kennt sich eben",
            "Dafür bin ich zu alt",
            "Es muss ja weitergehen",
            "Wer hat, dem wird gegeben",
        ])
        .to_owned()
}

fn person(random: &mut Random) -> String {
    format!("{} {}", random.pick(crate::lists::GERMAN_GIVEN), random.pick(crate::lists::GERMAN_FAMILIES))
}

/// A journal; many are known by one or two words.
pub fn journal(random: &mut Random) -> String {
    let noun = compound(random);
    match random.below(18) {
        0..=2 => format!("Zeitschrift für {noun}"),
        3 => format!("Archiv für {noun}"),
        4 => format!("Jahrbuch für {noun}"),
        5 => format!("{}er Zeitschrift für Soziologie und Sozialpsychologie", random.pick(&["Köln", "Wien", "Bern"])),
        6 => format!("{noun} aktuell"),
        7 => format!(
            "{}-{}",
            random.pick(&["ZUMA", "WSI", "ISI", "DIW", "ZA", "GPS"]),
            random.pick(&["Nachrichten", "Mitteilungen", "Informationen", "Wochenbericht"])
        ),
        8 => format!("{} Vierteljahresschrift", random.pick(&["Politische", "Deutsche", "Soziale", "Pädagogische"])),
        9 => random
            .pick(&[
                "Soziale Welt",
                "Leviathan",
                "Merkur",
                "Prokla",
                "Kursbuch",
                "Das Argument",
                "Berliner Debatte",
                "Neue Praxis",
                "Aus Politik und Zeitgeschichte",
                "Der Staat",
                "Bürger im Staat",
                "Vorgänge",
                "Mittelweg 36",
            ])
            .to_owned(),
        10 => random.pick(&["KZfSS", "ZfS", "PVS", "APuZ", "SWS-Rundschau", "ÖZS", "ZfP"]).to_owned(),
        11 => format!("Berliner Journal für {noun}"),
        12 => format!("Mitteilungen aus der {noun}"),
        13 => format!("{noun} und {}", compound(random)),
        14 => format!("Österreichische Zeitschrift für {noun}"),
        15 => format!("Informationsdienst {noun}"),
        16 => format!("Schweizerische Zeitschrift für {noun}"),
        _ => noun,
    }
}

pub fn english_title(random: &mut Random) -> String {
    let noun = |random: &mut Random| {
        format!(
            "{}{}",
            random.pick(&[
                "",
                "Social ",
                "Political ",
                "Local ",
                "Civic ",
                "Public ",
                "Ethnic ",
                "Rural ",
                "Economic "
            ]),
            random.pick(&[
                "Trust",
                "Capital",
                "Mobility",
                "Inequality",
                "Attitudes",
                "Voting",
                "Welfare",
                "Networks",
                "Identity",
                "Participation",
                "Class",
                "Religion",
                "Education",
                "Migration",
                "Gender",
                "Work",
                "Families",
                "Parties",
                "Values",
                "Nationalism"
            ])
        )
    };
    let head = match random.below(9) {
        0 => format!("{} and {}", noun(random), noun(random)),
        1 => format!(
            "The {} of {}",
            random.pick(&["Rise", "Decline", "Limits", "Uses", "Politics", "Structure", "Measurement"]),
            noun(random)
        ),
        2 => format!(
            "{} in {}",
            noun(random),
            random.pick(&[
                "Germany",
                "Europe",
                "Comparative Perspective",
                "Small Towns",
                "Britain and France",
                "Western Democracies"
            ])
        ),
        3 => format!("Does {} Matter?", noun(random)),
        4 => format!("Explaining {}", noun(random)),
        5 => format!("{}, {}, and {}", noun(random), noun(random), noun(random)),
        6 => format!("Who Gains from {}?", noun(random)),
        7 => format!("{} Revisited", noun(random)),
        _ => format!("Measuring {}", noun(random)),
    };
    let mark = if head.ends_with('?') { " " } else { random.pick(&[": ", ": ", ". "]) };
    match random.below(3) {
        0 => format!(
            "{head}{mark}{}",
            random.pick(&[
                "A Multilevel Analysis",
                "Evidence from Panel Data",
                "A Comparison of Twelve Countries",
                "Theory and Evidence",
                "A Reply",
                "An Introduction",
                "Essays on Method"
            ])
        ),
        _ => head,
    }
}

pub fn english_journal(random: &mut Random) -> String {
    match random.below(6) {
        0 => format!(
            "{} {} Review",
            random.pick(&["American", "European", "British", "Nordic", "International"]),
            random.pick(&["Sociological", "Political", "Economic", "Social"])
        ),
        1 => format!(
            "{} Journal of {}",
            random.pick(&["European", "British", "American", "International"]),
            random.pick(&["Political Research", "Sociology", "Social Policy", "Public Opinion", "Methodology"])
        ),
        2 => format!(
            "Journal of {}",
            random.pick(&[
                "Marriage and the Family",
                "Politics",
                "Social Policy",
                "Ethnic Studies",
                "Official Statistics"
            ])
        ),
        3 => format!(
            "{} Quarterly",
            random.pick(&["Public Opinion", "Social Science", "Sociological", "Social Psychology"])
        ),
        4 => random
            .pick(&[
                "Social Forces",
                "World Politics",
                "Electoral Studies",
                "Acta Sociologica",
                "Social Indicators Research",
            ])
            .to_owned(),
        _ => format!("{} Studies", random.pick(&["Comparative Political", "Urban", "Party", "Cultural"])),
    }
}

pub fn newspaper(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!(
            "{}er {}",
            random.pick(&["Frankfurt", "Stuttgart", "Berlin", "Kiel", "Nürnberg", "Köln", "Leipzig", "Basel"]),
            random.pick(&["Zeitung", "Anzeiger", "Nachrichten", "Rundschau", "Volkszeitung", "Allgemeine"])
        ),
        1 => random
            .pick(&[
                "Die Zeit",
                "Der Spiegel",
                "taz",
                "FAZ",
                "Die Welt",
                "Neue Zürcher Zeitung",
                "Süddeutsche Zeitung",
                "Der Standard",
                "NZZ",
                "SZ",
                "die tageszeitung",
                "Focus",
            ])
            .to_owned(),
        2 => format!("{} Tageblatt", town(random)),
        _ => random.pick(&["The Guardian", "Le Monde", "New York Times", "Financial Times", "The Times"]).to_owned(),
    }
}

/// A series, and how the number in it is printed.
pub fn series(random: &mut Random) -> String {
    let noun = compound(random);
    let number = 1 + random.below(250);
    match random.below(8) {
        0 => format!("Schriften zur {noun}, Bd. {number}"),
        1 => format!("Schriftenreihe {noun}, Band {number}"),
        2 => format!("edition suhrkamp {number}"),
        3 => format!("stw {number}"),
        4 => format!("Beiträge zur {noun} {number}"),
        5 => format!("Sonderheft {} der Zeitschrift für {noun}", 1 + random.below(50)),
        6 => format!("{}er Beiträge zur {noun}", random.pick(&["Mannheim", "Berlin", "Kassel"])),
        _ => format!("Studienskripten, {number}"),
    }
}

/// A paper of a series of an institute, with its number.
pub fn working_paper(random: &mut Random, german: bool) -> String {
    let number = match random.below(3) {
        0 => format!("{}/{:02}", 1 + random.below(40), 1 + random.below(20)),
        1 => format!("{}-{}", 80 + random.below(19), 100 + random.below(300)),
        _ => (1 + random.below(200)).to_string(),
    };
    let sign = random.pick(&["Nr. ", "Nr. ", "", "No. "]);
    let english = ["Working Paper", "Discussion Paper", "Research Report", "Occasional Paper"];
    let local = [
        "Arbeitspapier",
        "Arbeitsbericht",
        "Forschungsbericht",
        "Diskussionspapier",
        "Arbeitspapiere",
        "Projektbericht",
    ];
    let kind = if german && random.chance(700) { random.pick(&local) } else { random.pick(&english) };
    match random.below(3) {
        0 => format!("{}-{kind} {sign}{number}", random.pick(&["ZUMA", "IAB", "WZB", "MZES", "SOEP", "ISF"])),
        1 => format!("{kind} {sign}{number}"),
        _ => format!("{kind} {} {number}", random.pick(&["FS I", "P", "SP II"])),
    }
}

/// A body that writes or publishes.
pub fn body(random: &mut Random) -> String {
    let noun = compound(random);
    match random.below(12) {
        0 => "Statistisches Bundesamt".to_owned(),
        1 => format!(
            "Statistisches Landesamt {}",
            random.pick(&["Hessen", "Nordrhein-Westfalen", "Sachsen", "Baden-Württemberg"])
        ),
        2 => format!("Bundesministerium für {noun}"),
        3 => format!("Institut für {noun}"),
        4 => format!("Deutsche Gesellschaft für {noun}"),
        5 => format!("Arbeitsgruppe {noun}"),
        6 => format!("Zentrum für {noun}"),
        7 => format!("{noun}-Stiftung"),
        8 => format!("Bundesverband {noun} e.V."),
        9 => format!("Kommission {noun}"),
        10 => random.pick(&["OECD", "BMFSFJ", "ZUMA", "Eurostat", "UNESCO", "IAB", "DIW", "BMBF"]).to_owned(),
        _ => format!("Senatsverwaltung für {noun}"),
    }
}

/// A day, as newspapers and pages of the web are dated.
pub fn day(random: &mut Random, year: i32) -> String {
    const MONTHS: &[&str] = &[
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let (day, month) = (1 + random.below(28), 1 + random.below(12));
    match random.below(6) {
        0 | 1 => format!("{day}.{month}.{year}"),
        2 => format!("{day:02}.{month:02}.{year}"),
        3 => format!("{day}. {month}. {year}"),
        _ => format!("{day}. {} {year}", MONTHS[month - 1]),
    }
}
