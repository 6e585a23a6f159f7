//! `citetrail evidence`: the passages of its sources that speak most of a claim.

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::args::{AnswerFormat, ScopeArgs};
use super::error::CliError;
use super::output::{BOLD, Console, DIM, KEY, wrap};
use super::pair::{not_one, one_claim, one_source};
use super::scope::Scope;
use crate::answers::{Evidence, Sources};
use crate::text::inert_line;
use crate::work::Work;

/// The passages of a claim's sources that speak most of it, for you to judge
#[derive(Debug, Args)]
#[command(after_help = "\
Passages are sentences of the attached text (`citetrail attach`) and of the abstract, ranked by the words they share with
the claim. Whether they support it is for you to say.

Examples:
  citetrail evidence \"juvenile dermatomyositis\"
  citetrail evidence acne nunley2009 --most 5")]
pub struct EvidenceArgs {
    /// Words of the claim, its path, or its id.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Only of this work behind it.
    #[arg(value_name = "WORK")]
    pub work: Option<String>,
    /// How many passages of each text.
    #[arg(long, value_name = "N", default_value = "3")]
    pub most: usize,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// A work behind the claim and its passages; `None` where no text of it is at hand.
type Found = (Work, Option<Vec<Evidence>>);

pub(super) fn run(args: &EvidenceArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, folder, console)?;
    let answer = scope.ask(|store| {
        let reviews = scope.reviews(store)?;
        let claim = match one_claim(store, &args.claim)? {
            Ok(claim) => claim,
            Err(why) => return Ok(Err(why)),
        };
        let works: Vec<Work> = match &args.work {
            Some(query) => match one_source(store, &reviews, &claim, query)? {
                Ok(work) => vec![work],
                Err(why) => return Ok(Err(why)),
            },
            None => {
                let pairs = reviews.pairs(&claim.document, claim.claim);
                let works = pairs.iter().map(|p| store.work(&p.key)).collect::<Result<Vec<_>, _>>()?;
                works.into_iter().flatten().collect()
            }
        };
        let sources = Sources::new(store, scope.project())?;
        let text = claim.document.analysis.bare_text(claim.claim);
        let found = works.into_iter().map(|work| {
            let passages = match sources.texts(&work)?.is_empty() {
                true => None,
                false => Some(sources.passages(&work, &text, args.most)?),
            };
            Ok((work, passages))
        });
        let found = found.collect::<Result<Vec<Found>, CliError>>()?;
        Ok(Ok((text, found)))
    })?;
    let (claim, found) = match answer {
        Ok(answer) => answer,
        Err(why) => return not_one(console, &why),
    };
    match args.to {
        AnswerFormat::Text => console.print(&text(&claim, &found, console.width()))?,
        AnswerFormat::Json => {
            let works: Vec<Value> = found.iter().map(as_json).collect();
            let json = json!({ "claim": claim, "works": works });
            console.print_raw(&format!("{}\n", serde_json::to_string_pretty(&json).expect("plain data")))?;
        }
    }
    let any = found.iter().any(|(_, passages)| passages.as_ref().is_some_and(|p| !p.is_empty()));
    Ok(if any { Outcome::Done } else { Outcome::Found })
}

fn text(claim: &str, found: &[Found], width: usize) -> String {
    let mut out = format!("{BOLD}{}{BOLD:#}", wrap(claim, width, "", ""));
    if found.is_empty() {
        out.push_str("  no work stands behind it\n");
    }
    for (work, passages) in found {
        let _ = writeln!(out, "  {KEY}{}{KEY:#}", inert_line(&work.key));
        match passages.as_deref() {
            None => {
                let hint = format!("no text at hand; `citetrail attach {} FILE` adds it", work.key);
                out.push_str(&wrap(&hint, width, "    ", "    "));
            }
            Some([]) => out.push_str("    no sentence shares a word with the claim\n"),
            Some(passages) => {
                for evidence in passages {
                    out.push_str(&wrap(&format!("“{}”", evidence.passage.text), width, "    ", "    "));
                    let place = match evidence.source == evidence.passage.place {
                        true => evidence.source.clone(),
                        false => format!("{}: {}", evidence.source, evidence.passage.place),
                    };
                    let _ = write!(out, "{DIM}{}{DIM:#}", wrap(&place, width, "      ", "      "));
                }
            }
        }
    }
    out
}

fn as_json((work, passages): &Found) -> Value {
    let list = passages.iter().flatten().map(
        |e| json!({ "source": e.source, "place": e.passage.place, "text": e.passage.text, "score": e.passage.score }),
    );
    json!({ "key": work.key, "has_text": passages.is_some(), "passages": list.collect::<Vec<_>>() })
}
