//! The README does not lie.

use std::path::Path;

use super::support::Folder;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there is a README")
}

/// Every example of the README's tour, in order: what follows a `$ citetrail …` line is what the program prints.
/// The tour starts in a copy of `examples/` and `refs.bib`.
#[test]
fn the_tour_prints_what_it_says() {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["examples/calcinosis-cutis.txt", "examples/works.jsonl"] {
        folder.write(name, std::fs::read(root.join(name)).unwrap());
    }
    let mut examples = 0;
    for block in readme().split("```console\n").skip(1) {
        let block = block.split("```").next().expect("a block ends");
        let runs = block.split("$ citetrail ").skip(1).peekable();
        for run in runs {
            let (line, expected) = run.split_once('\n').expect("a command is a line");
            let args = shell_words(line);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = folder.run(&args);
            let printed = super::support::text(&output.stdout) + &super::support::text(&output.stderr);
            let matches = match expected.trim_end().split_once("\n…") {
                // "…" stands for what is left out at the end.
                Some((start, _)) => printed.starts_with(start),
                None => printed.trim_end() == expected.trim_end(),
            };
            assert!(matches, "citetrail {line}\n--- README\n{expected}\n--- printed\n{printed}");
            examples += 1;
        }
    }
    assert!(examples >= 8, "only {examples} examples were found");
}

/// Words of a command line; double quotes hold words together.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
