//! The program as a person or a script uses it: real files, the real binary.

mod cli {
    mod support;

    mod answers;
    mod check;
    mod convert;
    mod durability;
    mod export;
    mod hostile;
    mod link;
    mod manuscripts;
    mod project;
    mod readme;
    mod shared_data;
    mod verdicts;
}
