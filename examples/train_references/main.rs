//! Trains the tagger of printed references and writes its model.

mod calibrate;
mod corpus;
mod crf;
mod german;
mod house;
mod lists;
mod noise;
mod print;
mod random;
mod records;
mod scripts;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use citetrail::reference::training::{LABELS, Model};
use corpus::{Example, example, is_held_out, labelled, lines};
use crf::Crf;
use random::Random;

/// Buckets of four features each, one line of a cache long.
const BUCKETS: usize = 28_000;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out, rest @ ..] = args.as_slice() else {
        return Err("usage: train_references FOLDER MODEL.bin [--held-out]".to_owned());
    };
    let options = Options::read(rest)?;
    let folder = Path::new(folder);
    // Once without every fifth reference, to measure and to learn how sure to be.
    let (train, held) = examples(folder, Part::WithoutHeldOut, &options)?;
    let field = train_field(&train, &held, &options);
    let plain = field.to_bytes(&[[1.0, 0.0]; LABELS], BUCKETS);
    let model = Model::from_bytes(&plain).ok_or("the model cannot be read back")?;
    let calibration = calibrate::calibrate(&model, &held);
    let bytes = if options.held_out {
        field.to_bytes(&calibration, BUCKETS)
    } else {
        let (train, held) = examples(folder, Part::All, &options)?;
        train_field(&train, &held, &options).to_bytes(&calibration, BUCKETS)
    };
    std::fs::write(out, bytes).map_err(|e| format!("{out}: {e}"))
}

/// Which of the labelled references are trained on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    WithoutHeldOut,
}

/// How much is printed and trained.
struct Options {
    held_out: bool,
    lists: usize,
    houses: usize,
    scripts: usize,
    forms: usize,
    repeat: usize,
    epochs: usize,
    seen: usize,
    least: u32,
    keep: usize,
    decay: f32,
}

impl Options {
    fn read(args: &[String]) -> Result<Self, String> {
        let mut out = Self {
            held_out: false,
            lists: 300,
            houses: 650,
            scripts: 1_000,
            forms: 9_000,
            repeat: 2,
            epochs: 8,
            seen: 600,
            least: 4,
            keep: 85_000,
            decay: 1e-4,
        };
        for arg in args {
            let (name, value) = arg.split_once('=').unwrap_or((arg, ""));
            let number = || value.parse::<usize>().map_err(|e| format!("{arg}: {e}"));
            match name {
                "--held-out" => out.held_out = true,
                "--lists" => out.lists = number()?,
                "--houses" => out.houses = number()?,
                "--scripts" => out.scripts = number()?,
                "--forms" => out.forms = number()?,
                "--repeat" => out.repeat = number()?,
                "--epochs" => out.epochs = number()?,
                "--seen" => out.seen = number()?,
                "--keep" => out.keep = number()?,
                "--least" => out.least = value.parse().map_err(|e| format!("{arg}: {e}"))?,
                "--decay" => out.decay = value.parse().map_err(|e| format!("{arg}: {e}"))?,
                _ => return Err(format!("unknown option {arg}")),
            }
        }
        Ok(out)
    }
}

/// Examples to train on, labelled and printed ones, and those held out.
fn examples(folder: &Path, part: Part, options: &Options) -> Result<(Vec<Example>, Vec<Example>), String> {
    let (mut train, mut held) = (Vec::new(), Vec::new());
    for path in files(&folder.join("segs"))? {
        for line in lines(&path)? {
            let Some(example) = labelled(&line).as_ref().and_then(example) else { continue };
            let out = is_held_out(line["id"].as_str().unwrap_or_default());
            if out {
                held.push(example.clone());
            }
            if !out || part == Part::All {
                train.push(example);
            }
        }
    }
    let mut pool = records::Pool::default();
    for path in files(folder)?.iter().filter(|p| p.is_file()) {
        for line in lines(path)? {
            if part == Part::All || !is_held_out(line["id"].as_str().unwrap_or_default()) {
                pool.add(&line);
            }
        }
    }
    let mut random = Random::new(11);
    let mut printed = print::styled(&pool, options.lists, 30, &mut random);
    printed.extend(house::printed(&pool, options.houses, 12, &mut random));
    printed.extend((0..options.scripts).map(|_| scripts::printed(&mut random)));
    printed.extend((0..options.forms).map(|_| print::formed(&pool, &mut random)));
    for text in &mut printed {
        noise::damage(text, &mut random);
    }
    let labelled = train.len();
    for _ in 1..options.repeat {
        train.extend_from_within(..labelled);
    }
    train.extend(printed.iter().filter_map(|text| example(&text.sample())));
    eprintln!("{labelled} labelled references, {} printed, {} held out", printed.len(), held.len());
    Ok((train, held))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    out.sort();
    Ok(out)
}

fn train_field(train: &[Example], held: &[Example], options: &Options) -> Crf {
    let mut random = Random::new(7);
    let (features, rows) = crf::number(train, options.least);
    eprintln!("{} features", features.len());
    let mut field = Crf::new(features, 0.1, options.decay, options.seen);
    let mut pass = |field: &mut Crf, rows: &HashMap<u64, u32>, epochs: usize| {
        let examples: Vec<_> = train.iter().map(|e| crf::indexed(e, rows)).collect();
        let measured: Vec<_> = held.iter().map(|e| crf::indexed(e, rows)).collect();
        for epoch in 1..=epochs {
            let loss = field.epoch(&examples, &mut random);
            let (words, whole) = field.measure(&measured);
            eprintln!("pass {epoch}: loss {loss:.4}, held out: words {words:.4}, references {whole:.4}");
        }
    };
    pass(&mut field, &rows, options.epochs);
    let rows = field.prune(options.keep);
    pass(&mut field, &rows, 2);
    field
}
