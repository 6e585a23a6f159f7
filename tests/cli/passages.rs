//! How well passages are ranked, over the sample articles beside the project, when they are there.

use std::io::Read;

use citetrail::review::Ranker;
use citetrail::text::sentences;
use serde_json::Value;

use super::support::shared;

/// For each sentence that cites: is the title that shares most with it that of a work it cites? The articles give no
/// abstracts, so titles are all there is to rank.
#[test]
fn the_cited_title_is_found_by_the_sentence() {
    let Some(folder) = shared("citations/gold") else { return };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut asked, mut hits) = (0_usize, 0_usize);
    for file in files {
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
        let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |kind: &str| records.iter().filter(move |r| r["rec"] == kind).collect::<Vec<_>>();
        let references = of("ref");
        let ranker = Ranker::new(references.iter().map(|r| r["fields"]["title"].as_str().unwrap_or_default()));
        for paragraph in of("para") {
            let (text, mentions) = (paragraph["text"].as_str().unwrap(), paragraph["mentions"].as_array().unwrap());
            for range in sentences(text) {
                // Offsets of the sample count scalars.
                let start = text[..range.start].chars().count();
                let end = start + text[range.clone()].chars().count();
                let place = |m: &Value| (m["start"].as_u64().unwrap() as usize, m["end"].as_u64().unwrap() as usize);
                let inside: Vec<&Value> = mentions.iter().filter(|m| (start..end).contains(&place(m).0)).collect();
                let has_title =
                    |id: &&Value| references.iter().any(|r| r["id"] == **id && r["fields"]["title"].is_string());
                let cited = inside.iter().flat_map(|m| m["refs"].as_array().unwrap()).filter(has_title);
                let cited: Vec<&Value> = cited.collect();
                if cited.is_empty() {
                    continue;
                }
                // The citation itself must not answer.
                let is_cited = |i: usize| inside.iter().any(|m| (place(m).0..place(m).1).contains(&i));
                let question: String =
                    (start..).zip(text[range].chars()).filter(|(i, _)| !is_cited(*i)).map(|(_, c)| c).collect();
                asked += 1;
                let best = ranker.rank(&question).first().map(|(i, _)| &references[*i]["id"]);
                hits += usize::from(best.is_some_and(|id| cited.contains(&id)));
            }
        }
    }
    let share = hits as f64 / asked as f64;
    eprintln!("hit@1 by title: {hits} of {asked}, {share:.3}");
    // A title drawn by lot from lists of fifty is right once in fifty.
    assert!(asked > 1_000 && share >= 0.2, "{hits} of {asked}");
}
