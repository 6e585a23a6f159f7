//! Citations of given paragraphs.

use super::support::Folder;

const INPUT: &str = r#"{"references": ["Abel A (2001) Rare things. J Examples 12:34–56", "Baker D, Cole EF (2002) Families. J Examples 3:5–9"],
 "paragraphs": ["Example (Abel 2001).", "Baker and Cole (2003) say no."]}"#;

#[test]
fn one_line_a_mention_then_the_findings() {
    let folder = Folder::new();
    folder.write("input.json", INPUT);
    let out = folder.status(&["link", "input.json", "--to", "jsonl"], 1);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{out}");
    let place = |i: usize| (lines[i]["para"].as_u64(), lines[i]["start"].as_u64(), lines[i]["end"].as_u64());
    assert_eq!((place(0), lines[0]["refs"][0].as_u64()), ((Some(0), Some(8), Some(19)), Some(0)));
    assert_eq!((place(1), &lines[1]["status"]), ((Some(1), Some(0), Some(21)), &"unresolved".into()));
    assert_eq!((&lines[2]["finding"], lines[2]["refs"][0].as_u64()), (&"year-mismatch".into(), Some(1)));
}

#[test]
fn works_that_share_an_entry() {
    let folder = Folder::new();
    folder.write(
        "input.json",
        r#"{"references": ["Abel A (2001) Rare things. J Examples 12:34–56",
             "(a) Baker D (2002) Families. J Examples 3:5–9; (b) Cole EF (2003) Friends. J Examples 4:1–8"],
            "paragraphs": ["Example [1]. Families [2a] have friends [2b]; see [2] and [2a,b]."]}"#,
    );
    let out = folder.ok(&["link", "input.json", "--to", "jsonl"]);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let shown = |line: &serde_json::Value| (line["refs"].to_string(), line["parts"].to_string());
    let shown: Vec<(String, String)> = lines.iter().map(shown).collect();
    let (a, b) = (r#"{"ref":1,"part":"a"}"#, r#"{"ref":1,"part":"b"}"#);
    let expected = [
        ("[0]", "null".to_owned()),
        ("[1]", format!("[{a}]")),
        ("[1]", format!("[{b}]")),
        ("[1]", format!("[{a},{b}]")),
        ("[1]", format!("[{a}]")),
        ("[1]", format!("[{b}]")),
    ];
    assert_eq!(shown, expected.map(|(refs, parts)| (refs.to_owned(), parts)));
    let text = folder.ok(&["link", "input.json"]);
    assert!(text.contains("[2b] → 2b") && text.contains("[2] → 2ab"), "{text}");
}

#[test]
fn superscripts_from_html() {
    let folder = Folder::new();
    folder.write(
        "input.json",
        r#"{"references": ["Abel A (2001) Rare things.", "Baker D (2002) Families."],
            "paragraphs": ["In 4 m2 salt1 & ice.2"], "paragraphs_html": ["In 4 m<sup>2</sup> salt<sup>1</sup> &amp; ice.<sup>2</sup>"]}"#,
    );
    let out = folder.ok(&["link", "input.json", "--to", "jsonl"]);
    let starts: Vec<u64> =
        out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["start"].as_u64().unwrap()).collect();
    assert_eq!(starts, [12, 20]);
}

#[test]
fn other_input_is_refused_with_its_place() {
    let folder = Folder::new();
    folder.write("input.json", "{\"references\": [],\n \"paragraphs\": 3}");
    let (status, message) = folder.errors(&["link", "input.json"]);
    assert_eq!(status, 2);
    assert!(message.contains("input.json") && message.contains("line 2") && message.contains("expected"), "{message}");
}

#[test]
fn several_inputs() {
    let folder = Folder::new();
    folder.write("a.json", INPUT);
    folder.write("b.json", "{");
    folder.write("c.json", INPUT);
    let out = folder.status(&["link", "a.json", "b.json", "c.json", "--to", "jsonl"], 1);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let files: Vec<&str> = lines.iter().map(|l| l["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.json", "a.json", "a.json", "b.json", "c.json", "c.json", "c.json"]);
    assert!(lines[3]["error"].as_str().unwrap().contains("expected"), "{out}");
    let text = folder.status(&["link", "a.json", "c.json"], 1);
    assert!(text.contains("c.json\nparagraph 1"), "{text}");
}
