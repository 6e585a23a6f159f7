//! Two people in two clones judge, edit claims and take records back; their files are merged by union of lines in any
//! order, with repetitions. What comes out is what a model without any of the machinery says.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::ClaimId;
use crate::work::Work;

const CLAIMS: usize = 8;
const WORKS: usize = 5;

#[derive(Debug, Clone)]
enum Step {
    Judge {
        person: usize,
        claim: usize,
        work: usize,
        verdict: usize,
        minute: i64,
    },
    /// Only in the clone where it happens; the texts of the first clone are those of the merge.
    Edit {
        claim: usize,
    },
    /// Takes back one of the records made in the same clone so far.
    Retract {
        which: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // Clocks differ, and several verdicts share a minute.
        12 => (0..3_usize, 0..CLAIMS, 0..WORKS, 0..6_usize, 0..40_i64)
            .prop_map(|(person, claim, work, verdict, minute)| Step::Judge { person, claim, work, verdict, minute }),
        2 => (0..CLAIMS).prop_map(|claim| Step::Edit { claim }),
        1 => (0..1000_usize).prop_map(|which| Step::Retract { which }),
    ]
}

fn text(claim: usize, version: usize) -> String {
    format!("Claim {claim} as of version {version}.")
}

/// A verdict as the model knows it.
#[derive(Debug, Clone)]
struct Fact {
    id: String,
    at: i64,
    person: usize,
    pair: (usize, usize),
    verdict: Verdict,
    version: usize,
}

/// The lines, facts and retracted ids of one clone, with the final versions of its claims.
#[derive(Debug, Default)]
struct Clone {
    lines: Vec<String>,
    facts: Vec<Fact>,
    retracted: Vec<String>,
    versions: [usize; CLAIMS],
}

fn play(steps: &[Step], clone: usize) -> Clone {
    let mut out = Clone::default();
    let people = ["Ada <ada@example.org>", "Bob", "Cleo"];
    let push = |lines: &mut Vec<String>, act: Act, by: &str, at: Timestamp, salt: usize| {
        let id = RecordId::derive(&act, by, at, salt as u64);
        let record = Record { id: id.clone(), act, by: by.to_owned(), at, tool: "t".to_owned() };
        lines.push(serde_json::to_string(&record).unwrap());
        id.to_string()
    };
    for (i, step) in steps.iter().enumerate() {
        let salt = clone * 10_000 + i;
        match *step {
            Step::Edit { claim } => out.versions[claim] += 1,
            Step::Judge { person, claim, work, verdict, minute } => {
                let version = out.versions[claim];
                let text = text(claim, version);
                let judgement = Judgement {
                    claim: ClaimRef::new(ClaimId::from(format!("c{claim}")), "d.txt", "", &text, &text),
                    work: WorkRef::of(&Work { key: format!("w{work}"), ..Work::default() }),
                    verdict: Verdict::ALL[verdict],
                    quote: None,
                    page: None,
                    note: None,
                };
                let at = Timestamp::from_micros(minute * 60_000_000);
                let id = push(&mut out.lines, Act::Verdict(judgement), people[person], at, salt);
                let verdict = Verdict::ALL[verdict];
                out.facts.push(Fact { id, at: minute, person, pair: (claim, work), verdict, version });
            }
            Step::Retract { which } if !out.facts.is_empty() => {
                let of = out.facts[which % out.facts.len()].id.clone();
                let act = Act::Retract { of: RecordId::from(of.clone()), reason: None };
                push(&mut out.lines, act, "Bob", Timestamp::from_micros(0), salt);
                out.retracted.push(of);
            }
            Step::Retract { .. } => {}
        }
    }
    out
}

/// The state of a pair, said as plainly as can be.
fn expected(facts: &[Fact], pair: (usize, usize), version: usize) -> PairState {
    let mut newest: Vec<&Fact> = Vec::new();
    for person in 0..3 {
        let theirs = facts.iter().filter(|f| f.pair == pair && f.person == person);
        newest.extend(theirs.max_by_key(|f| (f.at, f.id.clone())));
    }
    let judged: Vec<&Fact> = newest.iter().copied().filter(|f| f.verdict != Verdict::NoAccess).collect();
    let fresh: Vec<&Fact> = judged.iter().copied().filter(|f| f.version == version).collect();
    match (newest.len(), judged.len(), fresh.len()) {
        (0, ..) => PairState::Open,
        (_, 0, _) => PairState::NoAccess,
        (_, _, 0) => PairState::Stale,
        _ if fresh.iter().all(|f| f.verdict == fresh[0].verdict) => PairState::Checked(fresh[0].verdict),
        _ => PairState::Conflict,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn two_clones_merge_as_the_model_says(
        ours in prop::collection::vec(step(), 0..200),
        theirs in prop::collection::vec(step(), 0..200),
        order in any::<prop::sample::Index>(),
        repeated in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let (ours, theirs) = (play(&ours, 0), play(&theirs, 1));
        let mut lines: Vec<&String> = ours.lines.iter().chain(&theirs.lines).collect();
        if !lines.is_empty() {
            repeated.iter().for_each(|i| lines.push(lines[i.index(lines.len())]));
            let by = order.index(lines.len());
            lines.rotate_left(by);
            if by % 2 == 1 {
                lines.reverse();
            }
        }
        let file: String = lines.iter().map(|l| format!("{l}\n")).collect();
        let (ledger, problems) = Ledger::read(file.as_bytes());
        prop_assert_eq!(problems, vec![]);
        // Every verdict is there, once.
        prop_assert_eq!(ledger.all().len(), ours.lines.len() + theirs.lines.len());
        let gone: Vec<&String> = ours.retracted.iter().chain(&theirs.retracted).collect();
        let facts: Vec<Fact> =
            ours.facts.iter().chain(&theirs.facts).filter(|f| !gone.contains(&&f.id)).cloned().collect();
        for claim in 0..CLAIMS {
            for work in 0..WORKS {
                let of_pair = |r: &&Arc<Record>| matches!(&r.act, Act::Verdict(j)
                    if j.claim.id.as_str() == format!("c{claim}") && j.work.key == format!("w{work}"));
                let now = text(claim, ours.versions[claim]);
                let records: Vec<&Arc<Record>> = ledger.live().filter(of_pair).collect();
                let state = standing(records.into_iter(), &ClaimText::new(&now, &now)).state;
                prop_assert_eq!(state, expected(&facts, (claim, work), ours.versions[claim]));
            }
        }
    }
}
