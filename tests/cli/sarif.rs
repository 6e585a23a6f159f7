//! `check --to sarif`, read by the rules of SARIF 2.1.0's schema: the names of all fields that are written, their types,
//! what is required, and the values that are allowed. A field that is not known here is an error.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::support::{ENTRY, Folder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Log {
    #[serde(rename = "$schema")]
    schema: String,
    version: Version,
    runs: Vec<Run>,
}

#[derive(Deserialize, PartialEq, Debug)]
enum Version {
    #[serde(rename = "2.1.0")]
    V2_1_0,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: ColumnKind,
    results: Vec<SarifResult>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "camelCase")]
enum ColumnKind {
    Utf16CodeUnits,
    UnicodeCodePoints,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    driver: Driver,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Driver {
    name: String,
    version: String,
    semantic_version: String,
    rules: Vec<ReportingDescriptor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ReportingDescriptor {
    id: String,
    short_description: Message,
    full_description: Message,
    help: Message,
}

/// A message, or a message string of several formats; both must have a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SarifResult {
    rule_id: String,
    rule_index: usize,
    level: Level,
    message: Message,
    locations: Vec<Location>,
    partial_fingerprints: BTreeMap<String, String>,
    #[serde(default)]
    suppressions: Vec<Suppression>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
enum Level {
    None,
    Note,
    Warning,
    Error,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Option<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Region {
    start_line: u64,
    start_column: u64,
    end_line: u64,
    end_column: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suppression {
    kind: SuppressionKind,
    status: SuppressionStatus,
    justification: String,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "camelCase")]
enum SuppressionKind {
    InSource,
    External,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "camelCase")]
enum SuppressionStatus {
    Accepted,
    UnderReview,
    Rejected,
}

/// Reads a log and holds it against what the schema and the text of the standard say beyond types.
fn read(json: &str) -> Run {
    let mut log: Log = serde_json::from_str(json).unwrap_or_else(|e| panic!("{e}: {json}"));
    assert!(log.schema.starts_with("https://") && log.schema.ends_with("sarif-schema-2.1.0.json"));
    assert_eq!((log.version, log.runs.len()), (Version::V2_1_0, 1));
    let run = log.runs.remove(0);
    let driver = &run.tool.driver;
    let is_semantic = |v: &str| v.split('.').count() == 3 && v.split('.').all(|n| n.parse::<u32>().is_ok());
    assert!(driver.name == "citetrail" && driver.version == driver.semantic_version && is_semantic(&driver.version));
    let ids: HashSet<&str> = driver.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), driver.rules.len(), "rules are unique");
    for rule in &driver.rules {
        let texts = [&rule.short_description, &rule.full_description, &rule.help];
        assert!(texts.iter().all(|message| !message.text.is_empty()), "{}", rule.id);
    }
    assert_eq!(run.column_kind, ColumnKind::UnicodeCodePoints);
    for result in &run.results {
        assert_eq!(driver.rules[result.rule_index].id, result.rule_id);
        assert!(!result.message.text.is_empty() && result.level != Level::None);
        assert!(!result.partial_fingerprints.is_empty() && result.locations.len() == 1);
        for location in &result.locations {
            let uri = &location.physical_location.artifact_location.uri;
            // A relative reference (RFC 3986).
            let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b);
            assert!(!uri.is_empty() && !uri.starts_with('/') && uri.bytes().all(allowed), "{uri}");
            assert!(location.logical_locations.iter().all(|l| !l.fully_qualified_name.is_empty()));
            if let Some(region) = &location.physical_location.region {
                let (start, end) = ((region.start_line, region.start_column), (region.end_line, region.end_column));
                assert!(region.start_line >= 1 && region.start_column >= 1 && region.end_column >= 1 && start <= end);
            }
        }
    }
    run
}

fn of<'a>(run: &'a Run, rule: &str) -> &'a SarifResult {
    run.results.iter().find(|result| result.rule_id == rule).unwrap_or_else(|| panic!("{rule} is not there"))
}

#[test]
fn a_log_is_as_the_schema_says() {
    let folder = Folder::with_project();
    folder.ok(&["check", "--accept", "citation-year-mismatch", "(Dorn 1999)", "--reason", "so it is", "--by", "Ada"]);
    folder.write("refs.bib", folder.read("refs.bib") + "@book{odd, title={T}, doi={not-a-doi}}\n");
    let run = read(&folder.ok(&["check", "--to", "sarif", "--fail-on", "never"]));
    assert!(run.results.len() > 4);
    for result in &run.results {
        let uri = &result.locations[0].physical_location.artifact_location.uri;
        assert!(folder.file(uri).exists(), "{uri}");
    }
    let accepted = of(&run, "citation-year-mismatch");
    let [suppression] = accepted.suppressions.as_slice() else { panic!("one acceptance") };
    assert_eq!(suppression.kind, SuppressionKind::External);
    assert_eq!(suppression.status, SuppressionStatus::Accepted);
    assert!(suppression.justification.starts_with("so it is (Ada, "));
    let region = |rule: &str| of(&run, rule).locations[0].physical_location.region.as_ref().unwrap();
    let line = 1 + ENTRY.lines().position(|l| l.contains("Late onset")).unwrap();
    assert_eq!(region("citation-year-mismatch").start_line, line as u64);
    let line = 1 + folder.read("refs.bib").lines().position(|l| l.contains("@book{odd")).unwrap();
    let odd = region("malformed-identifier");
    assert_eq!((odd.start_line, odd.start_column), (line as u64, 7));
}

/// Names of files and texts that would mean something in a URI or a workflow command.
#[test]
fn a_log_of_hostile_names_is_as_the_schema_says() {
    let folder = Folder::new();
    let name = "a b:c#d?e%41\u{202e}é.txt";
    let text = "A Title\n\nIt is so (Roe \"\u{1b}]52;c;x\u{7} 1999) as seen (Roe 1999).\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n";
    folder.write(name, text);
    let run = read(&folder.status(&["check", "--in", name, "--to", "sarif"], 1));
    let uri = &of(&run, "unresolved-citation").locations[0].physical_location.artifact_location.uri;
    assert_eq!(uri, "a%20b%3Ac%23d%3Fe%2541%E2%80%AE%C3%A9.txt");
}
