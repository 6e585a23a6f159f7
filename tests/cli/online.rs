//! Services on the network, played by a server of our own.

use super::loopback::{Reply, Service};
use super::support::Folder;

const RECORD: &str = r#"{"status": "ok", "message-type": "work-list", "message": {"items": [{"DOI": "10.5555/ferry.7",
    "type": "journal-article", "title": ["On ferries and their keepers"], "author": [{"family": "Roe", "given": "Ann"}],
    "container-title": ["Annals of Samples"], "issued": {"date-parts": [[2004]]}, "volume": "3", "page": "5-9", "reference-count": 2}]}}"#;

/// A server that answers every request with a status and a body.
fn server(status: u16, body: &'static str) -> Service {
    Service::start(move |_| Reply { body: body.to_owned(), ..Reply::status(status) })
}

/// A project that may ask Crossref, at an address of this machine.
fn project(url: &str) -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write(
        "citetrail.toml",
        format!(
            "[services]\nask = [\"crossref\"]\nmailto = \"me@example.org\"\n[services.urls]\ncrossref = \"{url}\"\n"
        ),
    );
    folder.write(
        "list.txt",
        "Roe, A. (2005). On ferries and their keepers. Annals of Samples, 3, 5–9.\nDoe, B. (1990). A wholly different matter of stones. Old Journal, 1, 2–3.\n",
    );
    folder
}

#[test]
fn references_are_matched_by_a_service_and_answers_are_kept() {
    let service = server(200, RECORD);
    let folder = project(&service.url);
    let answers = || folder.status(&["match", "list.txt", "--to", "jsonl"], 1);
    let first = answers();
    let lines: Vec<serde_json::Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["verdict"], &lines[0]["doi"]), (&"mismatched".into(), &"10.5555/ferry.7".into()));
    assert_eq!(lines[0]["disagreements"][0]["field"], "year");
    assert_eq!(lines[0]["source"], "Crossref");
    assert_eq!((&lines[1]["verdict"], &lines[1]["asked"][0]["source"]), (&"not-found".into(), &"Crossref".into()));
    let number = service.asked().len();
    assert!(number >= 2);
    assert_eq!(answers(), first);
    assert_eq!(service.asked().len(), number, "an answer was asked for twice");
}

#[test]
fn nothing_is_asked_unless_allowed() {
    let service = server(200, RECORD);
    let folder = project(&service.url);
    let lines = folder.status(&["match", "list.txt", "--to", "jsonl", "--offline"], 1);
    assert!(lines.lines().all(|line| line.contains("\"cannot-tell\"")), "{lines}");
    let outside = Folder::new();
    outside.write("list.txt", folder.read("list.txt"));
    let (status, message) = outside.errors(&["match", "list.txt"]);
    assert_eq!(status, 1);
    assert!(message.contains("there is no source to ask: give --index DIR"), "{message}");
    assert!(service.asked().is_empty());
}

#[test]
fn a_service_that_fails_cannot_tell() {
    let service = server(403, "no");
    let folder = project(&service.url);
    let lines = folder.status(&["match", "list.txt", "--to", "jsonl"], 1);
    assert!(lines.lines().all(|line| line.contains("\"cannot-tell\"") && !line.contains("10.5555")), "{lines}");
    let (_, message) = folder.errors(&["match", "list.txt"]);
    assert!(message.starts_with("warning: Crossref: answered with status 403\n"), "{message}");
}
