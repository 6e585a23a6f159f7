//! Numbers that look random and are the same every time.
#![allow(dead_code, reason = "each example uses a part")]

/// A generator (SplitMix64) with its state.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A place in something of so many.
    pub fn place(&mut self, n: usize) -> usize {
        self.below(n as u64) as usize
    }

    /// True in so many of 1000 cases.
    pub fn chance(&mut self, of_1000: usize) -> bool {
        self.place(1_000) < of_1000
    }

    /// A rank below `n`; low ranks come often, as words do.
    pub fn rank(&mut self, n: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(unit) - 1.0) as u64
    }
}
