//! Plain text: marks are dropped, addresses are not repeated.

use super::{Mark, Run, gap};

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        self.0.push_str(&run.text);
    }

    fn open(&mut self, mark: &Mark) {
        if let Mark::Block(block) = mark {
            self.0.push_str(gap(&self.0, *block));
        }
    }

    fn close(&mut self, _: &Mark) {}

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}
