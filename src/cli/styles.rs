//! `citetrail styles`: the citation styles that are at hand.

use super::Outcome;
use super::args::StylesArgs;
use super::error::CliError;
use super::output::{Console, KEY};
use crate::csl::Style;
use crate::text::{fold, inert_line};

pub(super) fn run(args: &StylesArgs, console: &Console) -> Result<Outcome, CliError> {
    let query = fold(&args.query.join(" "));
    let found: Vec<_> = Style::list()
        .filter(|s| fold(&format!("{} {} {}", s.name, s.aliases.join(" "), s.title)).contains(&query))
        .collect();
    let longest = found.iter().map(|s| s.name.len()).max().unwrap_or(0).min(40);
    let lines: String =
        found.iter().map(|s| format!("{KEY}{:longest$}{KEY:#}  {}\n", s.name, inert_line(s.title))).collect();
    console.print(&lines)?;
    if found.is_empty() {
        console.note("no bundled style has that in its name; any .csl file can be given with --style");
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Done)
}
