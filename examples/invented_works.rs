//! Invented works for measuring how an index of works grows: as many as wanted, the same for the same number.
//!
//! ```text
//! cargo run --release --example invented_works -- 1000000 > works.jsonl               CSL-JSON, one work a line
//! cargo run --release --example invented_works -- 1000000 --references 2000 > refs.txt   references to some of them
//! ```
//!
//! Words, names and journals are made of syllables and are used as often as real ones are (Zipf's law): it is the
//! common ones that make long lists in an index. One reference in five is to a work that is not among the works, one in
//! five prints no title, and one in ten has a wrong number.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

#[path = "shared/splitmix.rs"]
mod splitmix;

use splitmix::Random;

/// The word of a rank: the same for the same rank, longer for rarer ones.
fn word(rank: u64, kind: u64) -> String {
    const STARTS: [&str; 20] =
        ["b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v"];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ae", "io", "ou"];
    const ENDS: [&str; 8] = ["", "n", "r", "s", "l", "t", "m", "nd"];
    let mut random = Random(rank.wrapping_mul(0x9e37_79b9) ^ kind << 48);
    let syllables = 1 + rank.checked_ilog(30).unwrap_or(0) + random.below(2) as u32;
    let mut out = String::new();
    for _ in 0..syllables.max(2) {
        out.push_str(STARTS[random.below(20) as usize]);
        out.push_str(MIDDLES[random.below(8) as usize]);
        out.push_str(ENDS[random.below(8) as usize]);
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

struct Work {
    number: u64,
    /// Family name and initial.
    authors: Vec<(String, char)>,
    title: String,
    journal: Vec<String>,
    year: u64,
    volume: u64,
    issue: u64,
    page: u64,
}

/// The work of a number. Groups of authors write about their own subject in few journals.
fn work(number: u64) -> Work {
    let mut random = Random(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut group = Random(random.rank(200_000) ^ 0x6772_6f75_7000);
    let families: Vec<String> = (0..8).map(|_| capital(&word(group.rank(80_000), 1))).collect();
    let subject: Vec<u64> = (0..6).map(|_| group.rank(300_000)).collect();
    let journal_of = |n: u64| {
        let mut named = Random(n ^ 0x6a00_0000);
        (0..2 + named.below(3)).map(|_| capital(&word(named.rank(3_000), 2))).collect::<Vec<String>>()
    };
    let journals = [group.rank(20_000), group.rank(20_000)];
    let journal = journals[random.below(2) as usize];
    let first = random.below(8) as usize;
    let authors = (0..1 + random.below(6) as usize)
        .map(|i| (families[(first + i) % 8].clone(), char::from(b'A' + random.below(26) as u8)))
        .collect();
    let words: Vec<String> = (0..5 + random.below(9))
        .map(|_| match random.below(3) {
            0 => word(subject[random.below(6) as usize], 0),
            _ => word(random.rank(300_000), 0),
        })
        .collect();
    let year = 1960 + random.below(65);
    Work {
        number,
        authors,
        title: capital(&words.join(" ")),
        journal: journal_of(journal),
        year,
        volume: (year - 1950).saturating_sub(journal % 9) + 1,
        issue: 1 + random.below(12),
        page: 1 + random.below(2_500),
    }
}

fn json(work: &Work) -> String {
    let authors: Vec<String> = work
        .authors
        .iter()
        .map(|(family, given)| format!("{{\"family\":\"{family}\",\"given\":\"{given}.\"}}"))
        .collect();
    format!(
        "{{\"id\":\"{n}\",\"type\":\"article-journal\",\"DOI\":\"10.5555/invented.{n}\",\"title\":\"{}\",\"author\":[{}],\"issued\":{{\"date-parts\":[[{}]]}},\"container-title\":\"{}\",\"volume\":\"{}\",\"issue\":\"{}\",\"page\":\"{}-{}\"}}",
        work.title,
        authors.join(","),
        work.year,
        work.journal.join(" "),
        work.volume,
        work.issue,
        work.page,
        work.page + 9,
        n = work.number,
    )
}

/// A reference to a work; journals are abbreviated.
fn reference(work: &Work, random: &mut Random) -> String {
    let authors: Vec<String> = work.authors.iter().map(|(family, given)| format!("{family} {given}")).collect();
    let short = |word: &String| {
        let cut: String = word.chars().take(5).collect();
        if cut.len() < word.len() { format!("{cut}.") } else { cut }
    };
    let journal: Vec<String> = work.journal.iter().map(short).collect();
    let (authors, journal) = (authors.join(", "), journal.join(" "));
    let volume = if random.below(10) == 0 { work.volume + 1 } else { work.volume };
    if random.below(5) == 0 {
        return format!("{authors}, {journal} {volume}, {} ({}).", work.page, work.year);
    }
    let Work { title, year, issue, page, .. } = work;
    format!("{authors}. {title}. {journal} {year};{volume}({issue}):{page}-{}.", page + 9)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |text: Option<&String>| text.and_then(|text| text.parse::<u64>().ok());
    let (works, references) = match args.get(1).map(String::as_str) {
        None => (number(args.first()), None),
        Some("--references") => (number(args.first()), number(args.get(2))),
        Some(_) => (None, None),
    };
    let Some(works) = works.filter(|_| args.len() != 2) else {
        eprintln!("usage: invented_works WORKS [--references N]");
        return ExitCode::from(2);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut random = Random(1);
    let written = match references {
        None => (0..works).try_for_each(|n| writeln!(out, "{}", json(&work(n)))),
        // Numbers beyond those of the works are of works that are not there.
        Some(references) => (0..references).try_for_each(|_| {
            let absent = if random.below(5) == 0 { works } else { 0 };
            let n = absent + random.below(works);
            writeln!(out, "{}", reference(&work(n), &mut random))
        }),
    };
    match written.and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
