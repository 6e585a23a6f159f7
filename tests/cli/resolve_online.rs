//! `resolve` with services, played by servers of our own: in order, slow, wrong, hostile, interrupted.

use std::time::{Duration, Instant};

use super::loopback::{Reply, Service};
use super::support::Folder;

/// Words that no two of these works share.
const SUBJECTS: [&str; 12] = [
    "anchors", "buoys", "cranes", "docks", "eddies", "funnels", "galleys", "hawsers", "islands", "jetties", "keels",
    "lanterns",
];

fn title(i: usize) -> String {
    let subject = SUBJECTS[i];
    format!("Observations on {subject} and the keepers of {subject} at night")
}

fn record(i: usize) -> String {
    format!(
        r#"{{"DOI": "10.5555/{}.{i}", "type": "journal-article", "title": ["{}"], "author": [{{"family": "Roe", "given": "Ann"}}],
        "container-title": ["Annals of Samples"], "issued": {{"date-parts": [[{}]]}}, "volume": "{}", "page": "{}-{}"}}"#,
        SUBJECTS[i],
        title(i),
        1990 + i,
        i + 1,
        10 * i + 5,
        10 * i + 9
    )
}

/// Crossref with these works.
fn crossref(delay: impl Fn(usize) -> u64 + Send + Sync + 'static) -> Service {
    Service::start(move |path| {
        let Some(i) = SUBJECTS.iter().position(|subject| path.contains(subject)) else { return Reply::status(404) };
        let reply = match path.starts_with("/works?") {
            true => Reply::ok(format!(r#"{{"message": {{"items": [{}]}}}}"#, record(i))),
            false => Reply::ok(format!(r#"{{"message": {}}}"#, record(i))),
        };
        reply.after(delay(i))
    })
}

fn project(services: &[(&str, &str)], works: usize) -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    let names: Vec<String> = services.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let urls: String = services.iter().map(|(name, url)| format!("{name} = \"{url}\"\n")).collect();
    folder.write(
        "citetrail.toml",
        format!("[services]\nask = [{}]\nmailto = \"me@example.org\"\n[services.urls]\n{urls}", names.join(", ")),
    );
    let bib: String = (0..works)
        .map(|i| format!("@article{{k{i}, author = {{Roe, Ann}}, title = {{{}}}, journal = {{Annals of Samples}}, year = {}, volume = {}, pages = {{{}--{}}}}}\n", title(i), 1990 + i, i + 1, 10 * i + 5, 10 * i + 9))
        .collect();
    folder.write("refs.bib", bib);
    folder
}

fn lines(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        (json["key"].as_str().unwrap().to_owned(), json["verdict"].as_str().unwrap().to_owned())
    };
    text.lines().map(line).collect()
}

#[test]
fn several_are_asked_at_a_time_and_answers_keep_their_order() {
    // The first ones answer last.
    let service = crossref(|i| 60 * (12 - i as u64));
    let folder = project(&[("crossref", &service.url)], 12);
    let first = folder.ok(&["resolve", "--to", "jsonl"]);
    let expected: Vec<_> = (0..12).map(|i| (format!("k{i}"), "matched".to_owned())).collect();
    assert_eq!(lines(&first), expected);
    let asked = service.asked().len();
    // All is kept: nothing is asked again, and what is certain is written.
    folder.ok(&["resolve", "--write"]);
    assert_eq!(service.asked().len(), asked);
    assert_eq!(folder.read("refs.bib").matches("doi = {10.5555/").count(), 12);
    assert_eq!(folder.read("resolved.jsonl").lines().count(), 12);
    assert_eq!(service.asked().iter().filter(|path| path.starts_with("/works?")).count(), 12);
}

/// Nothing that was answered is lost when the program is killed.
#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on_where_it_was() {
    let service = crossref(|i| if i < 6 { 0 } else { 2_500 });
    let folder = project(&[("crossref", &service.url)], 12);
    let program = assert_cmd::cargo::cargo_bin("citetrail");
    let mut child = std::process::Command::new(program)
        .args(["resolve", "--to", "jsonl"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let late = |service: &Service| service.asked().iter().any(|path| path.contains(SUBJECTS[6]));
    while !late(&service) && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    folder.ok(&["resolve", "--to", "jsonl"]);
    for subject in &SUBJECTS[..4] {
        let searches = service.asked().iter().filter(|p| p.starts_with("/works?") && p.contains(subject)).count();
        assert_eq!(searches, 1, "{subject}");
    }
}

#[test]
fn a_service_that_fails_is_no_proof_that_a_work_does_not_exist() {
    let service = Service::start(|_| Reply { body: "no".to_owned(), ..Reply::status(403) });
    let folder = project(&[("crossref", &service.url)], 3);
    let out = folder.status(&["resolve", "--to", "jsonl"], 1);
    assert!(lines(&out).iter().all(|(_, verdict)| verdict == "cannot-tell"), "{out}");
    let (_, said) = folder.errors(&["resolve"]);
    assert_eq!(said.matches("warning: Crossref: answered with status 403").count(), 1, "{said}");
    let json = folder.json(&["check", "--to", "json", "--select", "not-found,doi-mismatch"]);
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    // One that answers does not make up for one that does not.
    let other = Service::start(|_| Reply::ok(r#"{"hitCount": 0, "resultList": {"result": []}}"#));
    let folder = project(&[("crossref", &service.url), ("europe-pmc", &other.url)], 1);
    let text = folder.status(&["resolve"], 1);
    assert!(text.contains("k0  not found in Europe PMC ("), "{text}");
    let json: serde_json::Value = serde_json::from_str(folder.read("resolved.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!(json["unavailable"][0], "Crossref: answered with status 403");
    assert_eq!(json["asked"][0]["source"], "Europe PMC");
    let json = folder.json(&["check", "--to", "json", "--select", "not-found"]);
    assert_eq!(json["findings"][0]["level"], "warning");
}

#[test]
fn wrong_and_hostile_answers_do_no_harm() {
    let bodies = [
        "not JSON".to_owned(),
        "{\"message\": {\"items\": 7}}".to_owned(),
        "[".repeat(100_000),
        // Another work, whose title would write to a terminal and to the .bib file.
        "{\"message\": {\"items\": [{\"DOI\": \"10.5555/x}, note={\", \"title\": [\"\\u001b]52;c;x\\u0007 \\u202e\"]}]}}".to_owned(),
        // The right work with an identifier that would end its field.
        r#"{"message": {"items": [{"DOI": "10.5555/x},note={y", "type": "journal-article", "title": ["Observations on anchors and the keepers of anchors at night"],
            "author": [{"family": "Roe", "given": "Ann"}], "container-title": ["Annals of Samples"], "issued": {"date-parts": [[1990]]}, "volume": "1", "page": "5-9"}]}}"#
            .to_owned(),
    ];
    for body in bodies {
        let shown: String = body.chars().take(80).collect();
        let service = Service::start(move |_| Reply::ok(body.clone()));
        let folder = project(&[("crossref", &service.url)], 1);
        let bib = folder.read("refs.bib");
        let out = folder.run(&["resolve", "--write"]);
        let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        assert!(matches!(out.status.code(), Some(0 | 1)), "{shown}: {text}");
        assert!(!text.contains("\u{1b}]") && !text.contains('\u{202e}'), "{shown}: {text}");
        let after = folder.read("refs.bib");
        assert!(!after.contains("note"), "{shown}: {after}");
        assert!(after.starts_with(bib.trim_end().trim_end_matches('}')), "{shown}: {after}");
    }
}

#[test]
fn what_crossref_says_of_a_work_is_verified() {
    let service = Service::start(|path| {
        match path {
        path if path.starts_with("/works/10.1101%2Fanchors") => Reply::ok(format!(
            r#"{{"message": {}}}"#,
            record(0).replace("10.5555/anchors.0", "10.1101/anchors.0").replace(
                "\"type\": \"journal-article\"",
                r#""type": "posted-content", "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/published", "asserted-by": "subject"}]},
                "updated-by": [{"type": "correction", "DOI": "10.5555/notice", "updated": {"date-parts": [[2001, 2, 3]]}}]"#
            )
        )),
        _ => Reply::status(404),
    }
    });
    let folder = project(&[("crossref", &service.url)], 1);
    let bib = folder.read("refs.bib").replace("year = 1990", "year = 1990, doi = {10.1101/anchors.0}");
    folder.write("refs.bib", bib);
    let text = folder.status(&["resolve", "--verify"], 1);
    assert!(text.contains("k0  right  10.1101/anchors.0\n"), "{text}");
    assert!(text.contains("  corrected on 2001-02-03 (notice 10.5555/notice)\n"), "{text}");
    assert!(text.contains("  a preprint, published as 10.5555/published"), "{text}");
    let json = folder.json(&["check", "--to", "json", "--select", "retracted,superseded-preprint"]);
    let codes: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|f| f["level"].as_str().unwrap()).collect();
    assert_eq!(codes, ["info", "warning"]);
    let offline = folder.errors(&["resolve", "--verify", "--offline"]);
    assert_eq!(offline.0, 2, "{}", offline.1);
}
