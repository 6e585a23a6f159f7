//! `citetrail undo`: take back the newest change.

use std::path::Path;

use super::Outcome;
use super::args::UndoArgs;
use super::error::CliError;
use super::output::{Console, wrap};
use super::scope::project_at;

pub(super) fn run(args: &UndoArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(project)?;
    if !args.list {
        let command = project.undo()?;
        console.note(&format!("undone: {command}"));
        return Ok(Outcome::Done);
    }
    let records = project.undoable()?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let lines: String = records
        .iter()
        .rev()
        .map(|record| {
            wrap(
                &format!("{:>9}  {}", ago(now.saturating_sub(record.at)), record.command),
                console.width(),
                "",
                "           ",
            )
        })
        .collect();
    console.print(&lines)?;
    Ok(if records.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// "3 h ago".
fn ago(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}
