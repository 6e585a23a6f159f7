//! Notices about works from where they are published: the CSV file of the Retraction Watch database, and the updates that
//! Crossref records with works.

use serde_json::Value;

use super::notice::{Notice, NoticeKind};
use crate::bibliography::{self, Format, Problem, ReadError};
use crate::work::{Doi, Work};

/// What a file of the Retraction Watch database says.
#[derive(Debug, Default)]
pub struct Retractions {
    pub notices: Vec<(Doi, Notice)>,
    /// Rows that were left out, and why.
    pub problems: Vec<Problem>,
}

/// Reads a CSV file of the Retraction Watch database (columns `OriginalPaperDOI`, `RetractionNature`, `RetractionDate`,
/// `Reason`, `RetractionDOI`). Works without a DOI cannot be recognised and are passed over.
///
/// # Errors
/// When the file is no such table.
pub fn retractions(bytes: &[u8]) -> Result<Retractions, ReadError> {
    let csv = Format::from_name("csv").expect("CSV is a format");
    let library = bibliography::read(bytes, Some(csv))?;
    let mut found = Retractions { notices: Vec::new(), problems: library.problems };
    let has_columns = |work: &Work| work.custom.contains_key("RetractionNature");
    if !library.works.is_empty() && !library.works.iter().any(has_columns) {
        let reason = "the first row names no column “RetractionNature”, as a file of Retraction Watch does".to_owned();
        return Err(ReadError::NotOfFormat { format: csv.name(), line: 1, column: 1, reason });
    }
    for work in &library.works {
        let cell = |name: &str| work.custom.get(name).map_or("", |text| text.trim());
        let Ok(doi) = cell("OriginalPaperDOI").parse::<Doi>() else { continue };
        let nature = cell("RetractionNature");
        let Some(kind) = NoticeKind::from_nature(nature) else {
            let message = format!("{doi}: “{nature}” is no nature of a notice that is known; the row was left out");
            found.problems.push(Problem { message, line: 1, column: 1, key: None });
            continue;
        };
        // "+Error in Data;+Unreliable Results;"
        let reasons: Vec<&str> =
            cell("Reason").split(';').map(|r| r.trim().trim_start_matches('+')).filter(|r| !r.is_empty()).collect();
        let notice = cell("RetractionDOI").parse::<Doi>().map(String::from).unwrap_or_default();
        let notice = Notice { kind, date: iso(cell("RetractionDate")), reason: reasons.join("; "), notice };
        found.notices.push((doi, notice));
    }
    Ok(found)
}

/// "8/23/2012 0:00" → "2012-08-23"; what is no such date is empty.
fn iso(date: &str) -> String {
    let day = date.split_whitespace().next().unwrap_or_default();
    let parts: Vec<u32> = day.split('/').map_while(|part| part.parse().ok()).collect();
    match parts[..] {
        [month @ 1..=12, day @ 1..=31, year @ 1000..=9999] => format!("{year:04}-{month:02}-{day:02}"),
        _ if day.len() == 10 && day.bytes().filter(|b| *b == b'-').count() == 2 => day.to_owned(),
        _ => String::new(),
    }
}

/// The notices that a record of Crossref holds: about the work itself (`updated-by`), or, as the record of a notice, about
/// another work (`update-to`).
pub fn notices_of(work: &Work) -> Vec<(Doi, Notice)> {
    let mut found = Vec::new();
    for (name, own) in [("updated-by", true), ("update-to", false)] {
        let Some(Ok(Value::Array(updates))) = work.custom.get(name).map(|text| serde_json::from_str(text)) else {
            continue;
        };
        for update in &updates {
            let text = |name: &str| update.get(name).and_then(Value::as_str).unwrap_or_default();
            let (Ok(other), Some(kind)) = (text("DOI").parse::<Doi>(), NoticeKind::from_nature(text("type"))) else {
                continue;
            };
            let Some(this) = work.doi() else { continue };
            let (of, notice) = if own { (this, other) } else { (other, this) };
            if of == notice {
                continue;
            }
            let parts = update.pointer("/updated/date-parts/0").and_then(Value::as_array);
            let parts: Vec<String> =
                parts.into_iter().flatten().filter_map(Value::as_u64).map(|n| format!("{n:02}")).collect();
            let notice = Notice { kind, date: parts.join("-"), reason: String::new(), notice: notice.into() };
            found.push((of, notice));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_retraction_watch() {
        let csv = "Record ID,Title,Author,RetractionDate,RetractionDOI,OriginalPaperDOI,RetractionNature,Reason\n\
            1,Tides,Ada Holm;Bo Berg,8/23/2012 0:00,10.5555/r,10.5555/Tides,Retraction,+Error in Data;+Unreliable Results;\n\
            2,Ferries,Ada Holm,1/2/2013 0:00,unavailable,unavailable,Retraction,+x;\n\
            3,Ports,Ada Holm,2/30/x,unavailable,10.5555/ports,Expression of concern,\n\
            4,Odd,Ada Holm,1/1/2020 0:00,unavailable,10.5555/odd,Something,\n";
        let read = retractions(csv.as_bytes()).unwrap();
        let shown: Vec<String> = read
            .notices
            .iter()
            .map(|(doi, n)| format!("{doi} {} {} {} {}", n.kind, n.date, n.reason, n.notice))
            .collect();
        assert_eq!(
            shown,
            [
                "10.5555/tides retracted 2012-08-23 Error in Data; Unreliable Results 10.5555/r",
                "10.5555/ports under an expression of concern   ",
            ]
        );
        assert_eq!(read.problems.len(), 1);
        assert!(retractions(b"title,author\nA,B\n").is_err());
    }

    #[test]
    fn updates_of_crossref() {
        let json = r#"{"DOI": "10.5555/a", "title": ["T"], "reference-count": 1, "updated-by": [{"DOI": "10.5555/r",
            "type": "retraction", "updated": {"date-parts": [[2020, 1, 2]]}}, {"DOI": "10.5555/v2", "type": "new_version"}]}"#;
        let work = &bibliography::read(json.as_bytes(), None).unwrap().works[0];
        let [(doi, notice)] = &notices_of(work)[..] else { panic!() };
        assert_eq!(
            (doi.as_str(), notice.kind, notice.date.as_str()),
            ("10.5555/a", NoticeKind::Retraction, "2020-01-02")
        );
        let json = json.replace("updated-by", "update-to");
        let work = &bibliography::read(json.as_bytes(), None).unwrap().works[0];
        assert_eq!(notices_of(work)[0].0.as_str(), "10.5555/r");
    }
}
