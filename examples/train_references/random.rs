//! Numbers that look random and are the same every time.

/// A generator (xorshift) with a fixed start.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True in so many of 1000 cases.
    pub fn chance(&mut self, of_1000: usize) -> bool {
        self.below(1000) < of_1000
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// One of `first` in so many of 1000 cases, else one of `second`.
    pub fn either<T: Clone>(&mut self, of_1000: usize, first: &[T], second: &[T]) -> T {
        if self.chance(of_1000) { self.pick(first) } else { self.pick(second) }
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}
