//! The weights of the tagger, in a layout that is read in place.
//!
//! All numbers are little-endian. A header (`CTRT`, version, number of buckets, the size of one step of the feature
//! weights and of the junction weights as `f32`), the weights of the junctions as `i16` (kind of junction × label
//! before × label), those of the first label, the calibration of each label (two `f32`: slope and offset of the
//! log-odds; that of [`Label::Other`] is for whole references), then a hash table in buckets of four features: first
//! the fingerprints of all buckets (`u16`, 0: none), then the weights of all buckets, one `i8` for each feature and
//! label, and a few bytes of padding. Most features of a text are in no table; the fingerprints alone, which stay in
//! a fast cache, tell so.

use std::sync::LazyLock;

use super::chain::JUNCTIONS;
use super::label::{LABELS, Label};

/// Features of a bucket.
const WAYS: usize = 4;
/// Bytes of the fingerprints of a bucket.
const PRINT_BYTES: usize = WAYS * 2;
/// Numbers of labels are reckoned with this many at a time, a power of two: those of the labels, and some that mean
/// nothing.
pub(super) const LANES: usize = 16;
/// A number for each label.
pub(super) type Lanes = [f32; LANES];
/// More features than any token has; the sums of so many bytes fit into 16 bits.
const MAX_FEATURES: usize = 128;
/// Bytes behind the last weights, so that [`LANES`] bytes can be read there too.
const PADDING: usize = LANES - LABELS;
const MAGIC: &[u8; 4] = b"CTRT";
const VERSION: u32 = 4;
const HEADER: usize = 20;

/// The bucket of a feature.
fn bucket_of(feature: u64, buckets: usize) -> usize {
    // The upper half of the hash, scaled to the size of the table.
    usize::try_from(((feature >> 32) * buckets as u64) >> 32).expect("below the number of buckets")
}

/// What tells features of one bucket apart; never 0.
fn fingerprint_of(feature: u64) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are wanted")]
    let lower = feature as u16;
    lower.max(1)
}

/// Weights over a table of bytes.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    prints: &'a [[u8; PRINT_BYTES]],
    weights: &'a [u8],
    step: f32,
    junctions: Vec<Junction>,
    first: [f32; LABELS],
    calibration: Calibration,
}

/// What one kind of junction between two tokens says about their labels.
#[derive(Debug, Clone)]
pub struct Junction {
    /// Of the labels behind each label; no weight reaches what is no label.
    pub(super) weights: [Lanes; LABELS],
    /// The exponentials of the weights.
    pub(super) odds: [Lanes; LABELS],
    /// The same, of the labels before each label.
    pub(super) odds_behind: [Lanes; LABELS],
    /// The largest weight less the smallest.
    pub(super) spread: f32,
}

impl Junction {
    fn new(weights: [[f32; LABELS]; LABELS]) -> Self {
        let all = || weights.iter().flatten().copied();
        let spread = all().fold(f32::NEG_INFINITY, f32::max) - all().fold(f32::INFINITY, f32::min);
        let weights = weights.map(|row| wide(&row, f32::NEG_INFINITY));
        let odds = weights.map(|row| row.map(f32::exp));
        let odds_behind = std::array::from_fn(|behind| {
            wide(&std::array::from_fn::<_, LABELS, _>(|before| odds[before][behind]), 0.0)
        });
        Self { weights, odds, odds_behind, spread }
    }
}

/// The numbers of the labels, and `rest` where no label is.
fn wide(row: &[f32; LABELS], rest: f32) -> Lanes {
    std::array::from_fn(|lane| row.get(lane).copied().unwrap_or(rest))
}

/// Sums of rows of weights, four lanes of 16 bits in a word: those of even places in the rows and those of odd ones.
#[derive(Default)]
struct Sums {
    even: [u64; LANES / 8],
    odd: [u64; LANES / 8],
    rows: u16,
}

impl Sums {
    /// The lower byte of every lane.
    const BYTES: u64 = 0x00ff_00ff_00ff_00ff;
    /// Added to a weight it gives 0 to 255: lanes without signs do not reach into each other.
    const BIAS: u64 = 0x8080_8080_8080_8080;

    #[inline]
    fn add(&mut self, row: &[u8; LANES]) {
        for (half, bytes) in row.as_chunks::<8>().0.iter().enumerate() {
            let biased = u64::from_le_bytes(*bytes) ^ Self::BIAS;
            self.even[half] += biased & Self::BYTES;
            self.odd[half] += (biased >> 8) & Self::BYTES;
        }
        self.rows += 1;
    }

    /// The sums in units of `step`; no weight reaches what is no label.
    fn lanes(&self, step: f32) -> Lanes {
        let mut out = [f32::NEG_INFINITY; LANES];
        for (lane, out) in out[..LABELS].iter_mut().enumerate() {
            let words = if lane % 2 == 0 { &self.even } else { &self.odd };
            let biased = (words[lane / 8] >> (lane % 8 / 2 * 16)) & 0xffff;
            let sum = i32::try_from(biased).expect("16 bits") - 128 * i32::from(self.rows);
            #[expect(clippy::cast_precision_loss, reason = "17 bits")]
            {
                *out = sum as f32 * step;
            }
        }
        out
    }
}

/// Slope and offset that turn the log-odds of a chain into those of a field being right, for each label.
pub type Calibration = [[f32; 2]; LABELS];

impl<'a> Model<'a> {
    /// Reads a model; `None` where the bytes are none of this version.
    #[must_use]
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let word = |at: usize| bytes.get(at..at + 4).and_then(|b| <[u8; 4]>::try_from(b).ok());
        if bytes.get(..4)? != MAGIC || u32::from_le_bytes(word(4)?) != VERSION {
            return None;
        }
        let count = usize::try_from(u32::from_le_bytes(word(8)?)).ok()?;
        let (step, junction_step) = (f32::from_le_bytes(word(12)?), f32::from_le_bytes(word(16)?));
        let chain = (JUNCTIONS * LABELS + 1) * LABELS;
        let weights = bytes.get(HEADER..HEADER + chain * 2)?;
        let all: Vec<f32> = weights
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| f32::from(i16::from_le_bytes(*pair)) * junction_step)
            .collect();
        let (junctions, first) = all.split_at(chain - LABELS);
        let mut calibration = [[1.0, 0.0]; LABELS];
        for (at, number) in calibration.as_flattened_mut().iter_mut().enumerate() {
            *number = f32::from_le_bytes(word(HEADER + chain * 2 + at * 4)?);
        }
        let (prints, weights) = bytes.get(HEADER + chain * 2 + LABELS * 8..)?.split_at_checked(count * PRINT_BYTES)?;
        let prints = prints.as_chunks().0;
        let whole = count > 0 && weights.len() == count * WAYS * LABELS + PADDING;
        let first = <[f32; LABELS]>::try_from(first).ok()?;
        let junctions = junctions.as_chunks::<LABELS>().0.as_chunks::<LABELS>().0;
        let junctions = junctions.iter().copied().map(Junction::new).collect();
        whole.then_some(Self { prints, weights, step, junctions, first, calibration })
    }

    /// The model that comes with the program.
    pub(super) fn shipped() -> &'static Model<'static> {
        static SHIPPED: LazyLock<Model<'static>> =
            LazyLock::new(|| Model::from_bytes(include_bytes!("model.bin")).expect("the model of this version"));
        &SHIPPED
    }

    /// The weights of all labels for a token with these features; those of what is no label are −∞.
    #[must_use]
    pub(super) fn score(&self, features: &[u64]) -> Lanes {
        // Which features are in the table nobody can foresee, a processor neither: so first all are looked up without
        // a branch, then those found are added up.
        let mut found = [0u32; MAX_FEATURES];
        let mut count = 0;
        for &feature in features.iter().take(MAX_FEATURES) {
            let (place, known) = self.place(feature);
            found[count] = place;
            count += usize::from(known);
        }
        let mut sums = Sums::default();
        for &place in &found[..count] {
            let at = place as usize * LABELS;
            if let Some(weights) = self.weights.get(at..at + LANES).and_then(<[u8]>::first_chunk) {
                sums.add(weights);
            }
        }
        sums.lanes(self.step)
    }

    /// What a kind of junction says, below [`JUNCTIONS`].
    #[must_use]
    pub(super) fn junction(&self, kind: u8) -> &Junction {
        &self.junctions[usize::from(kind)]
    }

    /// The weights of the first label.
    #[must_use]
    pub(super) fn first(&self) -> &[f32; LABELS] {
        &self.first
    }

    /// The probability that a field is right whose least certain label has this probability. For whole references
    /// the label is [`Label::Other`].
    #[must_use]
    pub fn confidence(&self, label: Label, sure: f32) -> f32 {
        let [slope, offset] = self.calibration[label as usize];
        1.0 / (1.0 + (-(slope * log_odds(sure) + offset)).exp())
    }

    /// The place of a feature in the table, and whether it is there.
    #[inline]
    fn place(&self, feature: u64) -> (u32, bool) {
        const ONES: u64 = 0x0001_0001_0001_0001;
        let bucket = bucket_of(feature, self.prints.len());
        let prints = u64::from_le_bytes(self.prints[bucket]);
        // All four fingerprints are compared at once: the lowest 16 bits that are equal become the lowest high bit.
        let different = prints ^ (u64::from(fingerprint_of(feature)) * ONES);
        let equal = different.wrapping_sub(ONES) & !different & (ONES << 15);
        #[expect(clippy::cast_possible_truncation, reason = "a model has a few megabytes")]
        let first = (bucket * WAYS) as u32;
        (first + equal.trailing_zeros() / 16, equal != 0)
    }

    /// The bytes of a model, from the weights of features and of the chain. The features are taken in their order;
    /// those for which their bucket has no room are left out.
    #[must_use]
    pub fn to_bytes(
        features: &[(u64, [f32; LABELS])],
        junctions: &[f32],
        first: &[f32; LABELS],
        calibration: &Calibration,
        buckets: usize,
    ) -> Vec<u8> {
        let largest = |weights: &mut dyn Iterator<Item = f32>| weights.fold(1e-6f32, |m, w| m.max(w.abs()));
        let step = largest(&mut features.iter().flat_map(|(_, w)| w.iter().copied())) / 127.0;
        let junction_step = largest(&mut junctions.iter().chain(first).copied()) / 32_767.0;
        let mut out = Vec::from(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(u32::try_from(buckets).expect("a small table").to_le_bytes());
        out.extend(step.to_le_bytes());
        out.extend(junction_step.to_le_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "scaled to the range")]
        for weight in junctions.iter().chain(first) {
            out.extend(((weight / junction_step).round() as i16).to_le_bytes());
        }
        out.extend(calibration.as_flattened().iter().flat_map(|number| number.to_le_bytes()));
        let mut prints = vec![[0u16; WAYS]; buckets];
        let mut table = vec![0u8; buckets * WAYS * LABELS + PADDING];
        for (feature, weights) in features {
            let bucket = bucket_of(*feature, buckets);
            let Some(way) = prints[bucket].iter().position(|print| *print == 0) else { continue };
            prints[bucket][way] = fingerprint_of(*feature);
            #[expect(clippy::cast_possible_truncation, reason = "scaled to the range")]
            let weights = weights.iter().map(|weight| ((weight / step).round() as i8).cast_unsigned());
            let at = (bucket * WAYS + way) * LABELS;
            for (byte, weight) in table[at..at + LABELS].iter_mut().zip(weights) {
                *byte = weight;
            }
        }
        out.extend(prints.as_flattened().iter().flat_map(|print| print.to_le_bytes()));
        out.extend(table);
        out
    }
}

/// The log-odds of a probability, kept finite.
#[must_use]
pub fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        let mut weights = [0.0; LABELS];
        weights[4] = 2.0;
        let junctions = vec![0.5; JUNCTIONS * LABELS * LABELS];
        let bytes = Model::to_bytes(&[(7 << 40 | 9, weights)], &junctions, &[0.0; LABELS], &[[1.0, 0.0]; LABELS], 16);
        let model = Model::from_bytes(&bytes).expect("a model");
        assert!((model.score(&[7 << 40 | 9, 8])[4] - 2.0).abs() < 0.01);
        assert!((model.junction(1).weights[2][3] - 0.5).abs() < 0.01);
        assert!((model.confidence(Label::Title, 0.8) - 0.8).abs() < 0.01);
        assert!(Model::from_bytes(&bytes[1..]).is_none());
        assert!(Model::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }
}
