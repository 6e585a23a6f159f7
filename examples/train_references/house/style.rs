//! What a house style decides, and how it is drawn.

use crate::random::Random;

/// Where a style prints the year.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Year {
    Brackets,
    Comma,
    Bare,
    /// Behind the place, or among the numbers.
    End,
}

/// What a house style decides.
pub(super) struct House {
    pub(super) german: bool,
    pub(super) names: usize,
    pub(super) editors: usize,
    pub(super) year: Year,
    /// Between names and title, if the year is not there.
    pub(super) colon: &'static str,
    pub(super) within: &'static str,
    pub(super) editor_mark: &'static str,
    pub(super) behind_editors: &'static str,
    pub(super) quotes: (&'static str, &'static str),
    pub(super) numbers: &'static str,
    pub(super) pages: &'static str,
    pub(super) published: &'static str,
    pub(super) edition_first: bool,
    pub(super) pages_before_in: bool,
    pub(super) pages_last: bool,
    pub(super) full_stop: &'static str,
}

pub(super) const NUMBERS: &[&str] = &[
    "{V}. Jg., H. {I}, S. {P}",
    "Jg. {V}, H. {I}, S. {P}",
    "Jg. {V}, Heft {I}, S. {P}",
    "{V} ({I}), S. {P}",
    "{V}({I}), {P}",
    "{V}, {I}, S. {P}",
    "{V}, {P}",
    "{V}: {P}",
    "{V} ({I}): {P}",
    "{V} ({Y}) {I}, S. {P}",
    "{V} ({Y}), H. {I}, S. {P}",
    "{V} ({Y}), S. {P}",
    "Jg. {V} ({Y}), Nr. {I}, S. {P}",
    "H. {I}, S. {P}",
    "Heft {I}/{Y}, S. {P}",
    "Nr. {I}, S. {P}",
    "{V}, H. {I}, S. {P}",
    "Bd. {V}, S. {P}",
    "{V}. Jahrgang, Nr. {I}, S. {P}",
    "{V}/{Y}, S. {P}",
    "{V}, Nr. {I}, {P}",
    "{I}/{Y}, S. {P}",
    "{V}, S. {P}",
    "{V}. Jg. ({Y}), H. {I}, S. {P}",
    "{V}: {I}, {P}",
    "{V} ({Y}), {P}",
    "Vol. {V}, No. {I}, S. {P}",
    "{V} ({Y}) H. {I}: {P}",
    "{V}. Jg., S. {P}",
    "{Y}, H. {I}, S. {P}",
    "Jg. {V} ({I}), S. {P}",
    "Sonderheft {I}, S. {P}",
    "{V} (Heft {I}), S. {P}",
    "{V}/{I}: {P}",
];
pub(super) const ENGLISH_NUMBERS: &[&str] = &[
    "{V}({I}): {P}",
    "{V} ({I}), {P}",
    "{V}, {P}",
    "{V}: {P}",
    "Vol. {V}, No. {I}, pp. {P}",
    "Vol. {V}, pp. {P}",
    "vol. {V} ({I}), pp. {P}",
    "{V}, {I}, {P}",
    "{V} ({Y}): {P}",
    "{V}, no. {I} ({Y}): {P}",
    "{V}: {I}, {P}",
    "{V}, pp. {P}",
    "{V} ({Y}) {I}, pp. {P}",
    "{V}({I}):{P}",
];
const PUBLISHED: &[&str] = &[
    "{L}: {U}",
    "{L}: {U}",
    "{L}: {U}",
    "{L}: {U}",
    "{U}, {L}",
    "{L}",
    "{L}",
    "{U}: {L}",
    "{L}, {U}",
    "{U}",
    "{L} ({U})",
    "{L} {U}",
];

impl House {
    pub(super) fn draw(random: &mut Random) -> Self {
        let german = random.chance(700);
        let year = random.pick(&[Year::Brackets, Year::Brackets, Year::Brackets, Year::Comma, Year::Bare, Year::End]);
        Self {
            german,
            names: random.below(15),
            editors: random.pick(&[5, 6, 3, 0, 1, 2, 9, 13]),
            year,
            colon: random.pick(&[": ", ": ", ": ", ". ", ", ", " "]),
            within: if german {
                random.pick(&[". In: ", ". In: ", ", in: ", " In: ", ". In ", ", in ", "; in: "])
            } else {
                random.pick(&[". In: ", ", in: ", ". In ", ", in ", ". Pp. {P} in "])
            },
            editor_mark: if german {
                random.pick(&[
                    " (Hrsg.)", " (Hrsg.)", " (Hg.)", " (Hg.)", " (Hgg.)", ", Hrsg.", " [Hrsg.]", " (Ed.)", " Hrsg.",
                    " (hrsg.)", " (Hrsg)",
                ])
            } else {
                random.pick(&[" (Eds.)", " (eds.)", " (eds)", " (ed.)", ", eds.", ", editors", " [Eds.]"])
            },
            behind_editors: random.pick(&[": ", ": ", ", ", ". ", " "]),
            quotes: random.pick(&[
                ("", ""),
                ("", ""),
                ("", ""),
                ("", ""),
                ("„", "“"),
                ("\"", "\""),
                ("“", "”"),
                ("‘", "’"),
                ("»", "«"),
                ("'", "'"),
            ]),
            numbers: random.pick(if german { NUMBERS } else { ENGLISH_NUMBERS }),
            pages: if german {
                random.pick(&["S. ", "S. ", "S.", "", "Seite "])
            } else {
                random.pick(&["pp. ", "pp.", "", "p. "])
            },
            published: random.pick(PUBLISHED),
            edition_first: random.chance(500),
            pages_before_in: german && random.chance(120),
            pages_last: random.chance(750),
            full_stop: random.pick(&[".", ".", ""]),
        }
    }
}
