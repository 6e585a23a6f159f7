//! Trains the tagger of printed references and writes its model.

mod corpus;
mod crf;
mod random;

use std::path::{Path, PathBuf};

use corpus::{Example, example, is_held_out, labelled, lines};
use random::Random;

const SLOTS: usize = 110_000;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out, rest @ ..] = args.as_slice() else {
        return Err("usage: train_references FOLDER MODEL.bin [--all]".to_owned());
    };
    let all = rest.iter().any(|a| a == "--all");
    let (mut train, mut held) = (Vec::new(), Vec::new());
    for path in files(&Path::new(folder).join("segs"))? {
        for line in lines(&path)? {
            let id = line["id"].as_str().unwrap_or_default();
            let Some(example) = labelled(&line).as_ref().and_then(example) else { continue };
            if is_held_out(id) {
                held.push(example.clone());
            }
            if all || !is_held_out(id) {
                train.push(example);
            }
        }
    }
    eprintln!("{} references to train on, {} held out", train.len(), held.len());
    let model = train_model(&train, &held);
    std::fs::write(out, model).map_err(|e| format!("{out}: {e}"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    out.sort();
    Ok(out)
}

fn train_model(train: &[Example], held: &[Example]) -> Vec<u8> {
    let mut random = Random::new(7);
    let (features, rows) = crf::number(train, 3);
    eprintln!("{} features", features.len());
    let examples: Vec<_> = train.iter().map(|e| crf::indexed(e, &rows)).collect();
    let measured: Vec<_> = held.iter().map(|e| crf::indexed(e, &rows)).collect();
    let mut crf = crf::Crf::new(features, 0.1, 1e-4);
    for epoch in 1..=10 {
        let loss = crf.epoch(&examples, &mut random);
        let (words, whole) = crf.measure(&measured);
        eprintln!("{epoch}: loss {loss:.4}, held out: words {words:.4}, references {whole:.4}");
    }
    let rows = crf.prune(SLOTS * 85 / 100);
    let examples: Vec<_> = train.iter().map(|e| crf::indexed(e, &rows)).collect();
    let measured: Vec<_> = held.iter().map(|e| crf::indexed(e, &rows)).collect();
    for epoch in 1..=2 {
        let loss = crf.epoch(&examples, &mut random);
        let (words, whole) = crf.measure(&measured);
        eprintln!("pruned {epoch}: loss {loss:.4}, held out: words {words:.4}, references {whole:.4}");
    }
    crf.to_bytes(SLOTS)
}
