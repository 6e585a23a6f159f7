//! The weights of the tagger, in a layout that is read in place.
//!
//! All numbers are little-endian. A header (`CTRT`, version, number of slots, the size of one step of the feature
//! weights and of the junction weights as `f32`), the weights of the junctions as `i16` (kind of junction × label
//! before × label), those of the first label, then the slots of a hash table with open addressing. A slot holds a
//! fingerprint of a feature (0: empty) and one `i8` for each label.

use std::sync::LazyLock;

use super::chain::JUNCTIONS;
use super::label::LABELS;

/// Bytes of a slot: the fingerprint, the weights and one byte of padding.
const SLOT_BYTES: usize = 16;
const MAGIC: &[u8; 4] = b"CTRT";
const VERSION: u32 = 1;
const HEADER: usize = 20;

/// The slot where looking for a feature starts.
fn slot_of(feature: u64, slots: usize) -> usize {
    // The upper half of the hash, scaled to the size of the table.
    usize::try_from(((feature >> 32) * slots as u64) >> 32).expect("below the number of slots")
}

/// What tells features of one slot apart; never 0.
fn fingerprint_of(feature: u64) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are wanted")]
    let lower = feature as u16;
    lower.max(1)
}

/// Weights over a table of bytes.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    slots: &'a [[u8; SLOT_BYTES]],
    step: f32,
    junctions: Vec<f32>,
    first: [f32; LABELS],
}

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
        let (slots, rest) = bytes.get(HEADER + chain * 2..)?.as_chunks::<SLOT_BYTES>();
        let whole = slots.len() == count && rest.is_empty() && count > 0;
        let first = <[f32; LABELS]>::try_from(first).ok()?;
        whole.then(|| Self { slots, step, junctions: junctions.to_vec(), first })
    }

    /// The model that comes with the program.
    pub(super) fn shipped() -> &'static Model<'static> {
        static SHIPPED: LazyLock<Model<'static>> =
            LazyLock::new(|| Model::from_bytes(include_bytes!("model.bin")).expect("the model of this version"));
        &SHIPPED
    }

    /// The weights of all labels for a token with these features.
    #[must_use]
    pub fn score(&self, features: &[u64]) -> [f32; LABELS] {
        let mut sum = [0i32; LABELS + 1];
        for &feature in features {
            if let Some(slot) = self.find(feature) {
                let weights = &slot[2..];
                for (sum, weight) in sum.iter_mut().zip(weights) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "sums of a few hundred bytes")]
        std::array::from_fn(|label| sum[label] as f32 * self.step)
    }

    /// The weights of the labels behind each label at a kind of junction.
    #[must_use]
    pub fn junction(&self, kind: u8, before: usize) -> &[f32] {
        let at = (usize::from(kind) * LABELS + before) * LABELS;
        &self.junctions[at..at + LABELS]
    }

    /// The weights of the first label.
    #[must_use]
    pub fn first(&self) -> &[f32; LABELS] {
        &self.first
    }

    fn find(&self, feature: u64) -> Option<&[u8; SLOT_BYTES]> {
        let wanted = fingerprint_of(feature).to_le_bytes();
        let mut at = slot_of(feature, self.slots.len());
        // A full table would be a broken one; the bound keeps even that from looping.
        for _ in 0..self.slots.len() {
            let slot = &self.slots[at];
            if slot[..2] == wanted {
                return Some(slot);
            }
            if slot[..2] == [0, 0] {
                return None;
            }
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        None
    }

    /// The bytes of a model, from the weights of features and of the chain. Each slot takes the features that
    /// belong there as long as there is room.
    #[must_use]
    pub fn to_bytes(
        features: &[(u64, [f32; LABELS])],
        junctions: &[f32],
        first: &[f32; LABELS],
        slots: usize,
    ) -> Vec<u8> {
        let largest = |weights: &mut dyn Iterator<Item = f32>| weights.fold(1e-6f32, |m, w| m.max(w.abs()));
        let step = largest(&mut features.iter().flat_map(|(_, w)| w.iter().copied())) / 127.0;
        let junction_step = largest(&mut junctions.iter().chain(first).copied()) / 32_767.0;
        let mut out = Vec::from(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(u32::try_from(slots).expect("a small table").to_le_bytes());
        out.extend(step.to_le_bytes());
        out.extend(junction_step.to_le_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "scaled to the range")]
        for weight in junctions.iter().chain(first) {
            out.extend(((weight / junction_step).round() as i16).to_le_bytes());
        }
        let mut table = vec![[0u8; SLOT_BYTES]; slots];
        for (feature, weights) in features {
            let mut at = slot_of(*feature, slots);
            while table[at][..2] != [0, 0] {
                at = (at + 1) % slots;
            }
            table[at][..2].copy_from_slice(&fingerprint_of(*feature).to_le_bytes());
            #[expect(clippy::cast_possible_truncation, reason = "scaled to the range")]
            for (byte, weight) in table[at][2..].iter_mut().zip(weights) {
                *byte = ((weight / step).round() as i8).cast_unsigned();
            }
        }
        out.extend(table.as_flattened());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        let mut weights = [0.0; LABELS];
        weights[4] = 2.0;
        let junctions = vec![0.5; JUNCTIONS * LABELS * LABELS];
        let bytes = Model::to_bytes(&[(7 << 40 | 9, weights)], &junctions, &[0.0; LABELS], 16);
        let model = Model::from_bytes(&bytes).expect("a model");
        assert!((model.score(&[7 << 40 | 9, 8])[4] - 2.0).abs() < 0.01);
        assert!((model.junction(1, 2)[3] - 0.5).abs() < 0.01);
        assert!(Model::from_bytes(&bytes[1..]).is_none());
        assert!(Model::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }
}
