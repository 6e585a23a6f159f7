//! What each stage costs, in CPU seconds, beside another library doing the same in the same run.
//!
//! `cargo bench` prints a table; `BENCHMARKS.md` keeps one with the machine it came from. The data are made up here.
//! `cargo bench --bench stages -- --large [FILE.bib]` reads 100,000 entries, made up or those of a file, beside two libraries
//! and the program. `cargo bench --bench stages -- --curve STYLE.csl …` renders 1,000 and 10,000 works with each style file beside hayagriva
//! and, where it is installed, pandoc.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use citetrail::analysis::analyse;
use citetrail::bibliography::{self, Format};
use citetrail::csl::{self, Citation, Style, Target};
use citetrail::document::{ReadOptions, read};
use citetrail::reference::parse_list;
use cpu_time::ProcessTime;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = std::env::args().any(|a| a == "--test");
    let works = if quick { 100 } else { 10_000 };
    println!("{:44} {:>10} {:>12}", "what", "CPU s", "ratio");
    if std::env::args().any(|a| a == "--curve") {
        let files: Vec<String> = std::env::args().filter(|a| a.ends_with(".csl")).collect();
        return [1_000, 10_000].into_iter().for_each(|works| files.iter().for_each(|file| curve(works, file)));
    }
    if std::env::args().any(|a| a == "--large") {
        return large(std::env::args().find(|a| a.ends_with(".bib")).as_deref());
    }
    bib_files(works);
    if quick {
        syntax(&bib(works));
    }
    styles(works.min(2_000));
    references(works);
    documents(if quick { 1 } else { 50 });
    whole_runs(works);
}

/// CPU time of this process for the fastest of three runs.
fn cpu<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = |work: &mut dyn FnMut() -> T| {
        let start = ProcessTime::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..3).map(|_| once(&mut work)).min().expect("there are three")
}

fn row(what: &str, time: Duration, against: Option<(&str, Duration)>) {
    let ratio = against.map(|(name, other)| format!("{:.1} × {name}", time.as_secs_f64() / other.as_secs_f64()));
    println!("{what:44} {:>10.4} {:>12}", time.as_secs_f64(), ratio.unwrap_or_default());
}

/// Words that look like names, from a number.
fn name(mut n: usize) -> String {
    let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "xa"];
    let mut name = String::new();
    for _ in 0..4 {
        name.push_str(syllables[n % 10]);
        n = n / 10 + n % 7;
    }
    name[..1].to_uppercase() + &name[1..]
}

fn bib(entries: usize) -> String {
    (0..entries).fold(String::new(), |mut out, i| {
        let _ = writeln!(
            out,
            "@article{{k{i},\n  author = {{{}, A. B. and {}, Carl and van {}, D.}},\n  title = {{On {{DNA}} and the {} of number {i} \\'a la carte}},\n  \
             journal = {{Journal of {}}},\n  year = {{{}}},\n  volume = {{{}}},\n  number = {{{}}},\n  pages = {{{i}--{}}},\n  doi = {{10.5555/made.up.{i}}},\n}}\n",
            name(i), name(i + 17), name(i * 3), name(i / 2), name(i / 50), 1950 + i % 70, i % 90 + 1, i % 12 + 1, i + 9,
        );
        out
    })
}

fn bib_files(entries: usize) {
    let text = bib(entries);
    let ours =
        cpu(|| bibliography::read(text.as_bytes(), Some(Format::BIBTEX)).expect("it is a .bib file").works.len());
    let theirs = cpu(|| biblatex::Bibliography::parse(&text).expect("it is well-formed").len());
    row(&format!("read {entries} .bib entries"), ours, Some(("biblatex", theirs)));
}

/// 100,000 entries: the syntax alone in three libraries, what the entries mean in two, and the program start to end.
fn large(file: Option<&str>) {
    let text = match file {
        Some(file) => std::fs::read_to_string(file).expect("the file can be read"),
        None => bib(100_000),
    };
    println!("{:44} {:>10}", "bytes", text.len());
    syntax(&text);
    let read = || bibliography::read(text.as_bytes(), Some(Format::BIBTEX)).expect("it is a .bib file").works.len();
    let theirs = cpu(|| biblatex::Bibliography::parse(&text).map(|b| b.len()).unwrap_or_default());
    row("read into works", cpu(read), Some(("biblatex", theirs)));
    let folder = tempfile::tempdir().expect("a folder to work in");
    let path = folder.path().join("refs.bib");
    std::fs::write(&path, &text).expect("the folder can be written");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_citetrail"));
        command.args(args).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        of_children(|| drop(command.status()))
    };
    row("convert to CSL-JSON", run(&["convert", "refs.bib", "--to", "csl-json"]), None);
    run(&["init"]);
    let key = text.split_once('{').and_then(|(_, rest)| rest.split_once(',')).map_or("", |(key, _)| key.trim());
    for (what, args) in [
        ("project: the first question", &["refs", "show", key][..]),
        ("project: a question", &["refs", "show", key]),
        ("project: refs set", &["refs", "set", key, "note=benchmark"]),
        ("project: a question after that", &["refs", "show", key]),
        ("project: refs add", &["refs", "add", "Holm, A. (2004). Tides and ferries. Journal of Ferries, 12, 34-56."]),
        ("project: refs remove", &["refs", "remove", key]),
    ] {
        row(what, run(args), None);
    }
}

/// Cutting a file into entries and fields, whose values are not looked into.
fn syntax(text: &str) {
    let ours = cpu(|| bibliography::bibtex::BibText::new(text).entries().count());
    let raw = cpu(|| biblatex::RawBibliography::parse(text).map(|b| b.entries.len()).unwrap_or_default());
    let serde = cpu(|| {
        let entries =
            serde_bibtex::de::Deserializer::from_str(text).into_iter::<serde_bibtex::entry::BorrowEntry<'_>>();
        entries.filter(Result::is_ok).count()
    });
    row("syntax of entries", ours, Some(("biblatex", raw)));
    row("", ours, Some(("serde_bibtex", serde)));
}

fn styles(works: usize) {
    let text = bib(works);
    let library = bibliography::read(text.as_bytes(), Some(Format::BIBTEX)).expect("it is a .bib file").works;
    let entries = hayagriva::io::from_biblatex(&biblatex::Bibliography::parse(&text).expect("it is well-formed"));
    for name in ["apa", "vancouver"] {
        let style = Style::bundled(name).expect("it comes with the program");
        let citations: Vec<Citation<'_>> = (0..library.len()).map(Citation::of).collect();
        let ours = cpu(|| {
            let rendered = csl::render(&style, None, &library, &citations);
            rendered.bibliography.iter().map(|e| e.output.write(Target::Text).len()).sum::<usize>()
        });
        let citationberg::Style::Independent(archived) =
            hayagriva::archive::ArchivedStyle::by_name(name).expect("it is in the archive").get()
        else {
            continue;
        };
        let theirs = entries.as_ref().ok().map(|entries| cpu(|| hayagriva_list(entries, &archived)));
        row(&format!("cite {works} works, {name}"), ours, theirs.map(|t| ("hayagriva", t)));
    }
}

/// One style over made-up works, citations and list, in three programs; each once, since some take minutes.
fn curve(works: usize, file: &str) {
    let once = |work: &mut dyn FnMut() -> usize| {
        let start = ProcessTime::now();
        assert!(work() > 0, "something is printed");
        start.elapsed()
    };
    let text = bib(works);
    let library = bibliography::read(text.as_bytes(), Some(Format::BIBTEX)).expect("it is a .bib file").works;
    let xml = std::fs::read_to_string(file).expect("the style can be read");
    let style = Style::from_xml(&xml, |_| None).expect("it is a style");
    let citations: Vec<Citation<'_>> = (0..library.len()).map(Citation::of).collect();
    let ours = once(&mut || {
        let rendered = csl::render(&style, None, &library, &citations);
        rendered.bibliography.iter().map(|e| e.output.write(Target::Text).len()).sum()
    });
    let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
    let what = format!("cite {works} works, {name}");
    row(&what, ours, None);
    let entries = hayagriva::io::from_biblatex(&biblatex::Bibliography::parse(&text).expect("it is well-formed"));
    if let (Ok(entries), Ok(style)) = (entries, citationberg::IndependentStyle::from_xml(&xml)) {
        let theirs = once(&mut || hayagriva_list(&entries, &style));
        println!(
            "{:44} {:>10.4} {:>12.3}",
            "  hayagriva, and our share",
            theirs.as_secs_f64(),
            ours.div_duration_f64(theirs)
        );
    }
    let folder = tempfile::tempdir().expect("a folder to work in");
    let (bib, markdown) = (folder.path().join("works.bib"), folder.path().join("cited.md"));
    std::fs::write(&bib, &text).expect("the folder can be written");
    let cites = (0..works).fold(String::new(), |mut out, i| {
        let _ = writeln!(out, "[@k{i}]\n");
        out
    });
    std::fs::write(&markdown, cites).expect("the folder can be written");
    let mut pandoc = Command::new("pandoc");
    pandoc.args(["--citeproc", "--csl", file, "-t", "plain", "--bibliography"]).arg(&bib).arg(&markdown);
    let mut ended = None;
    let theirs = of_children(|| ended = pandoc.stdout(Stdio::null()).stderr(Stdio::null()).status().ok());
    if ended.is_some_and(|status| status.success()) {
        println!(
            "{:44} {:>10.4} {:>12.3}",
            "  pandoc, and our share",
            theirs.as_secs_f64(),
            ours.div_duration_f64(theirs)
        );
    }
}

fn hayagriva_list(entries: &hayagriva::Library, style: &citationberg::IndependentStyle) -> usize {
    use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, archive};
    let locales = archive::locales();
    let mut driver = BibliographyDriver::new();
    for entry in entries.iter() {
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(entry)], style, &locales));
    }
    let rendered = driver.finish(BibliographyRequest { style, locale: None, locale_files: &locales });
    rendered.bibliography.map_or(0, |list| list.items.len())
}

fn reference(i: usize) -> String {
    format!(
        "{}, A. B., {}, C., & {}, D. ({}). The {} of things number {i}. Journal of {}, {}({}), {i}–{}.",
        name(i),
        name(i + 17),
        name(i * 3),
        1950 + i % 70,
        name(i / 2),
        name(i / 50),
        i % 90 + 1,
        i % 12 + 1,
        i + 9
    )
}

fn references(number: usize) {
    let lines: Vec<String> = (0..number).map(reference).collect();
    row(&format!("parse {number} printed references"), cpu(|| parse_list(&lines).len()), None);
}

fn document(references: usize) -> String {
    let mut text = String::from("A Made-up Review\n\n");
    for i in 0..references {
        let _ = writeln!(
            text,
            "It has often been said that the {} of number {i} is larger than expected ({} et al. {}). In other cases, and for reasons that nobody knows, it is smaller than all others that were ever seen by those who looked.\n",
            name(i / 2),
            name(i),
            1950 + i % 70
        );
    }
    text.push_str("References\n\n");
    (0..references).for_each(|i| text.push_str(&format!("{}\n\n", reference(i))));
    text
}

fn documents(repeat: usize) {
    let text = document(100);
    let time = cpu(|| {
        (0..repeat)
            .map(|_| analyse(read(text.as_bytes(), &ReadOptions::default()).expect("it is text")).claims.len())
            .sum::<usize>()
    });
    row(&format!("read and resolve {repeat} documents of {} KB", text.len() / 1000), time, None);
}

/// CPU time of all children that have ended.
fn of_children(run: impl FnOnce()) -> Duration {
    let before = children();
    run();
    children() - before
}

/// Of `/proc/self/stat`, in hundredths of a second; zero where there is no such file.
fn children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis(10 * (ticks(13) + ticks(14)))
}

/// The program as it is called, start to end, each ten times.
fn whole_runs(works: usize) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let run = |args: &[&str]| {
        let status = Command::new(env!("CARGO_BIN_EXE_citetrail"))
            .args(args)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("the program runs").success(), "{args:?}");
    };
    let entry = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/calcinosis-cutis.txt");
    let entry = entry.to_str().expect("the path is text");
    let ten = |args: &[&str]| of_children(|| (0..10).for_each(|_| run(args))) / 10;
    row("why … --in, a 5 KB entry", ten(&["why", "acne", "--in", entry]), None);
    run(&["init"]);
    std::fs::write(folder.path().join("refs.bib"), bib(works)).expect("the folder can be written");
    row(&format!("first question to {works} works"), of_children(|| run(&["refs", "search", "ba"])), None);
    row(&format!("load it into {works} works"), of_children(|| run(&["load", entry])), None);
    row(&format!("why in {works} works"), ten(&["why", "acne"]), None);
}
