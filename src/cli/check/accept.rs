//! `citetrail check --accept`: say with a reason that a finding is as it should be.

use super::CheckArgs;
use crate::check::{Finding, Sorted, rule};
use crate::cli::Outcome;
use crate::cli::error::CliError;
use crate::cli::output::Console;
use crate::cli::pair::not_one;
use crate::project::Project;
use crate::review::{Act, FindingRef};

pub(super) fn run(
    project: &Project,
    sorted: &Sorted,
    typed: &[String],
    args: &CheckArgs,
    console: &Console,
) -> Result<Outcome, CliError> {
    let (code, place) = (typed[0].trim(), typed[1].trim());
    let reason = args.reason.as_deref().map(str::trim).filter(|r| !r.is_empty());
    let Some(reason) = reason else {
        return Err(CliError::Message("say with --reason why the finding is as it should be".to_owned()));
    };
    if rule(code).is_none() {
        return not_one(console, &format!("no rule has the code “{code}”; `citetrail check --explain all` lists them"));
    }
    let of_rule: Vec<&Finding> = sorted.open.iter().filter(|f| f.code == code).collect();
    let mut places: Vec<String> = of_rule.iter().map(|f| f.place_name()).collect();
    places.sort_unstable();
    places.dedup();
    let wanted = match places.iter().position(|p| p == place) {
        Some(i) => places[i].clone(),
        None => {
            // The beginning of a place is enough where one has it.
            let alike: Vec<&String> = places.iter().filter(|p| p.starts_with(place) || p.ends_with(place)).collect();
            match alike[..] {
                [only] => only.clone(),
                _ => {
                    let listed = if alike.is_empty() { places.iter().collect() } else { alike };
                    let listed: Vec<&str> = listed.iter().take(8).map(|p| p.as_str()).collect();
                    let message = match listed.as_slice() {
                        [] => format!("there is no finding {code}"),
                        some => format!("no one finding {code} is at “{place}”; there are\n  {}", some.join("\n  ")),
                    };
                    return not_one(console, &message);
                }
            }
        }
    };
    let by = project.reviewer(args.by.as_deref())?;
    let finding = FindingRef { code: code.to_owned(), place: wanted.clone() };
    let act = Act::Accept { finding, reason: reason.to_owned() };
    let records = project.record(&format!("check --accept {code} {wanted}"), &by, vec![act])?.records;
    console.note(&format!("accepted {code} at {wanted}, by {by}: {reason} (record {})", records[0].id));
    Ok(Outcome::Done)
}
