//! `citetrail styles`: the citation styles that are at hand.

use std::path::Path;

use super::Outcome;
use super::args::StylesArgs;
use super::error::CliError;
use super::output::{Console, KEY, wrap};
use super::style::references;
use crate::csl::{Citation, Style, Target, render};
use crate::text::{fold, inert_line};
use crate::work::{Date, DateField, Field, Name, NameList, Role, Work, WorkKind};

pub(super) fn run(args: &StylesArgs, console: &Console) -> Result<Outcome, CliError> {
    let query = fold(&args.query.join(" "));
    let mut found: Vec<(String, String)> = Style::list()
        .filter(|s| fold(&format!("{} {} {}", s.name, s.aliases.join(" "), s.title)).contains(&query))
        .map(|s| (s.name.to_owned(), s.title.to_owned()))
        .collect();
    let mut from_folder = match &args.styles_dir {
        Some(folder) => in_folder(folder)?,
        None => vec![],
    };
    from_folder.retain(|(name, title)| fold(&format!("{name} {title}")).contains(&query));
    let bundled = found.len();
    found.extend(from_folder);
    let longest = found.iter().map(|(name, _)| name.len()).max().unwrap_or(0).min(40);
    for (i, (name, title)) in found.iter().enumerate() {
        let mut out = format!("{KEY}{:longest$}{KEY:#}  {}\n", inert_line(name), inert_line(title));
        if args.preview {
            let style = match &args.styles_dir {
                Some(folder) if i >= bundled => style_in(folder, name),
                _ => Style::bundled(name).map_err(|e| e.to_string()),
            };
            out.push_str(
                &style.map_or_else(|e| wrap(&e, console.width(), "  ", "  "), |s| preview(&s, console.width())),
            );
        }
        console.print(&out)?;
    }
    if found.is_empty() {
        console.note("no style at hand has that in its name; any .csl file can be given with --style");
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Done)
}

/// Names and titles of the styles of a folder, sorted.
fn in_folder(folder: &Path) -> Result<Vec<(String, String)>, CliError> {
    let entries = std::fs::read_dir(folder).map_err(|e| CliError::file(folder, e))?;
    // The official collection keeps dependent styles in a folder of their own.
    let dependent = std::fs::read_dir(folder.join("dependent")).into_iter().flatten();
    let mut styles: Vec<(String, String)> = entries
        .chain(dependent)
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".csl").map(str::to_owned))
        .map(|name| {
            let title =
                style_in(folder, &name).map_or_else(|e| format!("(cannot be used: {e})"), |s| s.title().to_owned());
            (name, title)
        })
        .collect();
    styles.sort();
    Ok(styles)
}

fn style_in(folder: &Path, name: &str) -> Result<Style, String> {
    let read = |name: &str| {
        let file = format!("{name}.csl");
        std::fs::read_to_string(folder.join(&file))
            .or_else(|e| std::fs::read_to_string(folder.join("dependent").join(&file)).map_err(|_| e))
    };
    let xml = read(name).map_err(|e| e.to_string())?;
    let parent = |link: &str| read(link.rsplit('/').next().unwrap_or(link)).ok();
    Style::from_xml(&xml, parent).map_err(|e| e.to_string())
}

/// Two works that are not there, cited and listed.
fn preview(style: &Style, width: usize) -> String {
    let work = |kind, names: &[(&str, &str)], year, fields: &[(Field, &str)]| {
        let mut work = Work { kind, ..Work::default() };
        let names = names.iter().map(|(family, given)| Name::person(*family, *given)).collect();
        work.contributors.insert(Role::Author, NameList { names, incomplete: false });
        work.dates.insert(DateField::Issued, Date::from_year(year));
        fields.iter().for_each(|(field, value)| work.set(*field, *value));
        work
    };
    let works = [
        work(
            WorkKind::ArticleJournal,
            &[("Doe", "Jane A."), ("Roe", "Richard")],
            2021,
            &[
                (Field::Title, "What a sample article is called"),
                (Field::ContainerTitle, "Journal of Samples"),
                (Field::Volume, "12"),
                (Field::Issue, "3"),
                (Field::Page, "45-67"),
            ],
        ),
        work(
            WorkKind::Book,
            &[("Poe", "Ann")],
            1999,
            &[
                (Field::Title, "A sample book"),
                (Field::Publisher, "Sample Press"),
                (Field::PublisherPlace, "Springfield"),
            ],
        ),
    ];
    let cited = render(style, None, &works, &[Citation::of(0), Citation::of(1)]).citations;
    let cited: Vec<String> = cited.iter().map(|c| c.write(Target::Text)).collect();
    let mut out = wrap(&cited.join("   "), width, "  ", "    ");
    for entry in references(style, None, &works) {
        out.push_str(&wrap(&entry, width, "  ", "    "));
    }
    out
}
