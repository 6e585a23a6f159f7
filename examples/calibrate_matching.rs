//! What a score of `match` means: of the answers with a score, how many are right?
//!
//! ```text
//! cargo run --release --example calibrate_matching -- FILE…
//! ```
//!
//! The files hold works, best each work several times as databases record it (one export of several databases, not
//! deduplicated): one record of a work is printed in a citation style, with errors put in by declared rates (see [`damage`]
//! and [`scan`]), another record of the same work is indexed. Half of the works are not indexed: whatever is answered to
//! their references is wrong. One in five of those leaves a companion in the index that is easily taken for it
//! (see [`companion`]). A table goes to standard output.

#[path = "shared/splitmix.rs"]
mod splitmix;

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use splitmix::Random;

use citetrail::bibliography::duplicates;
use citetrail::csl::{Style, render};
use citetrail::matching::feed::{Fed, FeedError, feed};
use citetrail::matching::index::Writer;
use citetrail::matching::{Matcher, Reference};
use citetrail::reference::parse_list;
use citetrail::work::{Date, DateField, Field, Name, Role, Work};

/// Styles in which works are printed; the last four print no titles.
const STYLES: &[&str] = &[
    "nlm-citation-sequence",
    "american-psychological-association",
    "american-medical-association",
    "institute-of-electrical-and-electronics-engineers",
    "elsevier-harvard",
    "chicago-author-date",
    "modern-language-association",
    "springer-basic-author-date",
    "nature",
    "public-library-of-science",
    "cse-name-year",
    "harvard-cite-them-right",
    "american-chemical-society",
    "american-institute-of-physics",
    "royal-society-of-chemistry",
    "american-physics-society",
];

fn read(path: &str) -> Result<Vec<Work>, String> {
    let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let mut works = Vec::new();
    feed::<FeedError>(file, Path::new(path), None, |fed| {
        if let Fed::Work { work, .. } = fed {
            works.push(*work);
        }
        Ok(())
    })
    .map_err(|e| format!("{path}: {e}"))?;
    Ok(works)
}

/// A wrong number: one digit is another.
fn misprinted(number: &str, random: &mut Random) -> String {
    let places: Vec<usize> = number.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let Some(&at) = places.get(random.place(places.len())) else { return number.to_owned() };
    let digit = (number.as_bytes()[at] - b'0' + 1 + random.place(9) as u8) % 10;
    format!("{}{digit}{}", &number[..at], &number[at + 1..])
}

fn slipped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let at = 1 + random.place(letters.len() - 2);
    match random.place(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters[at] = char::from(b'a' + random.place(26) as u8),
    }
    letters.into_iter().collect()
}

/// Puts errors into a work before it is printed. Surveys of printed references find an error in a quarter to a third of
/// them, most in one field; one list in eight is taken to be made without care, with an error in one field of four.
fn damage(work: &mut Work, journals: &[String], random: &mut Random) {
    let careless = random.chance(125);
    let rate = |usual: usize| if careless { 250 } else { usual };
    for field in [Field::Volume, Field::Issue, Field::Page] {
        if random.chance(rate(25))
            && let Some(text) = work.get(field).map(str::to_owned)
        {
            work.set(field, misprinted(&text, random));
        }
    }
    if random.chance(rate(25))
        && let Some(year) = work.year()
    {
        let other =
            if random.chance(600) { year + 1 - 2 * random.place(2) as i32 } else { year - random.place(9) as i32 };
        work.dates.insert(DateField::Issued, Date::from_year(other));
    }
    let title = work.plain(Field::Title).unwrap_or_default().into_owned();
    let mut words: Vec<String> = title.split(' ').map(str::to_owned).collect();
    if random.chance(rate(30)) {
        let at = random.place(words.len());
        words[at] = slipped(&words[at], random);
    }
    if random.chance(rate(25)) && words.len() > 4 {
        words.truncate(words.len() - 1 - random.place(words.len() / 2));
    }
    work.set(Field::Title, words.join(" "));
    if random.chance(rate(30))
        && let Some(Name::Person(person)) = work.contributors.get_mut(&Role::Author).and_then(|l| l.names.first_mut())
    {
        person.family = slipped(&person.family, random);
    }
    if random.chance(rate(10)) {
        work.set(Field::ContainerTitle, journals[random.place(journals.len())].clone());
    }
}

/// What a scan does: one string in eight has one letter in 40 wrong, a space more or less.
fn scan(text: &str, random: &mut Random) -> String {
    if !random.chance(125) {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        match random.place(80) {
            0 if c == ' ' || c.is_alphabetic() => {}
            1 if c.is_alphanumeric() => out.push(char::from(b'a' + random.place(26) as u8)),
            2 => out.extend([c, ' ']),
            _ => out.push(c),
        }
    }
    out
}

/// Records are often thin: one in five has no issue, one in five its first author's family name only.
fn thin(work: &mut Work, random: &mut Random) {
    if random.chance(200) {
        work.fields.remove(&Field::Issue);
    }
    if random.chance(200)
        && let Some(list) = work.contributors.get_mut(&Role::Author)
    {
        list.names.truncate(1);
        if let Some(Name::Person(person)) = list.names.first_mut() {
            person.given = None;
        }
    }
}

/// The kinds of companions.
const COMPANIONS: [&str; 4] = ["the next part", "a reply", "the next paper of the group", "the report to a meeting"];

/// Another work that shares nearly everything with a work: the next part, a reply, the group's next paper in the same
/// volume, the same report to a meeting of the year before.
fn companion(work: &Work, another: &Work, kind: usize) -> Work {
    let mut other = work.clone();
    let title = work.plain(Field::Title).unwrap_or_default().into_owned();
    let further = |page: &str| page.split('-').next().and_then(|p| p.parse::<u32>().ok()).map(|p| (p + 17).to_string());
    let page = work.get(Field::Page).and_then(further);
    match kind {
        0 => other.set(Field::Title, format!("{title}. Part II")),
        1 => {
            other.set(Field::Title, format!("Reply to: {title}"));
            other.contributors.remove(&Role::Author);
        }
        2 => other.set(Field::Title, another.plain(Field::Title).unwrap_or_default().into_owned()),
        _ => {
            other.set(Field::ContainerTitle, "Abstracts of the annual meeting");
            other.set(Field::Volume, "");
            other.dates.insert(DateField::Issued, Date::from_year(work.year().unwrap_or(2000) - 1));
        }
    }
    other.set(Field::Page, page.unwrap_or_default());
    other
}

/// One answer.
struct Answered {
    /// Of the best candidate, whether it is certain or not.
    score: f64,
    right: bool,
    found: bool,
    present: bool,
    /// The companion that was answered in its place.
    companion: Option<usize>,
}

fn answers(works: &[Work], random: &mut Random) -> Result<Vec<Answered>, String> {
    let failed = |e: &dyn std::fmt::Display| e.to_string();
    let mut group_of: Vec<usize> = (0..works.len()).collect();
    for group in duplicates::duplicates(works).groups {
        group.members.iter().for_each(|member| group_of[*member] = group.members[0]);
    }
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for (work, group) in group_of.iter().enumerate() {
        members.entry(*group).or_default().push(work);
    }
    let mut groups: Vec<usize> = members.keys().copied().collect();
    groups.sort_unstable();
    let journals: Vec<String> =
        works.iter().filter_map(|work| work.get(Field::ContainerTitle)).map(str::to_owned).collect();
    if journals.is_empty() {
        return Err("the works name no journals".to_owned());
    }
    let folder = std::env::temp_dir().join(format!("calibrate-matching-{}", std::process::id()));
    let mut writer = Writer::open(&folder).map_err(|e| failed(&e))?;
    let mut printed: Vec<(usize, bool, Work)> = Vec::new();
    for &group in &groups {
        let all = &members[&group];
        let indexed = all[random.place(all.len())];
        let others: Vec<usize> = all.iter().copied().filter(|work| *work != indexed).collect();
        let present = random.chance(500);
        let as_indexed = |mut record: Work, doi: String, random: &mut Random| {
            record.fields.remove(&Field::Pmid);
            record.set(Field::Doi, doi.as_str());
            thin(&mut record, random);
            record
        };
        if present {
            let record = as_indexed(works[indexed].clone(), format!("10.5555/g.{group}"), random);
            writer.add(record).map_err(|e| failed(&e))?;
        } else if random.chance(200) {
            let kind = random.place(COMPANIONS.len());
            let record = companion(&works[indexed], &works[random.place(works.len())], kind);
            writer.add(as_indexed(record, format!("10.5555/{kind}.{group}"), random)).map_err(|e| failed(&e))?;
        }
        let mut work = works[if others.is_empty() { indexed } else { others[random.place(others.len())] }].clone();
        for field in [Field::Doi, Field::Pmid, Field::Url, Field::Pmcid] {
            work.fields.remove(&field);
        }
        damage(&mut work, &journals, random);
        printed.push((group, present, work));
    }
    writer.commit().map_err(|e| failed(&e))?;
    let matcher = Matcher::new(vec![writer.index()]);
    let mut out = Vec::new();
    for (n, list) in printed.chunks(60).enumerate() {
        let style = Style::bundled(STYLES[n % STYLES.len()]).map_err(|e| failed(&e))?;
        let list_works: Vec<Work> = list.iter().map(|(_, _, work)| work.clone()).collect();
        let entries = render(&style, None, &list_works, &[]).bibliography;
        let raw: Vec<String> = entries.iter().map(|entry| scan(&entry.output.plain(), random)).collect();
        for ((raw, parsed), entry) in raw.iter().zip(parse_list(&raw)).zip(&entries) {
            let (group, present, _) = list[entry.work];
            let (answer, _) = matcher.answer(&Reference { raw, work: &parsed.work });
            let best = answer.best.as_ref().or(answer.candidates.first());
            let doi = format!("10.5555/g.{group}");
            out.push(Answered {
                score: best.map_or(0.0, |best| best.score),
                right: best.and_then(|best| best.doi()).is_some_and(|found| found.as_str() == doi),
                found: answer.verdict.is_found(),
                companion: best.and_then(|best| {
                    let doi = best.doi()?;
                    let (kind, of) = doi.as_str().strip_prefix("10.5555/")?.split_once('.')?;
                    kind.parse().ok().filter(|_| of == group.to_string())
                }),
                present,
            });
        }
    }
    drop(matcher);
    drop(writer);
    std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    Ok(out)
}

fn report(answers: &[Answered]) {
    const EDGES: [f64; 10] = [0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.98, 0.99, 0.999];
    println!("score from | answers | mean score | right");
    for (i, edge) in EDGES.iter().enumerate() {
        let end = EDGES.get(i + 1).copied().unwrap_or(2.0);
        let of: Vec<&Answered> =
            answers.iter().filter(|a| a.score >= *edge && a.score < end && a.score > 0.0).collect();
        let n = of.len().max(1) as f64;
        let mean = of.iter().map(|a| a.score).sum::<f64>() / n;
        let right = of.iter().filter(|a| a.right).count() as f64 / n;
        println!("{edge} | {} | {mean:.3} | {right:.3}", of.len());
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    let present = answers.iter().filter(|a| a.present).count();
    for (name, from) in [("found", 0.0), ("found from .99 on", 0.99)] {
        let found: Vec<&Answered> = answers.iter().filter(|a| a.found && a.score >= from).collect();
        let right = found.iter().filter(|a| a.right).count();
        let of_absent = found.iter().filter(|a| !a.present).count();
        println!(
            "{name}: precision {:.4}, recall {:.4}, false match {:.4} of {} references to works that are not there",
            share(right, found.len()),
            share(right, present),
            share(of_absent, answers.len() - present),
            answers.len() - present
        );
    }
}

fn companions(answers: &[Answered]) {
    for (kind, name) in COMPANIONS.iter().enumerate() {
        let taken: Vec<&Answered> = answers.iter().filter(|a| a.companion == Some(kind)).collect();
        println!("{name}: best candidate {} times, found {}", taken.len(), taken.iter().filter(|a| a.found).count());
    }
}

fn run() -> Result<(), String> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        return Err("usage: calibrate_matching FILE…".to_owned());
    }
    let mut random = Random(7);
    let mut all = Vec::new();
    for file in &files {
        let mut works = read(file)?;
        works.retain(|work| work.get(Field::Title).is_some());
        println!("{file}: {} works", works.len());
        let of_file = answers(&works, &mut random)?;
        report(&of_file);
        companions(&of_file);
        all.extend(of_file);
    }
    if files.len() > 1 {
        println!("together:");
        report(&all);
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
