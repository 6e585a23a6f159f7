//! `citetrail verdict`: record whether a work backs a claim.

use std::path::Path;

use clap::Args;

use super::Outcome;
use super::error::CliError;
use super::output::Console;
use super::pair::{not_one, one_claim, one_source};
use super::scope::project_at;
use crate::answers::{Reviews, claim_ref};
use crate::project::{Project, Recorded};
use crate::review::{Act, Judgement, Verdict, WorkRef};

/// Record whether a work backs a claim, as you judged by reading it
#[derive(Debug, Args)]
#[command(after_help = "\
Verdicts:
  supported      the work says what the claim says
  partly         a part of it, or something weaker
  not-supported  it speaks of the matter and does not support the claim
  contradicts    it says the opposite
  not-addressed  it does not speak of the matter
  no-access      you could not read it (no judgement)

Your newest verdict on a pair counts. It is of the claim as it reads now; when the claim changes, the verdict is stale.
What two people judge differently is shown as a conflict. `citetrail undo` takes the last one back.

Examples:
  citetrail verdict acne nunley2009 not-addressed
  citetrail verdict \"juvenile dermatomyositis\" wu2008 supported --page 576 --quote \"was treated with incision\"
  citetrail verdict 4kq7zzab wu2008 partly --note \"one patient\" --by \"Ada Lovelace <ada@example.org>\"")]
pub struct VerdictArgs {
    /// Words of the claim, its path, or its id.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Key, DOI or words of a work behind it.
    #[arg(value_name = "WORK")]
    pub work: String,
    /// What the work says to the claim.
    #[arg(value_name = "VERDICT", value_parser = clap::builder::PossibleValuesParser::new(Verdict::ALL.map(Verdict::as_str)))]
    pub verdict: String,
    /// The passage of the work, word for word.
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// Where in the work.
    #[arg(long, value_name = "PAGE")]
    pub page: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Who judges, in place of who you are by CITETRAIL_BY, citetrail.toml or git.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

pub(super) fn run(args: &VerdictArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let by = project.reviewer(args.by.as_deref())?;
    let verdict: Verdict = args.verdict.parse().map_err(CliError::Message)?;
    let found = project.ask(
        |store| {
            let reviews = Reviews::new(store, &project.ledger()?.0)?;
            let claim = match one_claim(store, &args.claim)? {
                Ok(claim) => claim,
                Err(why) => return Ok(Err(why)),
            };
            Ok::<_, CliError>(one_source(store, &reviews, &claim, &args.work)?.map(|work| (claim, work)))
        },
        CliError::is_store_error,
    )?;
    let (claim, work) = match found {
        Ok(found) => found,
        Err(why) => return not_one(console, &why),
    };
    let text = |s: &Option<String>| s.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    let judgement = Judgement {
        claim: claim_ref(&claim.document, claim.claim),
        work: WorkRef::of(&work),
        verdict,
        quote: text(&args.quote),
        page: text(&args.page),
        note: text(&args.note),
    };
    record(&project, &by, judgement, console)
}

fn record(project: &Project, by: &str, judgement: Judgement, console: &Console) -> Result<Outcome, CliError> {
    let command = format!("verdict {} {} {}", judgement.claim.id, judgement.work.key, judgement.verdict);
    let said = format!("“{}” ← {}: {}, by {by}", judgement.claim.text, judgement.work.key, judgement.verdict.words());
    let Recorded { records, ledger } = project.record(&command, by, vec![Act::Verdict(judgement.clone())])?;
    console.note(&format!("{said} (record {})", records[0].id));
    let standing = project.ask(
        |store| {
            let reviews = Reviews::new(store, &ledger)?;
            let place = store.claims_with_id(judgement.claim.id.as_str())?.into_iter().next();
            let document = place.map(|p| store.document(p.document)).transpose()?;
            Ok::<_, CliError>(document.zip(place).map(|(d, p)| reviews.standing(&d, p.claim, &judgement.work.key)))
        },
        CliError::is_store_error,
    )?;
    if let Some(standing) = standing.filter(|s| s.state == crate::review::PairState::Conflict) {
        let others: Vec<String> = standing
            .opinions
            .iter()
            .filter(|o| o.is_fresh && o.record.id != records[0].id)
            .map(|o| format!("{} says {}", o.record.by, o.judgement.verdict.words()))
            .collect();
        console.warn(&format!("{} now: {}", standing.state.words(), others.join("; ")));
    }
    Ok(Outcome::Done)
}
